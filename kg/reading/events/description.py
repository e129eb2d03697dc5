"""The event that a group of sightings tells of, with its key and a neutral label."""

from kg.identifiers import digest, slug
from kg.model import Event, Span, TimeSpan
from kg.reading.analysis import Analysis
from kg.reading.dates.calendar import of_days
from kg.reading.events.certainty import loosely_quoted
from kg.reading.events.details import detailed
from kg.reading.events.sightings import Sighting
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.times import in_label

_KINDS = {
    "MilitaryOperation": "Military operation",
    "ControlChange": "Change of control",
    "Encounter": "Meeting",
    "Displacement": "Displacement",
    "Return": "Return",
    "Cancellation": "Cancellation",
    "CommunicationEvent": "Public remarks",
    "Conflict": "Conflict",
    "AgreementEvent": "Agreement",
    "Withdrawal": "Withdrawal",
    "Release": "Release",
    "Sanctioning": "Sanctioning",
    "Suspension": "Suspension",
    "TalksWithdrawal": "Withdrawal from talks or a deal",
    "Postponement": "Postponement",
    "AidDelivery": "Delivery of aid",
    "Protest": "Protest",
    "Mobilisation": "Mobilisation",
    "Coercion": "Coercion",
}
_POINTER = 2  # tokens of "the operation"
_BY_PLACE = frozenset({"Military operation", "Change of control", "Displacement"})


def describe(
    analysis: Analysis, group: list[Sighting], quoted: dict[int, str], labels: dict[str, str]
) -> Event:
    """One event for all the sightings of a group; alleged if only reported words tell of it."""
    first = group[0]
    time = _done_by(analysis, first.status, next((s.time for s in group if s.time), None))
    place = next((s.place for s in group if s.place), None)
    agents = tuple(sorted({a for s in group for a in s.agents}))
    participants = tuple(sorted({p for s in group for p in s.participants} | set(agents)))
    if first.kind == "Encounter":
        agents = participants = first.participants  # who met, as first told: people rather than their states
    heard = [s for s in group if _heard(analysis, s, quoted)]
    told = {id(s) for s in group} - {id(s) for s in heard}
    sure = any(s.factuality == "asserted" and id(s) in told for s in group)
    voices = {quoted.get(s.trigger.last - 1) for s in heard} if len(heard) == len(group) else set()
    alleged = tuple(sorted(voice for voice in voices if voice))
    doubt = "alleged" if first.factuality == "asserted" else first.factuality
    factuality = "asserted" if sure else doubt
    called = first.name or _KINDS[first.kind]
    key = _key(analysis, called, place, time, participants)
    event = Event(
        key,
        first.kind,
        _label(called, place, time, participants, labels),
        evidence=analysis.spans(*(_tidy(analysis, s.evidence) for s in _telling(group))),
        factuality=factuality,
        status=first.status,
        agents=agents,
        participants=participants,
        place=place,
        time=time,
        code=first.code,
        alleged_in=alleged,
        antecedents=_antecedents(analysis, group),
    )
    return detailed(analysis, group, event)


def _done_by(analysis: Analysis, status: str, time: TimeSpan | None) -> TimeSpan | None:
    """What has happened did so before the text was published: "this week" of the past ends with that day."""
    day = analysis.source.citation.date
    known = time is not None and time.precision == "interval" and status == "occurred"
    if time is None or day is None or not known or time.earliest is None or time.latest is None:
        return time
    return of_days(time.earliest, day) if time.earliest < day < time.latest else time


def _telling(group: list[Sighting]) -> list[Sighting]:
    """Those that tell something of it; "the operation" alone only points to it."""
    return [s for s in group if not (s.definite and _pointing(s))] or group


def _pointing(sighting: Sighting) -> bool:
    """Whether it has no words but the noun and an article: "the huge fire" tells what "the fire" does not."""
    words = sighting.trigger.last - sighting.trigger.first
    war = sighting.kind == "Conflict" and sighting.code is None  # "the 44-day war" is still a name
    return sighting.evidence.last <= sighting.trigger.last and (war or words <= _POINTER)


def _heard(analysis: Analysis, sighting: Sighting, quoted: dict[int, str]) -> bool:
    """Whether somebody's words tell of it, even if the text does not say whose."""
    index = sighting.trigger.last - 1
    return not sighting.presupposed and (index in quoted or loosely_quoted(analysis, index))


def _antecedents(analysis: Analysis, group: list[Sighting]) -> tuple[Span, ...]:
    """What the names and pronouns of the sightings lean on, and the posts by which two meetings are one."""
    posts = analysis.posts_of(p for s in group if s.kind == "Encounter" for p in s.participants)
    parts = (
        *analysis.antecedents(*(s.evidence for s in group)),
        *(part for s in group for part in s.leans_on),
    )
    return analysis.spans(*parts, *(posts if len(group) > 1 else ()))


def _tidy(analysis: Analysis, part: Range) -> Range:
    """Without a preposition or mark that dangles at the end; with the quotation mark that opens its words."""
    tokens = analysis.document.tokens
    first, last = part.first, part.last
    while last > first + 1 and tokens[last - 1].lower in grammar().prepositions | {
        ",",
        ";",
        ":",
        "which",
        "who",
        "that",
    }:
        last -= 1
    quote = analysis.document.quote_around(first)
    if quote and first == quote.first and last > quote.last:
        first -= 1
    return Range(first, last)


def _key(
    analysis: Analysis, called: str, place: str | None, time: TimeSpan | None, who: tuple[str, ...]
) -> str:
    when = time.edtf if time else ""
    where = place.split("/", 1)[1] if place else ""
    mark = digest(analysis.source.key, called, place or "", when, *who, length=8)
    return "event/" + "-".join(
        part for part in (slug(called), where, slug(when) if when else "", mark) if part
    )


def _label(
    called: str, place: str | None, time: TimeSpan | None, who: tuple[str, ...], labels: dict[str, str]
) -> str:
    """Neutral: kind, who or where, and when; never a party's own term."""
    parts = [called]
    if called not in _BY_PLACE and who:
        parts[0] += ": " + " – ".join(labels.get(key, key) for key in who)
    if place:
        parts.append(labels.get(place, place))
    return ", ".join([*parts, in_label(time)] if in_label(time) else parts)
