"""Conditions on force: who fights, kills or strikes, whom it kills and where; not games and crashes."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.events.doers import before_verb, subject_words
from kg.reading.events.sightings import keys_of
from kg.reading.events.telling import Told
from kg.reading.names.parties import SIDES
from kg.reading.names.references import PLACES, Reference
from kg.reading.text.tokens import Range
from kg.reading.words.events import Frame, event_table

_FANS = frozenset({
    "fan", "fans", "hooligans", "ultras", "footballers", "grandmaster", "midfielder", "goalkeeper", "esports",
    "e-sports", "cyclists", "wrestlers",
})  # fmt: skip
_CRASHES = frozenset({"crash", "crashed", "crashes", "derailed", "accident", "collision"})
_STRIKES = frozenset({"strike", "strikes"})
_WORKERS = frozenset(
    {"pilots", "workers", "drivers", "teachers", "doctors", "nurses", "dockers", "staff", "unions"}
)
_PLAYING = _FANS | frozenset({
    "supporters", "team", "teams", "player", "players", "squad", "club", "clubs", "spectators",
})  # fmt: skip
_BOTH = frozenset({"they", "sides"})
_NUMBERS = frozenset({
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "scores",
    "others", "hundred", "thousand",
})  # fmt: skip
_DEAD = frozenset({
    "people", "civilians", "soldiers", "dozens", "hundreds", "thousands", "children", "fighters",
})  # fmt: skip
_ARMIES = SIDES | {"Organisation"}


def of_games(analysis: Analysis, told: Told) -> bool:
    """Players and their fans act, or those who stop work."""
    words = {*analysis.document.lowers(told.before), *analysis.document.lowers(before_verb(told))}
    struck = not (_STRIKES.isdisjoint(words) or _WORKERS.isdisjoint(words))
    return struck or not _FANS.isdisjoint(words)


def _force(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Force by a state, a group or armed people; or upon a place or somebody named."""
    armed = bool(subject_words(analysis, told) & _forces()) or _by_forces(analysis, told)
    return armed or bool(told.people) or where_struck(analysis, told) is not None


def _by_forces(analysis: Analysis, told: Told) -> bool:
    """ "were fired upon by guerrillas"."""
    governed = analysis.document.lowers(told.governed)
    return told.passive and "by" in governed and not _forces().isdisjoint(governed)


def _struck(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """A verb of many meanings: force only by armed people or a state, upon a place."""
    forces = bool(subject_words(analysis, told) & _forces())
    if told.governed and subject_words(analysis, told) & event_table().words.attacks:
        return True  # "airstrikes pounded their positions"
    armed = forces or (bool(told.agents) and told.verb.form != "gerund")  # not "sanctions targeting X"
    return armed and (
        where_struck(analysis, told) is not None or "with" in analysis.document.lowers(told.governed)
    )


def _fighters(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Sides or armed people fight, also "the troops of X, who fought"."""
    if not _PLAYING.isdisjoint(
        {*analysis.document.lowers(before_verb(told)), *subject_words(analysis, told)}
    ):
        return False  # "X fans fought"
    armed = any(key.startswith(("state/", "group/")) for key in told.agents)
    return (armed or _by_armed(analysis, told)) and not _for_cause(analysis, told)


def _by_armed(analysis: Analysis, told: Told) -> bool:
    """Whether the subject itself is a side or those who use force."""
    sides = bool(keys_of(told.subject, _ARMIES))
    return sides or not _forces().isdisjoint(subject_words(analysis, told))


def _for_cause(analysis: Analysis, told: Told) -> bool:
    """ "fought for better wages", not "fought for three days"."""
    tokens, behind = analysis.document.tokens, told.verb.last
    timed = any(i in analysis.time_tokens for i in range(behind + 1, behind + 4))
    return behind < told.sentence.last and tokens[behind].lower == "for" and not timed


def _killers(analysis: Analysis, frame: Frame, told: Told) -> bool:
    words = subject_words(analysis, told)
    gerund = told.verb.form == "gerund"  # "a plane crashed, killing 20"
    before = Range(told.sentence.first if gerund else told.before.first, told.verb.first)
    if not told.passive and not _CRASHES.isdisjoint(analysis.document.lowers(before)):
        return False
    if not told.passive and words & event_table().words.attacks:
        return not (_relative(analysis, told) and _toll(analysis, frame, told))  # that is told with its noun
    if words & event_table().bare_nouns:
        return False  # "a war that has killed thousands"
    several = bool(words & _BOTH)
    active = not told.passive and (several or (_by_armed(analysis, told) and not _for_cause(analysis, told)))
    governed = analysis.document.lowers(told.governed)
    by_whom = bool(told.people) or not _forces().isdisjoint(governed)
    return active or (told.passive and "by" in governed and by_whom)


def _relative(analysis: Analysis, told: Told) -> bool:
    """ "an airstrike that killed four"."""
    return told.verb.first > 0 and analysis.document.tokens[told.verb.first - 1].lower in {"that", "which"}


def _toll(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """How many died: a number, or people who are not named, as subject or object."""
    words = {*analysis.document.lowers(told.governed), *subject_words(analysis, told)}
    untimed = (i for part in (told.governed, told.before) for i in range(part.first, part.last))
    numbers = (i for i in untimed if i not in analysis.time_tokens)
    tokens = analysis.document.tokens
    counted = any(tokens[i].text[0].isdigit() or tokens[i].lower in _NUMBERS for i in numbers)
    return counted or bool(words & _DEAD)


def _forces() -> frozenset[str]:
    return event_table().words.forces


def where_struck(analysis: Analysis, told: Told) -> Reference | None:
    phrase = acted_on(analysis, told) if not told.passive else told.subject
    return next((r for r in (phrase.references if phrase else ()) if r.type in PLACES), None)


def acted_on(analysis: Analysis, told: Told) -> Phrase | None:
    return phrase_at(analysis, told.verb.last, told.sentence.last)


CONDITIONS = {
    "force": _force,
    "struck": _struck,
    "fighters": _fighters,
    "killers": _killers,
    "toll": _toll,
}
