"""Charges that whoever they concern denies in passing: "accused of theft, an allegation it denies"."""

from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase
from kg.reading.speech.attribution import Attribution
from kg.reading.text.marks import DASHES
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.speech import noun_verbs

_DENYING = frozenset({"deny", "reject", "dispute", "refute", "dismiss", "repudiate"})
_CHARGING = frozenset({"accuse", "claim", "say"})  # what an "allegation", a "charge", a "report" is
_PARTING = DASHES | {","}


def with_denied_charges(analysis: Analysis, sentence: Range, found: list[Attribution]) -> list[Attribution]:
    """With each such denial as one of the charge before it, which ends where the denial begins."""
    for verb in analysis.verbs_of(_DENYING, sentence):
        denier = analysis.references.at(verb.first - 1) if verb.form == "finite" else None
        mark = _mark(analysis, denier.range.first, sentence) if denier else None
        if denier is None or mark is None:
            continue
        cue = Range(verb.main, verb.last)
        rest = [_ending(a, mark) for a in found if a.cue != cue]
        charges = [a for a in rest if a.cue.first < mark and a.content]
        if charges:
            speaker = Phrase(denier.range, (denier,), denier.range.last - 1)
            charged = charges[-1].stated
            found = [*rest, Attribution(speaker, verb.lemma, cue, charged, verb)]
    return found


def _mark(analysis: Analysis, index: int, sentence: Range) -> int | None:
    """The comma or dash before "an allegation", "charges the" before a token; None where no such noun is."""
    tokens = analysis.document.tokens
    noun = index - (2 if tokens[index - 1].lower == "the" else 1)
    if noun - 2 <= sentence.first or noun_verbs().get(tokens[noun].lower) not in _CHARGING:
        return None
    determined = tokens[noun - 1].lower in grammar().determiners
    mark = noun - (2 if determined else 1)
    told = determined or tokens[noun].lower.endswith("s")
    return mark if told and tokens[mark].text in _PARTING else None


def _ending(attribution: Attribution, mark: int) -> Attribution:
    """With words that end before the mark."""
    content, matter = _cut(attribution.content, mark), _cut(attribution.matter, mark)
    return replace(attribution, content=content, matter=matter)


def _cut(parts: tuple[Range, ...], mark: int) -> tuple[Range, ...]:
    return tuple(Range(p.first, min(p.last, mark)) if p.first < mark else p for p in parts)
