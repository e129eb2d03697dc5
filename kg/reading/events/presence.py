"""Where armed people are: "1,000 Russian troops are in X", "Y has soldiers stationed in X"."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.events.clause_ends import clause_stop
from kg.reading.events.extent import tidied
from kg.reading.events.noun_phrases import noun_start
from kg.reading.events.openings import opening
from kg.reading.events.participants import taking_part
from kg.reading.events.sightings import Sighting
from kg.reading.events.time_and_place import time_of
from kg.reading.names.references import PLACES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar

_PRESENT = frozenset({"are", "is", "remain", "remains", "stay", "stays"})
_PAST = frozenset({"were", "was", "remained", "stayed"})
_BEING = _PRESENT | _PAST
_HAVING = frozenset({"has", "have", "had", "keeps", "maintains", "kept", "maintained"})
_WHERE = frozenset(
    {"in", "at", "near", "on", "along", "inside", "around", "across", "outside", "within", "throughout"}
)
_OPEN = grammar().modals | {"to", "not"}
_ANOTHER = grammar().prepositions - {"over", "about", "around"}  # what is counted ends there
_SPEAKING = frozenset({"said", "say", "says"})
_MANY = frozenset({"thousands", "hundreds", "dozens", "scores", "lot", "number", "lots"})
_STATIONED = frozenset(
    {"stationed", "based", "deployed", "positioned", "present", "located", "massed", "garrisoned"}
)
_BEHIND = 7  # tokens between the troops and the word that says that they are somewhere
_SAID = 4  # tokens between that word and the preposition: "are currently present in"
_PLACE_WITHIN = 6  # tokens from the preposition to where they are
_COUNTED = 6  # tokens between "has" and the troops: "has at least 28"


def presences(analysis: Analysis) -> Iterator[Sighting]:
    """One for each clause that tells where armed people are, with whose they are."""
    tokens = analysis.document.tokens
    for index in analysis.document.positions(event_table().words.troops):
        sentence = analysis.document.sentence(index)
        if analysis.references.at(index) is not None and tokens[index].text[0].isupper():
            continue
        first = _past_caption(analysis, noun_start(analysis, index, sentence), index)
        found = _being(analysis, index, sentence) or _having(analysis, first, index, sentence)
        if found is None:
            continue
        begins, where, past = found
        last = _place_end(analysis, where, sentence)
        if last is None:
            continue
        part = tidied(
            analysis,
            Range(
                first if begins is None else begins, max(last, clause_stop(analysis, where, sentence, first))
            ),
        )
        people = taking_part(analysis, part, None)
        place = next((r for r in analysis.references.within(Range(where, last)) if r.type in PLACES), None)
        yield Sighting(
            "Mobilisation",
            trigger=Range(first, index + 1),
            evidence=part,
            code="MOBILIZE",
            name="Presence",
            agents=taking_part(analysis, Range(part.first, where), None),
            participants=people,
            place=place.key if place else None,
            time=time_of(analysis, part, sentence),
            status="occurred" if past else "ongoing",
        )


def _past_caption(analysis: Analysis, first: int, index: int) -> int:
    """ "Image caption Turkish forces are": behind what tells of the picture."""
    words = analysis.document.lowers(Range(first, index))
    return first + len(words) - words[::-1].index("caption") if "caption" in words else first


def _being(analysis: Analysis, index: int, sentence: Range) -> tuple[int | None, int, bool] | None:
    """ "troops are still present in": where the place begins, and whether that is past."""
    tokens = analysis.document.tokens
    for at in range(index + 1, min(index + _BEHIND, sentence.last)):
        lower = tokens[at].lower
        if lower in _SPEAKING:
            return None  # "Troops said they were in X"
        if lower in _BEING and tokens[at - 1].lower not in _OPEN:
            where = _preposition(analysis, at + 1, sentence)
            return (None, where, lower in _PAST) if where is not None else None
        if tokens[at].text in {",", ";", ":"} or lower in grammar().relatives:
            return None
    return None


def _having(analysis: Analysis, first: int, index: int, sentence: Range) -> tuple[int, int, bool] | None:
    """ "Y has 1,000 troops stationed in", "there are 1,000 troops in"."""
    tokens = analysis.document.tokens
    for at in range(first, max(sentence.first, first - _COUNTED), -1):
        lower = tokens[at - 1].lower
        there = lower in {"are", "were", "is", "was"} and at - 2 >= sentence.first
        there = there and tokens[at - 2].lower == "there"
        if lower in _HAVING or there:
            if any(verb.form in {"finite", "passive"} for verb in analysis.verbs_in(Range(at, index))):
                return None  # "have attacked troops in"
            where = _preposition(analysis, index + 1, sentence)
            if where is None:
                return None
            verb = Verb("have", at - 1, at - 1, at, "finite", False, "asserted")
            begins = at - 2 if there else opening(analysis, verb)
            return begins, where, lower in {"had", "kept", "maintained", "were", "was"}
        counted = lower == "of" and tokens[at - 2].lower in _MANY
        if (lower in _ANOTHER and not counted) or tokens[at - 1].text in {",", ";"}:
            return None
    return None


def _preposition(analysis: Analysis, index: int, sentence: Range) -> int | None:
    """Where "in X" begins, over "currently" and "stationed"."""
    tokens = analysis.document.tokens
    for at in range(index, min(index + _SAID, sentence.last)):
        lower = tokens[at].lower
        if lower in _WHERE:
            return at
        if not (
            lower in _STATIONED
            or lower in grammar().adverbs
            or lower.endswith("ly")
            or lower in {"been", "still"}
        ):
            return None
    return None


def _place_end(analysis: Analysis, where: int, sentence: Range) -> int | None:
    """Where the name of the place behind the preposition ends; None where none is named."""
    within = Range(where + 1, min(where + 1 + _PLACE_WITHIN, sentence.last))
    named = [r for r in analysis.references.within(within) if r.type in PLACES]
    return named[0].range.last if named else None
