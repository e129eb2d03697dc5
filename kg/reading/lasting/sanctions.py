"""Sanctions that stand once they are imposed: who laid them on whom, and what they restrict."""

from kg.identifiers import digest, names_of
from kg.model import Event, Sanction, StatusReport
from kg.reading.lasting.standing import status_of_measure
from kg.reading.lasting.told import Told

_DONE = frozenset({"occurred", "ongoing"})


def sanctions(told: Told) -> tuple[dict[str, Sanction], tuple[StatusReport, ...]]:
    """The sanction of each event that says what is restricted, by the event's key, and where it stands then.

    Only of what the outlet vouches for, by a state or a body; without a kind and a target nothing lasts.
    """
    made: dict[str, Sanction] = {}
    reports = []
    for event in told.reading.events:
        sanction = _sanction(told, event)
        if sanction is not None:
            made[event.key] = sanction
            report = status_of_measure(told, sanction, event)
            reports += [report] if report else []
    return made, tuple(reports)


def _sanction(told: Told, event: Event) -> Sanction | None:
    done = event.factuality == "asserted" and event.status in _DONE
    imposes = event.type in {"Sanctioning", "SanctionsRelief"} and event.step is not None
    laid = bool(event.agents and event.targets and event.restrictions)
    if not (done and imposes and laid) or any(key.startswith("person/") for key in event.agents):
        return None
    key = f"{names_of(event.agents)}-on-{names_of(event.targets)}"
    kinds = ", ".join(kind.replace("-", " ") for kind in event.restrictions)
    mark = digest(*event.agents, *event.targets, *event.restrictions, length=6)
    return Sanction(
        f"sanction/{key}-{mark}",
        f"{told.label(*event.agents)} on {told.label(*event.targets)}: {kinds}",
        event.agents,
        event.targets,
        event.restrictions,
        event.evidence,
    )
