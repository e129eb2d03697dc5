"""Who says what in a text, sentence by sentence, with the official texts that relay it."""

from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.speech.attitudes import attitudes
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.content_end import trim
from kg.reading.speech.floor import Floor
from kg.reading.speech.further import further_clauses
from kg.reading.speech.nominal import according_to, given_reasons, viewpoints
from kg.reading.speech.outlets import passes_on
from kg.reading.speech.reporting import attributions_by, reports
from kg.reading.speech.speakers import is_document
from kg.reading.speech.turns import turns
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table


def find_attributions(analysis: Analysis) -> list[Attribution]:
    """Every attribution; a text that quotes somebody is a relay, not a second speaker."""
    spoken = list(turns(analysis))
    told = _told(analysis)
    return [*spoken, *(a for a in told if not _own_words(analysis, a, spoken))] if spoken else told


def _own_words(analysis: Analysis, attribution: Attribution, spoken: list[Attribution]) -> bool:
    """ "I support …" inside a turn of a transcript: the turn says it already."""
    own = analysis.document.tokens[attribution.speaker.head].lower in grammar().pronouns_own
    cue = attribution.cue.first
    return own and any(cue in part for turn in spoken for part in turn.content)


def _told(analysis: Analysis) -> list[Attribution]:
    """What the sentences tell that somebody says, one by one."""
    found: list[Attribution] = []
    before: Attribution | None = None  # what was said last in the sentence before
    floor = Floor(analysis)
    for sentence in analysis.document.prose:
        told = [floor.named(a) for a in _in_sentence(analysis, sentence)]
        told = [a for a in told if not _nobody(analysis, a, told)]
        here = told or _going_on(analysis, sentence, before)
        floor = floor.taken(here)
        before = here[-1] if here else _still_open(analysis, sentence, before)
        found += here
    return found


def _nobody(analysis: Analysis, attribution: Attribution, told: list[Attribution]) -> bool:
    """An "it" that stands for none of those who spoke, or whom another speaker tells of."""
    if analysis.document.tokens[attribution.speaker.head].lower != "it" or attribution.framing:
        return False
    others = (part for other in told if other is not attribution for part in other.content)
    return not attribution.speaker.references or any(attribution.cue.first in part for part in others)


def _going_on(analysis: Analysis, sentence: Range, before: Attribution | None) -> list[Attribution]:
    """A quotation with no word outside it goes on with what was said last, here or in the paragraph before.

    In the same paragraph the words before it must be quoted too; a paragraph of its own is enough by itself.
    """
    document = analysis.document
    labelled = _label_end(analysis, sentence)
    quote = document.quote_around(labelled + 1) if labelled + 1 < sentence.last else None
    if before is None or before.framing or quote is None or quote.first != labelled + 1:
        return []
    apart = document.paragraph_number(sentence.first) - document.paragraph_number(before.cue.first)
    behind = document.tokens[quote.last : document.sentence(quote.last - 1).last]
    quoted = apart == 1 or all(document.quote_around(part.first) for part in before.content)
    content = trim(analysis, quote)
    if apart > 1 or not (quoted and content) or any(token.text.isalnum() for token in behind):
        return []
    return [Attribution(before.speaker, "say", before.cue, (content,), before.verb)]


def _label_end(analysis: Analysis, sentence: Range) -> int:
    """Behind "Quote:", where an outlet sets words apart so; else the sentence's start."""
    words = analysis.document.lowers(Range(sentence.first, min(sentence.first + 2, sentence.last)))
    return sentence.first + 2 if words == ["quote", ":"] else sentence.first


def _still_open(analysis: Analysis, sentence: Range, before: Attribution | None) -> Attribution | None:
    """What was said last, as long as the sentence belongs to its quotation."""
    inside = analysis.document.quote_around(sentence.first) or analysis.document.quote_around(
        sentence.first + 1
    )
    return before if before and inside and inside.last >= sentence.last - 1 else None


def _in_sentence(analysis: Analysis, sentence: Range) -> list[Attribution]:
    verbs = [verb for verb in analysis.verbs_in(sentence) if reports(analysis, verb, sentence)]
    raw = [a for verb in verbs for a in attributions_by(analysis, verb, sentence, verbs)]
    raw += according_to(analysis, sentence)
    raw += given_reasons(analysis, sentence)
    raw += viewpoints(analysis, sentence)
    raw += attitudes(analysis, sentence)
    raw = [a for a in raw if not _mere_attitude(a, raw) and not _part_of_cue(a, raw)]
    raw = [a for a in raw if not passes_on(analysis, a, raw)]
    raw += further_clauses(analysis, sentence, raw)
    relays = [a for a in raw if is_document(analysis, a.speaker) and a.relay is None]
    inner = [a for a in raw if a not in relays]
    if not relays or not inner:
        return _issued(analysis, raw, sentence)
    relay = relays[0]
    return [
        a if a.framing or a.relay else replace(a, relay=relay.speaker, content=_without(a.content, relay))
        for a in inner
    ]


def _part_of_cue(attribution: Attribution, found: list[Attribution]) -> bool:
    """ "was quoted as saying": one cue, though "saying" reports by itself elsewhere."""
    cue = attribution.cue
    return any(
        cue.first in other.cue and cue.last <= other.cue.last
        for other in found
        if other.cue.last - other.cue.first > cue.last - cue.first
    )


def _mere_attitude(attribution: Attribution, found: list[Attribution]) -> bool:
    """ "X said Y supports Z": what Y wants is X's word, not a second utterance."""
    attitude = attribution.lemma in verb_table().uses.holding or attribution.lemma.startswith("be ")
    cue = attribution.cue.first
    return attitude and any(
        cue in part for other in found if other is not attribution for part in other.content
    )


def _without(content: tuple[Range, ...], relay: Attribution) -> tuple[Range, ...]:
    """Content that ends where the relaying words begin."""
    first = min(relay.speaker.range.first, relay.cue.first)
    last = max(relay.speaker.range.last, relay.cue.last)
    kept: list[Range] = []
    for part in content:
        if part.first < first < part.last:
            kept.append(Range(part.first, first))
            if last < part.last - 1:
                kept.append(Range(last, part.last))
        else:
            kept.append(part)
    return tuple(kept)


def _issued(analysis: Analysis, raw: list[Attribution], sentence: Range) -> list[Attribution]:
    """A text that quotes nobody speaks for whoever issued it; "In a statement, X said": X issued it."""
    opened = _opens_with_text(analysis, sentence)
    return [
        replace(a, relay=a.speaker)
        if is_document(analysis, a.speaker) or (opened and a is raw[0] and a.speaker.references)
        else a
        for a in raw
    ]


def _opens_with_text(analysis: Analysis, sentence: Range) -> bool:
    """ "In a joint statement, …", "In a statement on Friday, …"."""
    words = analysis.document.lowers(Range(sentence.first, min(sentence.first + 9, sentence.last)))
    opening = words[: words.index(",")] if "," in words else []
    return opening[:1] == ["in"] and not grammar().document_nouns.isdisjoint(opening)
