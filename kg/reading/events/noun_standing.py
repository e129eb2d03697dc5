"""How the event stands that a noun names, and whether a verb tells of it already."""

from kg.reading.analysis import Analysis
from kg.reading.events.noun_phrases import Noun, frame_of, intended, preposition
from kg.reading.events.sightings import Sighting
from kg.reading.events.sought import prepared, sought, supposed
from kg.reading.events.standing import standing
from kg.reading.events.wished import only_dated, yet_to_come
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_AHEAD = frozenset(
    {"potential", "possible", "planned", "upcoming", "future", "further", "proposed", "expected", "next"}
    | {"impending", "forthcoming", "imminent", "looming", "pending", "anticipated", "scheduled"}
)
_CUT = {
    **dict.fromkeys(("CONSULT", "AGREE"), "REJECT"),
    **dict.fromkeys(("AID", "COOPERATE", "SUPPORT"), "SANCTION"),
}  # classes, with that of breaking such a thing off
_GOING_ON = frozenset({"ongoing", "continuing", "current"})
_WANTED = frozenset({"AGREE", "CONSULT", "SANCTION", "RETREAT", "CONCEDE"})
_CONTAINING = frozenset({"include", "contain", "outline", "stipulate", "foresee"})
_UNDOING = frozenset({"REJECT", "SANCTION", "THREATEN"})
_FORCING = frozenset({"ASSAULT", "COERCE", "SANCTION", "CONCEDE"})
_WITHIN = frozenset({"in", "during", "after", "since", "following", "for"})
_BESIDE = frozenset({"after", "during", "following", "amid", "despite", "before", "since", "through"})


def _by_verb(analysis: Analysis, verb: Verb, ended: frozenset[str], noun: Noun) -> tuple[str, str] | None:
    course = event_table().course
    stands = standing(analysis, verb)
    if verb.negated or stands is None:
        return None
    if verb.lemma in ended and stands.factuality == "asserted":
        return "postponed" if verb.lemma in course.postponed else "cancelled", "asserted"
    if verb.lemma in course.planned and stands.factuality == "asserted":
        return "planned", "expected"
    if verb.lemma in course.continuing and stands.status == "occurred":
        return "ongoing", stands.factuality
    return stands.status, stands.factuality


def told_already(analysis: Analysis, noun: Noun, by: Sighting | None) -> bool:
    """Whether a verb tells of it: "launched an offensive", "refused to attend talks"."""
    if by is not None and _of_another(analysis, noun):
        return True
    own = by is not None and noun.verb is not None and noun.verb.main in by.trigger
    changed = code_of(noun) not in {noun.frame.code, None}
    if own and by and by.code == code_of(noun) and (changed or by.code == "ASSAULT"):
        return True  # "aid was suspended", "the attack was carried out"
    if by is None or (noun.verb and noun.verb.first > noun.index):
        return False
    if by.named and noun.index in by.named:
        return True
    if by.code == "REJECT" and noun.lemma in event_table().course.planned:
        return False  # "refused to attend a meeting that was planned for D"
    if by.code is None and noun.frame.code == "ASSAULT":
        return False  # "a strike on X killed four": the strike is one thing, the deaths another
    if by.kind == "ControlChange" and noun.frame.kind == "MilitaryOperation":
        return False  # "which X reclaimed in an operation": two things
    if _of_its_own(analysis, noun):
        return False
    if by.name == "Deaths" and noun.frame.code == by.code:
        return noun.index in by.evidence  # "were killed in clashes": one thing
    if by.kind == noun.frame.kind or by.code == noun.frame.code:
        return True
    undone = by.code in _UNDOING or by.kind == "Cancellation"  # "called off the talks"
    return undone and preposition(analysis, noun) not in _BESIDE and not _opposed(analysis, noun, by)


def _opposed(analysis: Analysis, noun: Noun, by: Sighting) -> bool:
    """ "opposes the sanctions on X", "threatened reprisals", "rejected any talks": told besides."""
    if noun.frame.code in _FORCING:
        return True
    refused = by.code == "REJECT" and by.kind == "Event" and noun.frame.code == "CONSULT"
    return refused and stands_by_words(analysis, noun) == ("planned", "possible")


def _of_its_own(analysis: Analysis, noun: Noun) -> bool:
    """ "killed in an offensive that began on D": told with a time or a clause of its own."""
    related = noun.own.last > noun.index + 1 and analysis.document.tokens[noun.index + 1].lower in {
        "that",
        "which",
    }
    return noun.frame.code == "ASSAULT" and related and preposition(analysis, noun) in _WITHIN


def _of_another(analysis: Analysis, noun: Noun) -> bool:
    """ "a round of talks", "the resumption of talks": told by the first noun."""
    at, tokens = noun.own.first, analysis.document.tokens
    if at - 2 < noun.sentence.first or tokens[at - 1].lower != "of":
        return False
    before = frame_of(analysis, at - 2)
    return before is not None and before.kind == noun.frame.kind


def stands_by_words(analysis: Analysis, noun: Noun) -> tuple[str, str] | None:
    """(status, factuality) by the verb, or by the words around the noun."""
    course = event_table().course
    if noun.verb and noun.verb.lemma in course.reported:
        return "occurred", "alleged"
    if noun.says:
        return noun.says.stands
    if sought(analysis, noun):
        coming = prepared(analysis, noun) or "upcoming" in analysis.document.lowers(noun.own)
        return "planned", "expected" if coming else "possible"
    if supposed(analysis, noun) and not noun.says:
        return "planned", "possible"
    if noun.verb and noun.verb.last == noun.own.first and yet_to_come(analysis, noun.verb):
        return None if only_dated(analysis, noun.verb) else ("planned", "possible")
    if noun.verb:
        return _by_verb(analysis, noun.verb, course.cancelled | course.suspended, noun)
    if _thought_of(analysis, noun):
        return ("planned", "possible") if _wanted(analysis, noun) else None
    if noun.frame.needs == "act" and intended(analysis, noun):
        return "planned", "expected"
    before = analysis.verb_before(noun.own.first, noun.sentence)
    near = before is not None and noun.own.first - before.last <= 1
    if before and near:
        if before.lemma in _CONTAINING and noun.frame.needs == "act":
            return "planned", "expected"  # "the deal includes the withdrawal of all troops"
        if yet_to_come(analysis, before):
            return None if only_dated(analysis, before) else ("planned", "possible")
        if before.negated or before.lemma in event_table().words.spoken_of:
            may = not before.negated and (_wanted(analysis, noun) or _between(analysis, noun))
            return ("planned", "possible") if may else None
        if before.lemma in verb_table().uses.planning:
            return "planned", "expected"
        led = standing(analysis, before) if before.form in {"finite", "infinitive"} else None
        if led and led.factuality in {"possible", "expected"}:
            return led.status, led.factuality
        if before.form == "infinitive" and led is None:
            return "planned", "possible"
    words = set(analysis.document.lowers(Range(noun.own.first, noun.index)))
    if words & _GOING_ON:
        return "ongoing", "asserted"
    return ("planned", "expected") if words & _AHEAD else ("occurred", "asserted")


def _wanted(analysis: Analysis, noun: Noun) -> bool:
    """ "called for an immediate truce", "the prospect of further sanctions": one that may come."""
    before = analysis.document.lowers(Range(noun.own.first, noun.index))
    said = [word for word in before if word not in grammar().determiners and word[0].isalnum()]
    return noun.frame.code in _WANTED and bool(said)


def _between(analysis: Analysis, noun: Noun) -> bool:
    """ "called for talks between X and Y"."""
    after = analysis.document.tokens[noun.index + 1].lower if noun.own.last > noun.index + 2 else ""
    return noun.frame.code == "CONSULT" and after in {"between", "with"}


def _thought_of(analysis: Analysis, noun: Noun) -> bool:
    """ "the prospect of talks"."""
    at, tokens = noun.own.first, analysis.document.tokens
    of = at - 2 >= noun.sentence.first and tokens[at - 1].lower == "of"
    return of and tokens[at - 2].lower in event_table().words.thought_of


def code_of(noun: Noun) -> str | None:
    """ "Aid was suspended", "the talks were suspended"; "were postponed" leaves the class as it is."""
    broken = noun.lemma in event_table().course.suspended and noun.frame.code in _CUT
    return _CUT[noun.frame.code or ""] if broken else noun.frame.code
