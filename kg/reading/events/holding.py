"""Conditions on what is held: places that change hands, people who are detained; and on what is fired."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.events.telling import Told
from kg.reading.events.undergone import armed_in, side_in, tested, victim
from kg.reading.names.parties import SIDES
from kg.reading.names.references import PLACES
from kg.reading.text.tokens import Range
from kg.reading.words.events import Frame, event_table
from kg.reading.words.tables import table

_NEAR = 7  # tokens behind a verb in which those stand who have a place now
_BY_ITSELF = frozenset({"on", "in", "after", "within", "without", ".", ",", "during", "following"})
_SITES = frozenset(table("things.toml")["sites"]) | {"capital", "capitals", "half", "most", "swathes"}
_PEOPLE = frozenset(table("things.toml")["captives"] + table("things.toml")["persons"])
_WORDS = event_table().words
_CITIZENS = (
    _PEOPLE
    | _WORDS.posts
    | {"citizen", "citizens", "national", "nationals", "men", "women", "activist", "official"}
)
_TRIED = _PEOPLE | _WORDS.posts | _WORDS.heads_of_state
_USING = _WORDS.attacks | _WORDS.fights | _WORDS.forces  # "was hit by missiles"
_SENTENCES = frozenset({"sentence", "sentences"})
_TERMS = frozenset({"jail", "prison", "life", "years", "year"})
_OF_DEATHS = frozenset({"death", "casualty", "civilian", "dead"})
_JUDGES = frozenset({"court", "courts", "judge", "judges", "tribunal", "junta", "authorities"})


def _near(told: Told) -> Range:
    return Range(told.verb.last, max(told.verb.last, min(told.governed.last, told.verb.last + _NEAR)))


def _is_place(analysis: Analysis, phrase: Phrase | None, types: frozenset[str] = PLACES) -> bool:
    """ "the eastern city of X", "X", "X's airport"; not "prices in X"."""
    if phrase is None:
        return False
    named = any(
        r.type in types and not r.adjective and phrase.head in range(r.range.first, r.range.last)
        for r in phrase.references
    )
    return named or analysis.document.tokens[phrase.head].lower in _SITES


def _somewhere(analysis: Analysis, told: Told) -> bool:
    """The same, and "X, the capital of Y, which"."""
    named = analysis.references.within(told.before)
    return _is_place(analysis, told.subject) or any(r.type in PLACES and not r.adjective for r in named)


def fallen(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "X fell to the rebels", "X fell in May": a place, and a country only to those who are armed."""
    led = analysis.document.lowers(Range(told.verb.last, told.verb.last + 1))
    if led == ["to"]:
        return _somewhere(analysis, told) and armed_in(analysis, _near(told))
    timed = told.verb.last in analysis.time_tokens
    alone = timed or not _BY_ITSELF.isdisjoint(led)
    return alone and _is_place(analysis, told.subject, frozenset({"Place"}))


def yielded(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "X passed into Y's hands", "the town came under the control of Y", "the airport changed hands"."""
    if not _is_place(analysis, told.subject):
        return False
    return told.verb.lemma == "change" or side_in(analysis, told.governed)


def lost(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "lost X to the rebels"."""
    phrase = phrase_at(analysis, told.verb.last, told.sentence.last)
    if not _is_place(analysis, phrase) or phrase is None:
        return False
    behind = Range(
        phrase.range.last, max(phrase.range.last, min(told.governed.last, phrase.range.last + _NEAR))
    )
    return analysis.document.lowers(behind)[:1] == ["to"] and armed_in(analysis, behind)


def detained(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "is being held at his residence": people are, not meetings."""
    words = set(analysis.document.lowers(told.before))
    return victim(analysis, frame, told) or (told.passive and not words.isdisjoint(_CITIZENS))


def sentenced(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "A court in X handed the journalist a 16-year sentence"; not a culprit whom nobody names."""
    words = set(analysis.document.lowers(told.part))
    named = victim(analysis, frame, told) or bool(told.agents)
    if words.isdisjoint(_SENTENCES) and words.isdisjoint(_TERMS):
        return False  # "was given a second term"
    politics = not words.isdisjoint(_PEOPLE) or any(key.startswith("person/") for key in told.people)
    return (named or not words.isdisjoint(_JUDGES)) and politics


def tried(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "X went on trial", "the former leaders stand trial": somebody named, or who acts for others."""
    words = set(analysis.document.lowers(told.before))
    named = any(r.type == "Person" for r in (told.subject.references if told.subject else ()))
    return named or not words.isdisjoint(_TRIED)


def seizing(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Armed people or a side carry somebody off, or somebody is carried off."""
    if told.passive:
        return True
    named = told.subject.references if told.subject else ()
    return armed_in(analysis, told.before) or any(r.type in SIDES for r in named)


def splashed(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "The missile flew over X", "splashed down in the sea"."""
    if frame.subjects.isdisjoint(analysis.document.lowers(told.before)):
        return False
    over = told.verb.lemma == "fly over" or "over" in analysis.document.lowers(
        Range(told.verb.last, told.verb.last + 1)
    )
    return tested(analysis, frame, told) or over


def bombed(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "was hit by missiles", "was rocked by a wave of strikes": by what armed people use."""
    governed = analysis.document.lowers(Range(told.verb.last, told.verb.last + 2 * _NEAR))
    if not told.passive or "by" not in governed:
        return False
    return not _USING.isdisjoint(governed[governed.index("by") :])


def dead(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "The death toll rose": not the toll on a bridge."""
    words = set(analysis.document.lowers(told.before))
    return not words.isdisjoint(frame.subjects) and not words.isdisjoint(_OF_DEATHS)


CONDITIONS = {
    "dead": dead,
    "bombed": bombed,
    "fallen": fallen,
    "yielded": yielded,
    "lost": lost,
    "detained": detained,
    "sentenced": sentenced,
    "tried": tried,
    "seizing": seizing,
    "splashed": splashed,
}
