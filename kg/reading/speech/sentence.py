"""Who says what in one sentence, by all the ways of telling it, each utterance once."""

from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.speech.attitudes import attitudes
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.colons import COLON, behind_colons
from kg.reading.speech.denying import with_denied_charges
from kg.reading.speech.further import with_further_clauses
from kg.reading.speech.headlines import headlines
from kg.reading.speech.light import borne, by_phrases
from kg.reading.speech.nominal import ACCORDING, IN, according_to, given_reasons, viewpoints
from kg.reading.speech.nouns import nouns_of_saying
from kg.reading.speech.outlets import is_outlet, passes_on, sourced
from kg.reading.speech.reporting import attributions_by
from kg.reading.speech.reports import reports
from kg.reading.speech.speakers import is_document
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.speech import light_words, saying_nouns
from kg.reading.words.verbs import verb_table

_ACTS = frozenset({"convey", "offer", "propose", "agree", "accept", "refuse", "reject", "order", "invite"})
_NEAR = 3  # tokens: "He has said"
_OPENING = 5  # tokens in which what is voiced is named


def in_sentence(analysis: Analysis, sentence: Range) -> list[Attribution]:
    """Every attribution of a sentence; a text that quotes somebody is a relay, not a second speaker."""
    saying = analysis.verbs_of(verb_table().reporting, sentence)
    verbs = [verb for verb in saying if reports(analysis, verb, sentence)]
    raw = [a for verb in verbs for a in attributions_by(analysis, verb, sentence, verbs)]
    holding = analysis.document.sentences_with
    if sentence.first in holding(ACCORDING):
        raw += according_to(analysis, sentence)
    raw += given_reasons(analysis, sentence)
    if sentence.first in holding(IN):
        raw = _viewed(raw, list(viewpoints(analysis, sentence)))
    if sentence.first in holding(verb_table().attitude_words):
        raw += attitudes(analysis, sentence)
    if sentence.first in holding(saying_nouns()):
        raw += (a for a in nouns_of_saying(analysis, sentence) if not _voiced(a, raw))
    if sentence.first in holding(light_words().nouns):
        taken = list(borne(analysis, sentence))
        raw = [*(a for a in raw if not any(a.cue.first in t.cue for t in taken)), *taken]
    raw += by_phrases(analysis, sentence)
    raw += headlines(analysis, sentence)
    if sentence.first in holding(COLON):
        raw += list(behind_colons(analysis, sentence, raw))
    if not raw:
        return []
    raw = [a for a in raw if not _mere_attitude(analysis, a, raw) and not _part_of_cue(a, raw)]
    raw = [a for a in raw if not _part_of_speaker(a, raw)]
    raw = _said_once(analysis, [a for a in raw if not passes_on(analysis, a, raw)])
    raw = [a for a in raw if not _own_side(analysis, a, raw)]
    raw = with_denied_charges(analysis, sentence, raw)
    raw = [a for n, a in enumerate(raw) if not _again(a, raw[:n])]
    raw = sourced(analysis, sentence, raw)
    raw = with_further_clauses(analysis, sentence, raw)
    relays = [a for a in raw if a.relay is None and is_document(analysis, a.speaker) and not _of_person(a)]
    inner = [a for a in raw if a not in relays]
    told = [a for a in inner if any(a.cue.first in part for r in relays for part in r.content)]
    beside = [a for a in inner if any(_overlap(a, r) for r in relays)]
    if not relays or not any(_speaks(analysis, a) for a in told or beside):
        return _issued(analysis, raw, sentence)
    relay = relays[0]
    return [
        a if a.framing or a.relay else replace(a, relay=relay.speaker, content=_without(a.content, relay))
        for a in inner
    ]


def _of_person(attribution: Attribution) -> bool:
    """ "Berg said in a statement that Kenya backs the plan": Berg's own words, though Kenya is told of."""
    return any(reference.type == "Person" for reference in attribution.speaker.references)


def _overlap(attribution: Attribution, relay: Attribution) -> bool:
    """Whether both have words in common, or the one tells what stands behind the other: "…, it said"."""
    return any(
        own.first <= part.last and part.first <= own.last
        for own in attribution.content
        for part in relay.content
    )


def _speaks(analysis: Analysis, attribution: Attribution) -> bool:
    """Somebody whom an official text can quote; no act ("Kenya has conveyed its offer, his office said")."""
    quoted = analysis.document.quote_around(attribution.content[-1].last - 1) is not None
    return quoted or attribution.framing or attribution.lemma not in _ACTS


def _part_of_cue(attribution: Attribution, found: list[Attribution]) -> bool:
    """ "was quoted as saying": one cue, though "saying" reports by itself elsewhere."""
    cue = attribution.cue
    return any(
        cue.first in other.cue and cue.last <= other.cue.last
        for other in found
        if other.cue.last - other.cue.first > cue.last - cue.first
    )


def _part_of_speaker(attribution: Attribution, found: list[Attribution]) -> bool:
    """ "according to UN reports, …": "reports" is who says so, and reports nothing else."""
    return any(
        attribution.cue.first in other.speaker.range
        for other in found
        if other is not attribution and other.cue.first < attribution.cue.first
    )


def _viewed(found: list[Attribution], views: list[Attribution]) -> list[Attribution]:
    """ "In X's view, it added, …": the words are said once, and X says them."""
    kept = list(found)
    for view in views:
        inside = [a for a in kept if any(a.cue.first in part for part in view.content)]
        if inside:
            kept = [replace(a, speaker=view.speaker) if a in inside[:1] else a for a in kept]
        else:
            kept.append(view)
    return kept


def _mere_attitude(analysis: Analysis, attribution: Attribution, found: list[Attribution]) -> bool:
    """ "X said Y supports Z": what Y wants is X's word, not a second utterance, unless X is an outlet."""
    cue = attribution.cue.first
    return is_attitude(attribution) and any(
        cue in part
        for other in found
        if other is not attribution and not is_outlet(analysis, other.speaker)
        for part in other.content
    )


def _said_once(analysis: Analysis, found: list[Attribution]) -> list[Attribution]:
    """ "X noted that Y," a statement quoted X as saying: what X notes, relayed by the statement."""
    told = [(a, within) for a in found if (within := _said_within(analysis, a, found))]
    if not told:
        return found
    relays = {id(within): a.relay for a, within in told if a.relay}
    outer = {id(a) for a, _ in told}
    return [replace(a, relay=a.relay or relays.get(id(a))) for a in found if id(a) not in outer]


def _said_within(
    analysis: Analysis, attribution: Attribution, found: list[Attribution]
) -> Attribution | None:
    """ "He said that Y, Z added", also where the first is quoted: the same speaker's words in the content."""
    keys = {r.key for r in attribution.speaker.references}
    within = (
        other
        for other in found
        if keys and other is not attribution and keys == {r.key for r in other.speaker.references}
        for part in attribution.content
        if part.first <= other.cue.first <= part.first + _NEAR
        and (
            other.lemma in verb_table().uses.saying
            or analysis.document.quote_around(other.cue.first) is not None
        )
    )
    return next(within, None)


def _own_side(analysis: Analysis, attribution: Attribution, found: list[Attribution]) -> bool:
    """ "The minister said that Kenya insists on it": what Kenya insists on is in the minister's words."""
    keys = {r.key for r in attribution.speaker.references}
    return bool(keys) and any(
        keys <= {analysis.employers.get(r.key, "") for r in other.speaker.references}
        and any(attribution.cue.first in part for part in other.content)
        for other in found
        if other is not attribution
    )


def _voiced(noun: Attribution, found: list[Attribution]) -> bool:
    """ "voiced its concern about the raid": the verb tells of it already."""
    keys = {r.key for r in noun.speaker.references}
    return any(
        part.first <= noun.cue.first < part.first + _OPENING
        and keys <= {r.key for r in other.speaker.references}
        for other in found
        for part in other.content
    )


def _again(attribution: Attribution, before: list[Attribution]) -> bool:
    """ "X said, "…," he said": the same words of the same speaker."""
    keys = {r.key for r in attribution.speaker.references}
    first, last = attribution.content[0].first, attribution.content[-1].last
    return any(
        keys == {r.key for r in other.speaker.references}
        and abs(other.content[0].first - first) < _NEAR
        and abs(other.content[-1].last - last) < _NEAR
        for other in before
    )


def is_attitude(attribution: Attribution) -> bool:
    """What somebody wants, supports or is glad about, and what the passive says that they do."""
    if attribution.verb and attribution.verb.form == "passive":
        return attribution.lemma in verb_table().noun_content
    return attribution.lemma in verb_table().uses.holding or attribution.lemma.startswith("be ")


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
