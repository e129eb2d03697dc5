"""Who says what: reporting verbs and "according to", with the words that they govern and the text that relays them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.reading.analysis import Analysis
from kg.reading.clauses import Phrase, phrase_at, subject_of
from kg.reading.document import Range
from kg.reading.grammar import grammar
from kg.reading.verbs import Verb, verb_table

_AGENTS = frozenset({"Person", "State", "Organisation", "IntergovernmentalOrganisation", "NonStateGroup"})
_QUOTES = frozenset({'"', "“", "”"})
_ADDRESSING = frozenset({"tell", "inform", "assure", "remind", "urge", "ask", "warn", "promise"})
_SPEAKER_NOUNS = frozenset(
    {"official", "officials", "spokesman", "spokeswoman", "spokesperson", "source", "sources", "diplomat", "diplomats",
     "ministry", "office", "presidency", "witnesses", "residents", "analysts", "experts", "leader", "leaders"}
)  # fmt: skip
_FRAMING = frozenset({"say", "call", "describe", "term", "see", "claim", "label"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words laid at somebody's door: `speaker` says `content`, by the verb at `cue`; `relay` is a text that carries them."""

    speaker: Phrase
    lemma: str
    cue: Range
    content: tuple[Range, ...]
    verb: Verb | None = None
    addressee: Phrase | None = None
    relay: Phrase | None = None
    framing: bool = False  # "what it called …": the content is a noun phrase


def find_attributions(analysis: Analysis) -> list[Attribution]:
    """Every attribution, sentence by sentence; a text that quotes somebody is his relay, not a second speaker."""
    found: list[Attribution] = []
    for sentence in analysis.document.sentences:
        found += _in_sentence(analysis, sentence)
    return found


def _in_sentence(analysis: Analysis, sentence: Range) -> list[Attribution]:
    verbs = [verb for verb in analysis.verbs_in(sentence) if _reports(analysis, verb, sentence)]
    raw = [a for verb in verbs for a in _attribution(analysis, verb, sentence, verbs)]
    raw += _according(analysis, sentence)
    raw += _reasons(analysis, sentence)
    relays = [a for a in raw if is_document(analysis, a.speaker) and a.relay is None]
    inner = [a for a in raw if a not in relays]
    if not relays or not inner:
        return _issued(analysis, raw)
    relay = relays[0]
    return [
        a if a.framing or a.relay else replace(a, relay=relay.speaker, content=_without(a.content, relay))
        for a in inner
    ]


def is_document(analysis: Analysis, phrase: Phrase) -> bool:
    """ "the statement", "a statement by his office", "his office … in a statement"."""
    if analysis.document.tokens[phrase.head].lower in grammar().document_nouns:
        return True
    return bool(_in_a_statement(analysis, phrase))


def _in_a_statement(analysis: Analysis, phrase: Phrase) -> bool:
    tokens = analysis.document.tokens
    after = phrase.range.last
    words = [token.lower for token in tokens[after : after + 4]]
    return len(words) == 4 and words[1:3] == ["in", "a"] and words[3] in grammar().document_nouns


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


def _reports(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """A verb that reports speech here: not inside a quotation, with somebody who can speak."""
    if verb.lemma not in verb_table().stances or analysis.document.quote_around(verb.main):
        return False
    if verb.form in {"infinitive", "participle"} or (verb.form == "passive" and verb.lemma != "quote"):
        return False
    if _supposed(analysis, verb, sentence):
        return False
    return not (verb.negated and verb.lemma not in {"say", "confirm", "acknowledge", "admit"})


def _supposed(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "if X says", "should X say": nobody has said it."""
    tokens = analysis.document.tokens
    for index in range(verb.first - 1, max(sentence.first, verb.first - 8) - 1, -1):
        if tokens[index].text in {",", ";", ":", '"', "”"}:
            return False
        if tokens[index].lower in {"if", "unless", "whether"} or (
            tokens[index].text == "Should" and index == sentence.first
        ):
            return True
    return False


def can_speak(analysis: Analysis, phrase: Phrase | None) -> bool:
    """An agent, an official text, or a person known by a role only."""
    if phrase is None:
        return False
    if phrase.references:
        return any(reference.type in _AGENTS for reference in phrase.references)
    head = analysis.document.tokens[phrase.head].lower
    return (
        head
        in grammar().document_nouns | _SPEAKER_NOUNS | grammar().pronouns_person | grammar().pronouns_plural
    )


def _attribution(analysis: Analysis, verb: Verb, sentence: Range, verbs: list[Verb]) -> list[Attribution]:
    if verb.lemma == "quote":
        return _quoted(analysis, verb, sentence)
    framing = _framed(analysis, verb, sentence)
    if framing:
        return framing
    inverted = _inverted_speaker(analysis, verb, sentence)
    speaker = inverted or subject_of(analysis, verb, sentence)
    if speaker is None or not can_speak(analysis, speaker):
        return []
    start = verb.last if not inverted else inverted.range.last
    addressee, start = _addressee(analysis, verb, start, sentence)
    start = _skip_circumstances(analysis, start, sentence)
    content = _content(analysis, verb, speaker, start, sentence, verbs, bool(inverted))
    cue = Range(verb.main, verb.last)
    return [Attribution(speaker, verb.lemma, cue, content, verb, addressee)] if content else []


def _inverted_speaker(analysis: Analysis, verb: Verb, sentence: Range) -> Phrase | None:
    """ "…," said X."""
    tokens = analysis.document.tokens
    before = tokens[verb.first - 1].text if verb.first > sentence.first else ""
    if verb.form != "finite" or before not in _QUOTES | {","}:
        return None
    phrase = phrase_at(analysis, verb.last, sentence.last)
    if phrase is None or not can_speak(analysis, phrase):
        return None
    after = tokens[phrase.range.last].text if phrase.range.last < sentence.last else "."
    return phrase if after in {".", ",", ";"} or phrase.range.last in analysis.time_tokens else None


def _addressee(analysis: Analysis, verb: Verb, start: int, sentence: Range) -> tuple[Phrase | None, int]:
    if verb.lemma not in _ADDRESSING or start >= sentence.last:
        return None, start
    phrase = phrase_at(analysis, start, sentence.last)
    if phrase and phrase.references:
        return phrase, phrase.range.last
    return None, phrase.range.last if phrase else start


def _skip_circumstances(analysis: Analysis, index: int, sentence: Range) -> int:
    """Step over "on Wednesday", "in a statement", "in his own words" between the verb and what was said."""
    tokens = analysis.document.tokens
    while index < sentence.last:
        if (
            index in analysis.time_tokens
            or tokens[index].lower in {"also", "again"}
            or (tokens[index].lower == "on" and index + 1 in analysis.time_tokens)
        ):
            index += 1
        elif tokens[index].lower == "in" and _next_noun(analysis, index) in grammar().document_nouns | {
            "interview",
            "speech",
        }:
            index = _noun_end(analysis, index)
        else:
            break
    return index


def _next_noun(analysis: Analysis, index: int) -> str:
    phrase = phrase_at(analysis, index + 1, min(index + 7, len(analysis.document.tokens)))
    return analysis.document.tokens[phrase.head].lower if phrase else ""


def _noun_end(analysis: Analysis, index: int) -> int:
    phrase = phrase_at(analysis, index + 1, min(index + 7, len(analysis.document.tokens)))
    return phrase.range.last if phrase else index + 1


def _content(
    analysis: Analysis,
    verb: Verb,
    speaker: Phrase,
    start: int,
    sentence: Range,
    verbs: list[Verb],
    inverted: bool,
) -> tuple[Range, ...]:
    """The words that a reporting verb governs: behind it, before it, or both where it interrupts them."""
    tokens = analysis.document.tokens
    first = min(speaker.range.first, verb.first) if not inverted else verb.first
    own = speaker.range.first < verb.first and speaker.range.last <= verb.first
    before = tokens[first - 1].text if first > sentence.first and (own or inverted) else ""
    right = tokens[start].text if start < sentence.last else "."
    trailing = start >= sentence.last or (right in {".", "!", "?"} | _QUOTES and start >= sentence.last - 1)
    if before in {",", *_QUOTES} and verb.form == "finite":
        left = _trim(analysis, Range(_left_limit(analysis, first, sentence, verbs), first))
        goes_on = right == "," and not any(v.form == "gerund" and v.first == start + 1 for v in verbs)
        if trailing or (before in _QUOTES and right != ":" and not goes_on):
            return (*_earlier_sentences(analysis, left, sentence), left) if left else ()
        if goes_on:
            rest = _trim(analysis, Range(start, _content_end(analysis, start + 1, sentence, verbs)))
            return tuple(part for part in (left, rest) if part)
    if trailing:
        return ()
    part = _trim(analysis, Range(start, _content_end(analysis, start, sentence, verbs)))
    return (part,) if part and _suits(analysis, verb, part) else ()


def _earlier_sentences(analysis: Analysis, left: Range, sentence: Range) -> tuple[Range, ...]:
    """The sentences before this one that the same quotation holds."""
    quote = analysis.document.quote_around(left.first) if left else None
    if quote is None or quote.first >= sentence.first:
        return ()
    return (Range(quote.first, sentence.first),)


def _suits(analysis: Analysis, verb: Verb, part: Range) -> bool:
    """Whether these words can be what the verb reports: a clause, a quotation, or a noun phrase if it takes one."""
    table = verb_table()
    tokens = analysis.document.tokens
    opening = tokens[part.first - 1] if part.first else None
    clause = tokens[part.first].lower == "that" or (opening is not None and opening.lower in {"that", ":"})
    quoted = any(part.first <= q.first < part.last for q in analysis.document.quotes)
    finite = any(v.form in {"finite", "passive"} for v in analysis.verbs_in(part))
    infinitive = any(v.form == "infinitive" for v in analysis.verbs_in(part))
    if verb.lemma in table.noun_content:
        return True
    if verb.lemma in {"want", "urge", "ask", "call on", "press"}:
        return infinitive or clause
    if verb.lemma == "seek":
        return True
    return clause or quoted or finite


def _left_limit(analysis: Analysis, first: int, sentence: Range, verbs: list[Verb]) -> int:
    """Content before a reporting verb starts with the sentence, or after an earlier reporting clause."""
    tokens = analysis.document.tokens
    for index in range(first - 2, sentence.first, -1):
        if tokens[index].text == ":" and any(v.last <= index for v in verbs):
            return index + 1
    return sentence.first


def _content_end(analysis: Analysis, start: int, sentence: Range, verbs: list[Verb]) -> int:
    """Content ends with the sentence, before a further reporting clause of the same speaker, or before ", but"."""
    tokens = analysis.document.tokens
    for index in range(start, sentence.last):
        if analysis.document.quote_around(index) and tokens[index].text != ",":
            continue
        lower = tokens[index].lower
        if lower == "," and index + 1 < sentence.last and _breaks(analysis, index + 1, sentence, verbs):
            return index
        if lower == "and" and _bare(index, verbs):
            return index
    return sentence.last


def _breaks(analysis: Analysis, index: int, sentence: Range, verbs: list[Verb]) -> bool:
    lower = analysis.document.tokens[index].lower
    if lower in {"but", "yet"} or lower == "according":
        return True
    gerund = any(v.form == "gerund" and v.first == index for v in verbs)
    return gerund or _attributes_after(analysis, index, sentence, verbs)


def _attributes_after(analysis: Analysis, index: int, sentence: Range, verbs: list[Verb]) -> bool:
    """ ", the statement said." closes the content before it."""
    for verb in verbs:
        if verb.form == "finite" and index < verb.main <= index + 8:
            subject = subject_of(analysis, verb, Range(index, sentence.last))
            return subject is not None and subject.range.first == index and can_speak(analysis, subject)
    return False


def _bare(index: int, verbs: list[Verb]) -> bool:
    """ "and said": the second of two reporting verbs of one subject."""
    return any(
        v.form == "finite" and v.first in {index + 1, index + 2} and v.main <= index + 3 for v in verbs
    )


def _trim(analysis: Analysis, part: Range) -> Range:
    """Without "that", commas, colons and full stops at the ends; a quotation mark stays if its partner does."""
    tokens = analysis.document.tokens
    first, last = part.first, part.last
    while first < last and tokens[first].lower in {",", ":", "that", ";", "."}:
        first += 1
    while last > first and tokens[last - 1].text in {",", ":", ";", "."}:
        last -= 1
    if last - first > 1 and tokens[last - 1].text in _QUOTES and tokens[first].text in _QUOTES:
        inner = analysis.document.quote_around(first + 1)
        if inner and inner == Range(first + 1, last - 1):
            first, last = first + 1, last - 1
            while last > first and tokens[last - 1].text == ",":
                last -= 1
    elif last - first > 1 and tokens[first].text in _QUOTES and analysis.document.quote_around(last - 1):
        first += 1
    elif (
        last > first
        and tokens[last - 1].text in _QUOTES
        and analysis.document.quote_around(first)
        and first > 0
    ):
        last -= 1
        while last > first and tokens[last - 1].text == ",":
            last -= 1
    return Range(first, last)


def _quoted(analysis: Analysis, verb: Verb, sentence: Range) -> list[Attribution]:
    """ "the statement quoted X as saying that …": X speaks, the statement relays."""
    tokens = analysis.document.tokens
    source = subject_of(analysis, verb, sentence)
    speaker = phrase_at(analysis, verb.last, sentence.last)
    if speaker is None or not can_speak(analysis, speaker):
        return []
    relay = source if source and is_document(analysis, source) else None
    index = speaker.range.last
    if index + 1 >= sentence.last or tokens[index].lower != "as":
        return []
    saying = next(iter(analysis.verbs_in(Range(index, min(index + 3, sentence.last)))), None)
    start = saying.last if saying else index + 1
    rest = _trim(analysis, Range(start, sentence.last)) if start < sentence.last else Range(start, start)
    first = source.range.first if source else verb.first
    content = rest if rest else _trim(analysis, Range(sentence.first, first))
    lemma = saying.lemma if saying and saying.lemma in verb_table().stances else "say"
    cue = Range(verb.main, start)
    return [Attribution(speaker, lemma, cue, (content,), saying, relay=relay)] if content else []


def _framed(analysis: Analysis, verb: Verb, sentence: Range) -> list[Attribution]:
    """ "over what it said was Washington's "biased" position": a noun phrase in somebody else's words."""
    tokens = analysis.document.tokens
    if verb.lemma not in _FRAMING:
        return []
    start = verb.first
    speaker = None
    for index in range(verb.first - 1, max(sentence.first, verb.first - 8) - 1, -1):
        if tokens[index].lower == "what":
            speaker = phrase_at(analysis, index + 1, verb.first)
            start = index
            break
    if speaker is None or not can_speak(analysis, speaker):
        return []
    index = verb.last
    while index < sentence.last and tokens[index].lower in {"was", "is", "were", "are", "as", "had", "been"}:
        index += 1
    phrase = phrase_at(analysis, index, sentence.last)
    if phrase is None or start >= verb.main:
        return []
    return [
        Attribution(
            speaker,
            verb.lemma,
            Range(verb.main, verb.last),
            (_widened(analysis, phrase.range),),
            verb,
            framing=True,
        )
    ]


def _widened(analysis: Analysis, part: Range) -> Range:
    """A noun phrase with the quotation that it opens."""
    quote = analysis.document.quote_around(part.last - 1)
    return Range(part.first, max(part.last, quote.last)) if quote else part


def _according(analysis: Analysis, sentence: Range) -> Iterator[Attribution]:
    """ "according to X": X says the rest of the sentence."""
    tokens = analysis.document.tokens
    for index in range(sentence.first, sentence.last - 2):
        if tokens[index].lower != "according" or tokens[index + 1].lower != "to":
            continue
        speaker = phrase_at(analysis, index + 2, sentence.last)
        if speaker is None or not can_speak(analysis, speaker):
            continue
        if index == sentence.first:
            content = Range(_issuer_end(analysis, speaker, sentence), sentence.last)
        else:
            content = Range(sentence.first, index)
        content = _trim(analysis, content)
        if content:
            yield Attribution(speaker, "say", Range(index, index + 2), (content,))


def _issuer_end(analysis: Analysis, speaker: Phrase, sentence: Range) -> int:
    """Behind the comma that closes an opening "According to …,"."""
    for index in range(speaker.range.last, sentence.last):
        if analysis.document.tokens[index].text == ",":
            return index + 1
    return speaker.range.last


def _reasons(analysis: Analysis, sentence: Range) -> Iterator[Attribution]:
    """ "The reason he gave was Y": he says Y."""
    tokens = analysis.document.tokens
    for verb in analysis.verbs_in(sentence):
        if (
            verb.lemma not in {"give", "cite", "name"}
            or verb.last >= sentence.last
            or tokens[verb.last].lower not in {"was", "is", "were"}
        ):
            continue
        speaker = subject_of(analysis, verb, sentence)
        nouns = {token.lower for token in tokens[sentence.first : verb.first]}
        content = _trim(analysis, Range(verb.last + 1, sentence.last))
        if (
            speaker
            and can_speak(analysis, speaker)
            and nouns & {"reason", "reasons", "ground", "grounds", "explanation"}
            and content
        ):
            yield Attribution(speaker, "cite", Range(verb.main, verb.last), (content,), verb)
