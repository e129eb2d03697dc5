"""Which body a common noun stands for: "the ministry", "the news agency", "the group", "the bloc"."""

from kg.reading.names.references import BODIES, Reference, References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.names import name_table

_BACK = 12  # sentences
_GROUP_BACK = 3  # sentences
_PAPERS = frozenset({"newspaper", "daily"})
_PLAIN = frozenset(
    {"news", "radio", "television", "tv", "network", "media", "world", "light", "eye", "press"}
)
_SAME = {
    "presidency": frozenset({"presidency", "presidential", "president's", "president’s"}),
    "tribunal": frozenset({"tribunal", "court"}),
    "court": frozenset({"tribunal", "court"}),
}
_BESIDE = 5  # tokens between a name and what is said of it in apposition


def described_body(document: Document, named: References, index: int) -> tuple[Range, Reference] | None:
    """The nearest body before the noun at a token that the text calls so, or whose name says so."""
    noun = document.tokens[index].text
    first = _opening(document, index)
    if first is None:
        return None
    number = document.sentence_number(index)
    found = _body(document, named, noun, number, first)
    return (Range(first, index + 1), found) if found else None


def _opening(document: Document, index: int) -> int | None:
    """Where "the" stands before the noun, over one word that may stand between."""
    for first in (index - 1, index - 2):
        if first < 0:
            return None
        if document.tokens[first].lower in {"the", "this"}:
            return first + 1
        if document.tokens[first].text not in name_table().described.modifiers:
            return None
    return None


def _body(document: Document, named: References, noun: str, number: int, last: int) -> Reference | None:
    words = name_table().described
    if noun in words.groups:
        return _only(document, named, number, last, "NonStateGroup")
    if noun in words.blocs:
        return _only(document, named, number, last, "IntergovernmentalOrganisation")
    wanted = words.media if noun in words.media else words.ministries if noun in words.ministries else {noun}
    wanted = _SAME.get(noun, wanted)
    if noun in _PAPERS:
        wanted = wanted | name_table().bodies.media - _PLAIN
    for back in range(number, max(-1, number - _BACK), -1):
        sentence = document.sentences[back]
        part = Range(sentence.first, min(sentence.last, last))
        for reference in reversed(list(named.within(part))):
            if reference.type in BODIES and _is_called(document, reference, frozenset(wanted), sentence):
                return reference
    return None


def _only(document: Document, named: References, number: int, last: int, kind: str) -> Reference | None:
    """The one body of a type that the last sentences name."""
    first = document.sentences[max(0, number - _GROUP_BACK)].first
    near = {r.key: r for r in named.within(Range(first, last)) if r.type == kind and not r.adjective}
    return next(iter(near.values())) if len(near) == 1 else None


def _is_called(document: Document, reference: Reference, wanted: frozenset[str], sentence: Range) -> bool:
    """Whether the name has the noun, or the noun stands in apposition: "APA, an Azerbaijani news agency"."""
    part = reference.range
    spelled = document.lowers(part) if len(wanted) == 1 else []  # "the UN human rights office", "the office"
    if not wanted.isdisjoint((*reference.label.lower().split(), *spelled)):
        return True
    before = document.lowers(Range(max(sentence.first, part.first - 2), part.first))
    after = document.lowers(Range(part.last, min(sentence.last, part.last + _BESIDE)))
    apposed = (after[:1] == [","] and _opens_apposition(document, part.last + 1)) or after[:1] == ["("]
    if "," in after[1:]:
        after = after[: after.index(",", 1)]  # "the EU, however, the agency said"
    return not wanted.isdisjoint((*before[-1:], *after[:1])) or (apposed and not wanted.isdisjoint(after))


def _opens_apposition(document: Document, index: int) -> bool:
    """ "APA, an agency", "APA, Azerbaijan's agency"; not "the Network, said the army fired"."""
    token = document.tokens[index] if index < len(document.tokens) else None
    return token is not None and (token.lower in grammar().determiners or token.text[0].isupper())
