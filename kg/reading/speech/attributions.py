"""Who says what in a text, sentence by sentence, with the official texts that relay it."""

from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.floor import Floor
from kg.reading.speech.introducing import introduced
from kg.reading.speech.posts import posts
from kg.reading.speech.sentence import in_sentence, is_attitude
from kg.reading.speech.trimming import trim
from kg.reading.speech.turns import turns
from kg.reading.speech.unclaimed import unclaimed
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_RECENT = 3  # attributions
_POINTING = frozenset({"this", "so"})
_SAYING = frozenset({"say", "state", "tell", "announce", "write", "declare"})


def find_attributions(analysis: Analysis) -> list[Attribution]:
    """Every attribution; a text that quotes somebody is a relay, not a second speaker."""
    spoken = [*turns(analysis), *posts(analysis)]
    inside = {index for a in spoken for part in a.content for index in range(part.first, part.last)}
    return [*spoken, *(a for a in _told(analysis) if not _own_words(analysis, a, inside))]


def _own_words(analysis: Analysis, attribution: Attribution, spoken: set[int]) -> bool:
    """ "I support …" inside a turn of a transcript: the turn says it already."""
    own = analysis.document.tokens[attribution.speaker.head].lower in grammar().pronouns_own
    return own and attribution.cue.first in spoken


def _told(analysis: Analysis) -> list[Attribution]:
    """What the sentences tell that somebody says, one by one."""
    found: list[Attribution] = []
    before: Attribution | None = None  # what was said last in the sentence before
    floor = Floor.of(analysis)
    stated = 0  # up to where the words go that the paragraph before led to
    for sentence in analysis.document.prose:
        told = [floor.named(_whole(analysis, a, sentence)) for a in in_sentence(analysis, sentence)]
        if sentence.first < stated:
            told = [a for a in told if a.lemma in verb_table().uses.saying]
        leads = introduced(analysis, sentence)
        if leads:
            told.append(floor.named(leads))
            stated = leads.content[0].last
        told += map(floor.named, unclaimed(analysis, sentence, [*told, *found[-_RECENT:]]))
        told = [a for a in told if not _nobody(analysis, a, told)]
        told = [_pointing(analysis, a, found) for a in told if not _said_before(a, found[-_RECENT:])]
        if any(part.first < sentence.first for a in told for part in a.content):
            found = [a for a in found if not _told_by(a, told)]
        more = () if told else _going_on(analysis, sentence, before)
        if before and more and _in_one_breath(analysis, before, more[0]):
            longer = replace(before, content=(*before.content, *more))
            found = [longer if a is before else a for a in found]
            before = longer
            continue
        if before and more:
            told = [Attribution(before.speaker, "say", before.cue, more, before.verb)]
        floor = floor.taken(told)
        before = _last(analysis, told) if told else _still_open(analysis, sentence, before)
        found += told
    return found


def _whole(analysis: Analysis, attribution: Attribution, sentence: Range) -> Attribution:
    """With the further sentences of a quotation that the words end in: X said: "One. Two." """
    last = attribution.content[-1]
    quote = analysis.document.quote_around(last.last - 1)
    if quote is None or quote.last <= sentence.last or last.last < sentence.last - 1:
        return attribution
    if attribution.cue.first in quote:
        return attribution  # told inside the quotation, not what is quoted
    whole = trim(analysis, Range(last.first, quote.last))
    return replace(attribution, content=(*attribution.content[:-1], whole))


def _pointing(analysis: Analysis, attribution: Attribution, found: list[Attribution]) -> Attribution:
    """ "X said this on Monday": what X said is the sentence before, unless somebody else says that."""
    document = analysis.document
    number = document.sentence_number(attribution.cue.first)
    if not _points(analysis, attribution) or number == 0:
        return attribution
    before = document.sentences[number - 1]
    if any(a.cue.first in before and not is_attitude(a) for a in found):
        return attribution
    return replace(attribution, content=(trim(analysis, before),))


def _told_by(attribution: Attribution, told: list[Attribution]) -> bool:
    """An attitude in a sentence before, which somebody turns out to have said."""
    cue = attribution.cue.first
    return is_attitude(attribution) and any(cue in part for other in told for part in other.content)


def _said_before(attribution: Attribution, found: list[Attribution]) -> bool:
    """X said, "One. Two," he said: the quotation has been read whole from its first cue on."""
    last = attribution.content[-1].last - 1
    return any(last in part and attribution.cue.first not in part for a in found for part in a.content)


def _points(analysis: Analysis, attribution: Attribution) -> bool:
    """Whether all that is said is "this" or "so"."""
    part = attribution.content[0]
    words = analysis.document.lowers(Range(part.first, min(part.last, part.first + 2)))
    alone = len(words) == 1 or part.first + 1 in analysis.time_tokens
    ends = alone or words[1] in grammar().circumstance_marks
    return words[0] in _POINTING and ends and attribution.lemma in _SAYING


def _nobody(analysis: Analysis, attribution: Attribution, told: list[Attribution]) -> bool:
    """An "it" that stands for none of those who spoke, or whom another speaker tells of."""
    if analysis.document.tokens[attribution.speaker.head].lower != "it" or attribution.framing:
        return False
    others = (part for other in told if other is not attribution for part in other.content)
    return not attribution.speaker.references or any(attribution.cue.first in part for part in others)


def _last(analysis: Analysis, here: list[Attribution]) -> Attribution:
    """Whoever is quoted last in a sentence, or else speaks last in it."""
    quoted = (a for a in reversed(here) if analysis.document.quote_around(a.content[-1].last - 1))
    return next(quoted, here[-1])


def _going_on(analysis: Analysis, sentence: Range, before: Attribution | None) -> tuple[Range, ...]:
    """A quotation with no word outside it goes on with what was said last, here or in the paragraph before.

    In the same paragraph the words before it must be quoted too, or said; a paragraph of its own is enough.
    """
    document = analysis.document
    labelled = _label_end(analysis, sentence)
    quote = document.quote_around(labelled + 1) if labelled + 1 < sentence.last else None
    if before is None or before.framing or quote is None or quote.first != labelled + 1:
        return ()
    told = max(before.cue.first, before.content[-1].last - 1)
    apart = document.paragraph_number(sentence.first) - document.paragraph_number(told)
    behind = document.tokens[quote.last : document.sentence(quote.last - 1).last]
    words = before.content[-1].last - 1
    quoted = apart == 1 or document.quote_around(words) or before.lemma in verb_table().uses.saying
    content = trim(analysis, quote)
    if apart > 1 or not (quoted and content) or any(token.text.isalnum() for token in behind):
        return ()
    return (content,)


def _in_one_breath(analysis: Analysis, before: Attribution, more: Range) -> bool:
    """`"One," he said. "Two."`: one statement, as long as no paragraph parts the quotations."""
    document = analysis.document
    last = before.content[-1].last - 1
    near = document.paragraph_number(more.first) == document.paragraph_number(last)
    return near and document.quote_around(last) is not None


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
