"""Whom a text means by "the talks", "the two leaders" or "a ceasefire" when it names nobody there."""

from collections.abc import Iterator
from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.events.armed import mains, with_forces
from kg.reading.events.fights import FOUGHT_BY_TWO, HOSTILE, at_war, by_nobody, of_fight
from kg.reading.events.fronted import with_speakers
from kg.reading.events.rivals import Rivals, with_opponent, with_rivals
from kg.reading.events.sightings import Sighting
from kg.reading.events.two_sides import often_joined, often_named
from kg.reading.names.parties import SIDES, principal_parties
from kg.reading.text.tokens import Range
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table

_TWO_SIDED = frozenset({"Encounter", "AgreementEvent"})
_FOR_PEACE = frozenset({"peace", "truce", "ceasefire", "mediation"})
_SHORT = 7  # tokens of "the meeting of the two leaders"
_RESUMED_WITHIN = 200  # tokens
_THEIRS_WITHIN = 1  # sentences between a meeting and "their meeting"


def resumed(analysis: Analysis, found: list[Sighting]) -> Iterator[Sighting]:
    """Meetings and agreements told with nobody are of those who met last, else of the text's two parties."""
    principal = principal_parties(analysis.joined_sides)
    parties = principal or often_joined(analysis) or often_named(analysis)
    fighters = principal or _who_fight(found, often_joined(analysis))
    last: Sighting | None = None
    fights = {s.code or "": s for s in reversed(found) if s.code in HOSTILE and s.participants}
    forces, often, rivals = mains(analysis), at_war(found), Rivals(analysis, found)
    for sighting in found:
        if sighting.kind not in _TWO_SIDED or sighting.code is None:
            fought = _fought(analysis, sighting)
            sighting = _of_parties(analysis, sighting, fighters) if fought else sighting
            if _by_both(analysis, sighting):
                sighting = _of_parties(analysis, sighting, fighters or parties)
            sighting = with_forces(analysis, sighting, forces)
            if by_nobody(analysis, sighting):
                sighting = with_opponent(of_fight(sighting, fights, often, rivals.sides), rivals)
            sighting = with_rivals(analysis, sighting, rivals)
            if sighting.code in HOSTILE and sighting.participants:
                fights[sighting.code or ""] = sighting
            yield sighting
            continue
        sighting = _with_speakers(analysis, sighting)
        if _brokered(analysis, sighting):
            sighting = _of_parties(analysis, sighting, parties)
        elif _several(analysis, sighting) or (not sighting.participants and _pointing(analysis, sighting)):
            met = _those_who_met(analysis, sighting, last, principal, parties)
            sighting = met or _of_parties(analysis, sighting, parties)
        if len(sighting.participants) > 1 and sighting.kind == "Encounter":
            last = sighting
        sighting = with_forces(analysis, sighting, forces)
        if sighting.participants or sighting.place or _dated(analysis, sighting):
            yield sighting


def _by_both(analysis: Analysis, sighting: Sighting) -> bool:
    """ "Shelling by both sides": of the two whom the text is about."""
    words = analysis.document.lowers(sighting.evidence)
    both = "sides" in words and not {"both", "two", "all"}.isdisjoint(words)
    return both and not sighting.participants


def _who_fight(found: list[Sighting], pair: tuple[str, ...]) -> tuple[str, ...]:
    """The two that the text joins, if it tells of both that they use force or suffer it."""
    fought = {key for s in found if s.code == "ASSAULT" or s.kind == "Conflict" for key in s.participants}
    return pair if fought.issuperset(pair) else ()


def _those_who_met(
    analysis: Analysis,
    sighting: Sighting,
    last: Sighting | None,
    principal: tuple[str, ...],
    parties: tuple[str, ...],
) -> Sighting | None:
    """As of those who met last, or of a pair that the sentence means; None where it is the two parties'."""
    agreed = sighting.kind == "AgreementEvent" and not _persons(analysis, sighting)
    found = _just_told(analysis, sighting, last) or _of_pair(analysis, sighting)
    of_states = bool(parties) and (agreed or _bare_talks(analysis, sighting))
    if found or of_states or _mediators(analysis, last, principal) or (agreed and not _of_sides(last)):
        return found
    return _of_last(sighting, last)


def _dated(analysis: Analysis, sighting: Sighting) -> bool:
    """ "Peace talks broke down in May": a clause that says when."""
    told = any(verb.form in {"finite", "passive"} for verb in analysis.verbs_in(sighting.evidence))
    agreed = sighting.kind == "AgreementEvent" and _several(analysis, sighting)  # "the warring sides agreed"
    return told and (sighting.time is not None or agreed)


def _pointing(analysis: Analysis, sighting: Sighting) -> bool:
    """ "the meeting", "these contacts"; talks without an article, or for peace, are those of the text too."""
    words = analysis.document.lowers(Range(sighting.trigger.first, sighting.trigger.last))
    pointing = grammar().definite | grammar().demonstratives | {"their", "both"}
    talks = noun_table().talks.processes | {"round", "rounds", "truce", "ceasefire"}
    about = set(analysis.document.lowers(sighting.evidence))
    if sighting.kind == "Encounter" and about & _FOR_PEACE:
        return True
    return bool(pointing & set(words[:1]) or talks & set(words)) or sighting.kind == "AgreementEvent"


def _fought(analysis: Analysis, sighting: Sighting) -> bool:
    """A war or clashes told with nobody: those of the two sides that the text is about."""
    killed = sighting.name == "Deaths" and sighting.code == "ASSAULT"  # "were killed in clashes"
    words = set(analysis.document.lowers(sighting.evidence if killed else sighting.trigger))
    fought = sighting.kind == "Conflict" or not FOUGHT_BY_TWO.isdisjoint(words)
    named = any(r.type in SIDES for r in analysis.references.within(sighting.evidence))
    open_ = not (sighting.participants or sighting.definite or named)
    return fought and open_ and "civil" not in words


def _with_speakers(analysis: Analysis, sighting: Sighting) -> Sighting:
    """ "During their meeting, X told Y": the words that name the two belong to it."""
    words = analysis.document.lowers(sighting.evidence)
    pointing = {"their", "they", "men", "women", "leaders", "two"}
    if sighting.kind != "Encounter" or pointing.isdisjoint(words) or len(words) > _SHORT:
        return sighting
    part, people = with_speakers(analysis, sighting.evidence)
    joined = tuple(dict.fromkeys((*people, *sighting.participants)))
    return replace(sighting, evidence=part, participants=joined, definite=False)


def _brokered(analysis: Analysis, sighting: Sighting) -> bool:
    """ "a deal brokered by X": X alone is named, who brought others to it."""
    if sighting.kind != "AgreementEvent" or len(sighting.participants) != 1:
        return False
    words = analysis.document.lowers(sighting.evidence)
    return not noun_table().talks.brokering.isdisjoint(words)


def _mediators(analysis: Analysis, last: Sighting | None, parties: tuple[str, ...]) -> bool:
    """Whether those who met last are none of the text's two sides."""
    if last is None or len(parties) < 2:
        return False
    return {analysis.employers.get(key, key) for key in last.participants}.isdisjoint(parties)


def _bare_talks(analysis: Analysis, sighting: Sighting) -> bool:
    """ "in working-level talks": those of the two sides, rather than the meeting that was told last."""
    words = analysis.document.lowers(sighting.trigger)
    pointing = grammar().definite | grammar().demonstratives | {"their", "both"}
    return not pointing & set(words[:1]) and not {"talks", "negotiations"}.isdisjoint(words)


def _of_sides(last: Sighting | None) -> bool:
    """Whether two states or groups met, who can come to an agreement."""
    return last is not None and sum(key.startswith(("state/", "group/")) for key in last.participants) > 1


def _persons(analysis: Analysis, sighting: Sighting) -> bool:
    """ "the pair agreed": the persons who met."""
    before = Range(sighting.evidence.first, max(sighting.evidence.first, sighting.trigger.first))
    return not event_table().words.persons.isdisjoint(analysis.document.lowers(before))


def _several(analysis: Analysis, sighting: Sighting) -> bool:
    """ "the leaders will meet": several do it, and at most one is named."""
    if sighting.agents and len(sighting.participants) > 1:
        return False
    before = Range(sighting.evidence.first, max(sighting.evidence.first, sighting.trigger.first))
    sides = event_table().words.sides | {"they"}
    return not sides.isdisjoint(analysis.document.lowers(before))


def _just_told(analysis: Analysis, sighting: Sighting, last: Sighting | None) -> Sighting | None:
    """ "One purpose of their summit was": that of those who met in the sentence before."""
    words = analysis.document.lowers(Range(sighting.evidence.first, sighting.trigger.last))
    if last is None or "their" not in words or sighting.kind != "Encounter":
        return None
    sentences = [analysis.document.sentence_number(s.trigger.first) for s in (last, sighting)]
    return _of_last(sighting, last) if sentences[1] - sentences[0] <= _THEIRS_WITHIN else None


def _of_last(sighting: Sighting, last: Sighting | None) -> Sighting | None:
    if last is None or sighting.trigger.first - last.trigger.first > _RESUMED_WITHIN:
        return None
    return replace(
        sighting,
        participants=tuple(dict.fromkeys((*sighting.participants, *last.participants))),
        leans_on=(*sighting.leans_on, last.evidence, *last.leans_on),
        definite=False,
    )


def _of_pair(analysis: Analysis, sighting: Sighting) -> Sighting | None:
    """ "the sides called the resumption of visits a step": it is theirs."""
    sentence = analysis.document.sentence(sighting.trigger.first)
    pair = next(
        (p for i in range(sentence.first, sighting.trigger.first) if (p := analysis.pair_at(i))), None
    )
    if pair is None:
        return None
    keys = (*sighting.participants, *(r.key for r in pair[1]))
    leans_on = (*sighting.leans_on, *(a for r in pair[1] for a in r.antecedents))
    return replace(sighting, participants=tuple(dict.fromkeys(keys)), leans_on=leans_on, definite=False)


def _of_parties(analysis: Analysis, sighting: Sighting, parties: tuple[str, ...]) -> Sighting:
    first: dict[str, Range] = {}
    for reference in analysis.references.items:
        first.setdefault(reference.key, reference.range)
    return replace(
        sighting,
        participants=tuple(dict.fromkeys((*sighting.participants, *parties))),
        leans_on=(*sighting.leans_on, *(first[key] for key in parties if key in first)),
        definite=False,
    )
