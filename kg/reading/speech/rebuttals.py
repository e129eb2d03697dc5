"""Charges that the accused denies in the same sentence: "…, an allegation it denied", "which he denies"."""

from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.content_end import trim
from kg.reading.text.marks import DASHES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.verbs import verb_table

_DENYING = frozenset({"deny", "reject", "dispute", "dismiss", "refute"})
_PRONOUNS = frozenset({"it", "he", "she", "they", "both"})
_CHARGES = frozenset({"accusation", "allegation", "charge", "claim", "assertion", "suggestion"})
_ARTICLES = frozenset({"a", "an", "something"})
_MARKS = DASHES | {",", "("}
_OF = frozenset({"of", "for"})


def with_rebuttals(analysis: Analysis, sentence: Range, found: list[Attribution]) -> list[Attribution]:
    """With each such denial: the accused says of the charge, which ends before it, that it is not so."""
    for verb in analysis.verbs_of(_DENYING, sentence):
        mark = _mark(analysis, verb, sentence)
        charge = _charge(analysis, mark, found) if mark else None
        if mark is None or charge is None:
            continue
        denier = _denier(analysis, charge, verb, sentence)
        content = tuple(p for part in charge.content if (p := _before(analysis, part, mark)))
        if denier is None or not content:
            continue
        matter = tuple(p for part in charge.matter if (p := _before(analysis, part, mark)))
        denied = matter or _without_of(analysis, content)
        told = Attribution(denier, "deny", Range(verb.main, verb.last), denied, verb)
        others = [a for a in found if a is not charge and a.verb is not verb]
        found = [*others, replace(charge, content=content, matter=matter), told]
    return found


def _mark(analysis: Analysis, verb: Verb, sentence: Range) -> int | None:
    """The comma or dash before "an allegation it", "which he"; None where the verb ends no such words."""
    tokens, index = analysis.document.tokens, verb.first - 1
    if index - 2 <= sentence.first or tokens[index].lower not in _PRONOUNS:
        return None
    named = tokens[index - 1].lower in _CHARGES and tokens[index - 2].lower in _ARTICLES
    told = named or tokens[index - 1].lower in {"which", "something"}
    mark = index - (3 if named else 2)
    return mark if told and tokens[mark].text in _MARKS else None


def _charge(analysis: Analysis, mark: int, found: list[Attribution]) -> Attribution | None:
    """The last accusation that begins before the mark."""
    before = [a for a in found if a.cue.first < mark and a.content[0].first < mark and _accuses(a)]
    return max(before, key=lambda a: a.cue.first, default=None)


def _accuses(attribution: Attribution) -> bool:
    return attribution.lemma in verb_table().uses.accusing or attribution.lemma in verb_table().uses.blaming


def _denier(analysis: Analysis, charge: Attribution, verb: Verb, sentence: Range) -> Phrase | None:
    """The accused: the object of the active verb, the subject of the passive; or whom the pronoun means."""
    if charge.accused:
        return charge.accused
    if charge.verb and charge.verb.form == "passive":
        return subject_of(analysis, charge.verb, sentence)
    return phrase_at(analysis, verb.first - 1, verb.first)


def _before(analysis: Analysis, part: Range, mark: int) -> Range | None:
    kept = Range(part.first, min(part.last, mark))
    return trim(analysis, kept) if kept else None


def _without_of(analysis: Analysis, content: tuple[Range, ...]) -> tuple[Range, ...]:
    """ "of shelling": what is denied is "shelling"."""
    first = content[0]
    of = analysis.document.tokens[first.first].lower in _OF
    return (Range(first.first + of, first.last), *content[1:])
