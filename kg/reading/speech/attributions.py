"""Who says what in a text, sentence by sentence, with the official texts that relay it."""

from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.nominal import according_to, given_reasons
from kg.reading.speech.reporting import attributions_by, reports
from kg.reading.speech.speakers import is_document
from kg.reading.text.tokens import Range


def find_attributions(analysis: Analysis) -> list[Attribution]:
    """Every attribution; a text that quotes somebody is a relay, not a second speaker."""
    found: list[Attribution] = []
    for sentence in analysis.document.sentences:
        found += _in_sentence(analysis, sentence)
    return found


def _in_sentence(analysis: Analysis, sentence: Range) -> list[Attribution]:
    verbs = [verb for verb in analysis.verbs_in(sentence) if reports(analysis, verb, sentence)]
    raw = [a for verb in verbs for a in attributions_by(analysis, verb, sentence, verbs)]
    raw += according_to(analysis, sentence)
    raw += given_reasons(analysis, sentence)
    relays = [a for a in raw if is_document(analysis, a.speaker) and a.relay is None]
    inner = [a for a in raw if a not in relays]
    if not relays or not inner:
        return _issued(analysis, raw)
    relay = relays[0]
    return [
        a if a.framing or a.relay else replace(a, relay=relay.speaker, content=_without(a.content, relay))
        for a in inner
    ]


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


def _issued(analysis: Analysis, raw: list[Attribution]) -> list[Attribution]:
    """A text that quotes nobody speaks for whoever issued it."""
    return [replace(a, relay=a.speaker) if is_document(analysis, a.speaker) else a for a in raw]
