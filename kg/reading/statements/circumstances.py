"""In what form and when something was said, to whom, and which characters show it."""

from bisect import bisect_left

from kg.model import Span
from kg.reading.analysis import Analysis
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.relays import spans_of
from kg.reading.statements.context import Context
from kg.reading.statements.when import own_time
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar

_FIRST = frozenset({"we", "i"})
_AROUND = 8  # passages before and after; a relay's passages grow with the text, a statement does not


def form_of(analysis: Analysis, attribution: Attribution) -> str:
    """Direct if every word is quoted or the text is in the first person, mixed if some are, else indirect."""
    speaker = analysis.document.tokens[attribution.speaker.head].lower
    if speaker in _FIRST and _writes(analysis, attribution.speaker.head):
        return "direct"  # "We condemn the raid"
    words = sum(part.last - part.first for part in attribution.content)
    quoted = sum(analysis.document.quoted(part) for part in attribution.content)
    if quoted == words:
        return "direct"
    return "mixed" if quoted else "indirect"


def _writes(analysis: Analysis, pronoun: int) -> bool:
    """Whether it is the text's own "I": "May I say …" is a question in news where nothing else is in "I"."""
    document = analysis.document
    if document.quote_around(pronoun) is not None:
        return False
    return any(
        token.lower in _FIRST
        and document.quote_around(token.index) is None
        and not _inverted(analysis, token.index)
        for token in (document.tokens if _inverted(analysis, pronoun) else (document.tokens[pronoun],))
    )


def _inverted(analysis: Analysis, pronoun: int) -> bool:
    """ "Could I", "may we"."""
    return pronoun > 0 and analysis.document.tokens[pronoun - 1].lower in grammar().modals


def evidence_of(analysis: Analysis, attribution: Attribution) -> tuple[Span, ...]:
    """Speaker, words, the time when they were said, and the text that relays them, sentence by sentence."""
    ranges = [attribution.speaker.range, attribution.cue, *attribution.content]
    ranges += [attribution.relay.range] if attribution.relay else []
    found = own_time(analysis, attribution)
    ranges += [analysis.tokens_of(found.span)] if found else []
    by_sentence: dict[int, list[Range]] = {}
    for part in ranges:
        by_sentence.setdefault(analysis.document.sentence_number(part.first), []).append(part)
    return analysis.spans(
        *(Range(min(p.first for p in parts), max(p.last for p in parts)) for parts in by_sentence.values())
    )


def addressees_of(attribution: Attribution) -> tuple[str, ...]:
    """Those whom the text says were told."""
    return tuple(r.key for r in attribution.addressee.references) if attribution.addressee else ()


def _nearest(spans: tuple[Span, ...], cue: Span) -> tuple[Span, ...]:
    """The first span of a text that relays much, which names its issuer, and those around the words."""
    at = bisect_left(spans, cue)
    return tuple(dict.fromkeys((*spans[:1], *spans[max(0, at - _AROUND) : at + _AROUND])))


def antecedents_of(context: Context, attribution: Attribution, relay: str | None) -> tuple[Span, ...]:
    """What its names and pronouns were resolved by, its speakers' posts, and where its relay is told."""
    analysis = context.analysis
    told = (attribution.speaker, attribution.addressee, attribution.relay)
    parts = (*(phrase.range for phrase in told if phrase), *attribution.content)
    relayed = (
        _nearest(spans_of(context.relays, relay), analysis.document.span(attribution.cue)) if relay else ()
    )
    described = (a for r in attribution.speaker.references for a in r.antecedents)
    leant = (*analysis.antecedents(*parts), *described)
    return tuple(sorted({*analysis.spans(*leant), *relayed}))
