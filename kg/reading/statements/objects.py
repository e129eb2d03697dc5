"""What a verb of the content has as its objects, and the things that they stand for."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.events.happenings import Happenings
from kg.reading.statements.propositions import unquoted
from kg.reading.text.marks import QUOTES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_BEFORE = QUOTES | {","}
_OPENING = _BEFORE | {":"}
_CLOSING = _OPENING | {"."}


def objects_of(analysis: Analysis, verb: Verb, start: int, content: Range) -> list[Range]:
    """What follows the verb, split where "as well as", "including", "which takes in" or "and" joins."""
    end = _object_end(analysis, verb, content)
    tokens = analysis.document.tokens
    while start < end and tokens[start].text in _BEFORE:
        start += 1
    pieces, first = [], start
    for index in range(start, end):
        lower = tokens[index].lower
        if lower == "including" or (
            lower == "as" and [t.lower for t in tokens[index : index + 3]] == ["as", "well", "as"]
        ):
            pieces.append(Range(first, index))
            first = index + (1 if lower == "including" else 3)
        elif lower == "which" and (including := _includes(analysis, index)):
            pieces.append(Range(first, index))
            first = including.last
        elif lower == "and" and _joins_things(analysis, first, index, end):
            pieces.append(Range(first, index))
            first = index + 1
    pieces.append(Range(first, end))
    return [trimmed for piece in pieces if (trimmed := _strip(analysis, piece))]


def _includes(analysis: Analysis, index: int) -> Verb | None:
    """ "…, which takes in X": a relative clause that goes on with the list."""
    following = analysis.verbs_in(Range(index, min(index + 3, len(analysis.document.tokens))))
    return next((v for v in following if v.lemma in verb_table().uses.including), None)


def _joins_things(analysis: Analysis, first: int, index: int, end: int) -> bool:
    """ "the normalization of A and negotiations on B": both sides are noun phrases of their own."""
    tokens = analysis.document.tokens
    if _is_gerund(analysis, index + 1) and _is_gerund(analysis, first):
        return True
    left = analysis.references.at(index - 1)
    right = analysis.references.at(index + 1) if index + 1 < end else None
    if left and right:
        return False
    following = [token.lower for token in tokens[index + 1 : min(index + 4, end)]]
    complemented = len(following) > 1 and following[1] in {"on", "of", "for", "about"}
    determined = len(following) > 2 and following[0] == "the" and following[2] == "of"
    return complemented or determined


def _is_gerund(analysis: Analysis, index: int) -> bool:
    return any(v.form == "gerund" and v.first == index for v in analysis.verbs_in(Range(index, index + 2)))


def _object_end(analysis: Analysis, verb: Verb, content: Range) -> int:
    """The object ends before a clause of its own: a finite verb, a subordinate clause, a means, a dash."""
    tokens = analysis.document.tokens
    for index in range(verb.last, content.last):
        if tokens[index].lower in grammar().subordinate_openers or tokens[index].text in {";", "–", "—"}:
            return index
        if tokens[index].lower == "by" and _is_gerund(analysis, index + 1):
            return index
        if tokens[index].lower in {"and", ","} and _clause_follows(analysis, index + 1, content):
            return index
    return content.last


def _clause_follows(analysis: Analysis, index: int, content: Range) -> bool:
    """Whether a finite verb, a helper or a relative pronoun starts here, so that a new clause does."""
    if index >= content.last:
        return False
    lower = analysis.document.tokens[index].lower
    if lower == "which" and _includes(analysis, index):
        return False
    following = analysis.verbs_in(Range(index, min(index + 3, content.last)))
    if following and following[0].form in {"finite", "passive"} and following[0].first <= index + 2:
        return True
    relative = lower in {"which", "who", "and", "that"} and analysis.document.tokens[index - 1].text == ","
    return relative or (lower in grammar().auxiliaries and lower != "to")


def _strip(analysis: Analysis, part: Range) -> Range | None:
    tokens = analysis.document.tokens
    first, last = part.first, part.last
    while first < last and (tokens[first].text in _OPENING or tokens[first].lower in grammar().linking):
        first += 1
    while last > first and (tokens[last - 1].text in _CLOSING or tokens[last - 1].lower == "also"):
        last -= 1
    return Range(first, last) if first < last else None


def things_in(
    analysis: Analysis, part: Range, happenings: Happenings, subject: str, relation: str
) -> tuple[tuple[str, ...], str | None]:
    """The things that an object phrase stands for; its words as a value where they say more."""
    phrase = phrase_at(analysis, part.first, part.last)
    words = unquoted(analysis, part)
    events = happenings.within(part)
    if relation == "causes" and events:
        return tuple(events), words
    if phrase is None:
        return _governed(analysis, part), words
    if phrase.references:
        whole = phrase.range.last >= part.last
        return tuple(dict.fromkeys(r.key for r in phrase.references)), None if whole else words
    if phrase.head in happenings.at:
        return (happenings.at[phrase.head],), words
    meant = _meant(analysis, phrase, part)
    if meant or relation != "damagesTiesWith":
        return meant, words
    return _counterparts(analysis, part, subject), words


def _governed(analysis: Analysis, part: Range) -> tuple[str, ...]:
    """ "sending X": what the gerund that opens an object has as its own object."""
    gerunds = (v for v in analysis.verbs_in(part) if v.form == "gerund" and v.first == part.first)
    gerund = next(gerunds, None)
    inner = phrase_at(analysis, gerund.last, part.last) if gerund else None
    return tuple(r.key for r in inner.references) if inner else ()


def _meant(analysis: Analysis, phrase: Phrase, part: Range) -> tuple[str, ...]:
    """ "the development of X": X."""
    head = analysis.document.tokens[phrase.head].lower
    after = phrase.range.last + 1
    if head not in grammar().transparent_nouns or after >= part.last:
        return ()
    inner = phrase_at(analysis, after, part.last)
    return tuple(r.key for r in inner.references) if inner else ()


def _counterparts(analysis: Analysis, part: Range, subject: str) -> tuple[str, ...]:
    """ "ties with X": those whom the ties join, without the subject itself."""
    found = (
        r.key
        for r in analysis.references.within(part)
        if not r.adjective
        and r.key != subject
        and r.type in {"State", "Person"}
        and analysis.document.tokens[r.range.first - 1].lower in grammar().toward
    )
    return tuple(dict.fromkeys(found))
