"""Whose an official text, a report or an article is: "a U.S. statement", "a report by X", "its letter"."""

from bisect import bisect_left

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at, phrase_start
from kg.reading.clauses.subjects import subject_of
from kg.reading.names.references import AGENTS, Reference
from kg.reading.speech.headlines import opens_text
from kg.reading.text.marks import DASHES
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.speech import voice_words
from kg.reading.words.verbs import verb_table

_WE = frozenset({"we"})
_FROM = frozenset({"in", "by", "from", "of"})
_ISSUING = frozenset({"issue", "release", "publish", "post", "sign", "write"})
_TELLING = (_ISSUING - {"sign"}) | verb_table().uses.saying
_BODIES = frozenset({"Organisation", "IntergovernmentalOrganisation"})
_PARTING = DASHES | {",", "(", ")"}
_RECENT = 120  # tokens
_MOST = 12  # earlier passages that tell of the same text; it keeps the work linear


def is_writing(word: str) -> bool:
    """Whether a lower-case noun is one for what somebody writes or issues."""
    return word in voice_words().writings or word in grammar().document_nouns


def author_of(analysis: Analysis, phrase: Phrase) -> tuple[Reference, ...]:
    """Whoever the noun phrase of a text says that it is by, or an earlier passage about it; else nobody."""
    own = _told_here(analysis, phrase.range.first, phrase.head)
    tokens = analysis.document.tokens
    if own or tokens[phrase.range.first].lower in {"a", "an", "another"}:
        return own
    word = tokens[phrase.head].lower
    told = analysis.document.positions({word})
    last = bisect_left(told, phrase.range.first)
    for index in reversed(told[max(0, last - _MOST) : last]):
        found = _told_here(analysis, phrase_start(analysis, index), index) or _issuer(analysis, index)
        if found:
            return found
    return ()


def in_first_person(analysis: Analysis) -> tuple[Reference, ...]:
    """Who "we" are in an official text: "We, the leaders of X, …", or whose statement its first line says."""
    document = analysis.document
    for index in document.positions(_WE):
        if index + 2 < len(document.tokens) and document.tokens[index + 1].text == ",":
            last = document.sentence(index).last
            end = next((i for i in range(index + 2, last) if document.tokens[i].text == ","), last)
            named = [r for r in analysis.references.within(Range(index, end)) if r.type in AGENTS]
            if named and not analysis.verbs_in(Range(index, end)) and not document.quote_around(index):
                return tuple({r.key: r for r in reversed(named)}.values())[::-1]
    first = document.paragraphs[0] if document.paragraphs else Range(0, 0)
    heads = document.positions(grammar().document_nouns, first)
    return _told_here(analysis, first.first, heads[0]) if heads and opens_text(analysis, first) else ()


def sitting_of(analysis: Analysis, phrase: Phrase) -> tuple[Reference, ...] | None:
    """ "a joint meeting of X and Y called for": the bodies that met."""
    tokens, index = analysis.document.tokens, phrase.head + 1
    if index + 1 >= len(tokens) or tokens[index].lower != "of":
        return None
    met = phrase_at(analysis, index + 1, analysis.document.sentence(index).last)
    bodies = met is not None and all(r.type in _BODIES for r in met.references)
    return (met.references or None) if met and bodies else None


def members_of(analysis: Analysis, phrase: Phrase) -> tuple[Reference, ...]:
    """ "several countries, including X and Y, have refused": those of them whom the text names."""
    tokens, index = analysis.document.tokens, phrase.head + 1
    last = analysis.document.sentence(phrase.head).last
    if index + 2 >= last or tokens[index].text not in _PARTING or tokens[index + 1].lower != "including":
        return ()
    named = phrase_at(analysis, index + 2, last)
    if named is None or named.range.last >= last or tokens[named.range.last].text not in _PARTING:
        return ()
    return tuple(r for r in named.references if r.type in AGENTS)


def _told_here(analysis: Analysis, first: int, head: int) -> tuple[Reference, ...]:
    return _behind(analysis, head) or _before(analysis, first, head)


def _behind(analysis: Analysis, head: int) -> tuple[Reference, ...]:
    """ "an article in the Times", "a statement issued by X"."""
    tokens, index = analysis.document.tokens, head + 1
    last = analysis.document.sentence(head).last
    verb = analysis.verb_at(index) if index < last else None
    if verb and verb.lemma in _ISSUING and verb.last == index + 1:
        index += 1
    if index + 1 >= last or tokens[index].lower not in _FROM:
        return ()
    found = phrase_at(analysis, index + 1, last)
    return tuple(r for r in found.references if r.type in AGENTS) if found else ()


def _before(analysis: Analysis, first: int, head: int) -> tuple[Reference, ...]:
    """ "a U.S. statement", "the Kenyan government's letter", "the Volta Union report": no "Syria report"."""
    named = [r for r in analysis.references.within(Range(first, head)) if r.type in AGENTS]
    if not named:
        return _ministry(analysis, first, head)
    owner, tokens = named[-1], analysis.document.tokens
    marked = tokens[owner.range.last].lower in grammar().possessive_marks or tokens[
        owner.range.first
    ].lower in (grammar().possessives_person)
    short = tokens[owner.range.last - 1].text.isupper() or "." in tokens[owner.range.last - 1].text
    about = owner.type == "State" and not (owner.adjective or owner.form == "metonym" or marked or short)
    return () if about else (owner,)


def _ministry(analysis: Analysis, first: int, head: int) -> tuple[Reference, ...]:
    """ "a ministry statement": the last ministry that the text has named."""
    if head - 1 <= first or analysis.document.tokens[head - 1].lower != "ministry":
        return ()
    near = analysis.references.within(Range(max(0, first - _RECENT), first))
    named = [r for r in near if "ministry" in analysis.document.lowers(r.range) and not r.adjective]
    return (named[-1],) if named else ()


def _issuer(analysis: Analysis, index: int) -> tuple[Reference, ...]:
    """ "X released a report", "X said in a statement": the subject of the verb before the text's noun."""
    sentence = analysis.document.sentence(index)
    start = phrase_start(analysis, index)
    verb = analysis.verb_before(start, sentence)
    if verb is None or verb.lemma not in _TELLING or start > verb.last + 2:
        return ()
    subject = subject_of(analysis, verb, sentence)
    return tuple(r for r in subject.references if r.type in AGENTS) if subject else ()
