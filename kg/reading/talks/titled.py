"""Formats whose name nobody lists: "the Nairobi and Luanda processes", "the Quad of A, B and C"."""

from collections.abc import Iterator
from functools import cache

from kg.identifiers import slug
from kg.reading.analysis import Analysis
from kg.reading.names.references import Reference
from kg.reading.talks.compounds import places_before
from kg.reading.talks.grouping import Clue
from kg.reading.talks.sides import bodies_of, joined_start, listed_at
from kg.reading.text.marks import DASHES, QUOTES
from kg.reading.text.tokens import Range
from kg.reading.words.nouns import noun_table
from kg.reading.words.ordinary import is_ordinary

_SUM = 4  # tokens of "3+3" with the mark behind it
_PAIR = 2
_NATIONS = frozenset({"nations", "countries", "states", "powers", "four", "three", "five"})
_GROUPS = frozenset({"group", "committee", "commission", "mechanism"})
_GROUP_KINDS = frozenset(
    {
        "core",
        "contact",
        "support",
        "monitoring",
        "joint",
        "working",
        "steering",
        "liaison",
        "action",
        "friends",
    }
    | {"coordination", "follow-up", "military", "ceasefire", "verification", "implementation", "high-level"}
)
_INCLUDING = frozenset(
    {"includes", "comprises", "unites", "comprising", "consisting", "comprised", "composed"}
)
_GROUP_WORDS = 16  # words from "Core Group" to "includes"
_NEAR = 6  # words between a name and the word that leads to its members


def titled(analysis: Analysis) -> Iterator[Clue]:
    """Every such name, with the members that stand beside it."""
    document, table = analysis.document, noun_table().talks
    for index in document.positions(table.circles):
        yield from _circle(analysis, index)
    for index in document.positions(_GROUPS):
        yield from _named_group(analysis, index)
    for index in document.positions(table.frames):
        yield from _after_place(analysis, index)
        yield from _after_sum(analysis, index)
    for index in document.positions(_plural_frames().keys()):
        yield from _several(analysis, index)


@cache
def _plural_frames() -> dict[str, str]:
    """Plural → singular of the nouns that frame talks: "processes"."""
    return {f"{noun}es" if noun.endswith("ss") else f"{noun}s": noun for noun in noun_table().talks.frames}


def members_behind(analysis: Analysis, index: int, last: int) -> tuple[tuple[Reference, ...], int]:
    """ "the Quad, namely A and B", "the mechanism, which unites A and B": who, and where they end."""
    tokens, table = analysis.document.tokens, noun_table().talks
    for at in range(index, min(index + _NEAR, last)):
        leading = tokens[at].lower in table.gathering or tokens[at].text == ":"
        bracket = at == index and (tokens[at].text in {"(", "["} or tokens[at].text in DASHES)
        if leading or bracket:
            while at + 1 < last and tokens[at + 1].lower in table.gathering:
                at += 1
            found, end = listed_at(analysis, at + 1, last)
            enough = len(found) > (2 if bracket else 1)
            return (found, end) if enough else ((), index)
    return (), index


def _circle(analysis: Analysis, index: int) -> Iterator[Clue]:
    """ "the Quad (A, B and C)", "the Troika of A, B and C": only where its members are told."""
    document = analysis.document
    opening = set(document.lowers(Range(max(document.sentence(index).first, index - 2), index)))
    if (
        document.tokens[index].text.islower()
        or opening.isdisjoint({"the", "called"})
        or analysis.references.at(index)
    ):
        return
    after = index + 1
    if after < len(document.tokens) and document.tokens[after].lower in {"countries", "states", "group"}:
        after += 1
    members, end = members_behind(analysis, after, document.sentence(index).last)
    first = index
    if not members:
        first, members = _apposed_to(analysis, index)
    if not members:
        first, members = _just_listed(analysis, index)
    if not members:
        members, end = _listed_next(analysis, index)
    if members:
        keys = frozenset(bodies_of(analysis, members))
        part = Range(first, max(end, index + 1))
        yield Clue((part,), keys, (), title=document.tokens[index].text, united=True)


def _named_group(analysis: Analysis, index: int) -> Iterator[Clue]:
    """ "the Core Group on X, which includes A and B", "the Contact Group (A, B and C)": with its members."""
    document, tokens = analysis.document, analysis.document.tokens
    sentence = document.sentence(index)
    kind = index - 1
    named = kind > sentence.first and tokens[index].text[0].isupper() and tokens[kind].lower in _GROUP_KINDS
    known = analysis.references.at(index)
    if not named or (known and known.known):
        return
    near = range(index + 1, min(sentence.last, index + _GROUP_WORDS))
    mark = next((i for i in near if tokens[i].lower in _INCLUDING), index + 1)
    members, end = members_behind(analysis, mark, sentence.last)
    title = document.words(Range(kind, index + 1))
    if members:
        keys = frozenset(bodies_of(analysis, members))
        yield Clue((Range(kind, end),), keys, (), title=title, united=True)


def _apposed_to(analysis: Analysis, index: int) -> tuple[int, tuple[Reference, ...]]:
    """ "A, B and C, the so-called Troika": those before it, if they are three or more."""
    tokens, sentence = analysis.document.tokens, analysis.document.sentence(index)
    at = index
    while at > sentence.first and tokens[at - 1].lower in {"the", "so", "-", "called", "a", "known", "as"}:
        at -= 1
    last = analysis.references.at(at - 2) if at > sentence.first + 1 and tokens[at - 1].text == "," else None
    if last is None or last.range.last != at - 1:
        return index, ()
    first = joined_start(analysis, last.range.first, sentence)
    named, _ = listed_at(analysis, first, at - 1)
    return (first, named) if len(named) > _PAIR else (index, ())


def _just_listed(analysis: Analysis, index: int) -> tuple[int, tuple[Reference, ...]]:
    """ "A, B and C met. These nations are known as the Quad": those who opened the sentence before."""
    document = analysis.document
    number = document.sentence_number(index)
    sentence = document.sentences[number]
    opening = document.lowers(Range(sentence.first, min(sentence.first + 4, sentence.last)))
    naming = {"known", "called", "referred", "dubbed"} & set(document.lowers(Range(sentence.first, index)))
    if not (number and naming and opening[:1] in (["these"], ["the"]) and _NATIONS & set(opening)):
        return index, ()
    before = document.sentences[number - 1]
    members, _ = listed_at(analysis, before.first, before.last)
    return (before.first, members) if len(members) > _PAIR else (index, ())


def _listed_next(analysis: Analysis, index: int) -> tuple[tuple[Reference, ...], int]:
    """ "The Quartet, led by A, was founded in May. It also includes B, C and D"."""
    document = analysis.document
    number = document.sentence_number(index)
    after = document.sentences[number + 1] if number + 1 < len(document.sentences) else Range(index, index)
    words = document.lowers(Range(after.first, min(after.first + 3, after.last)))
    if words[:1] != ["it"] or noun_table().talks.gathering.isdisjoint(words):
        return (), index + 1
    members, end = members_behind(analysis, after.first + 1, after.last)
    leader = index + 1 < len(document.tokens) and document.tokens[index + 1].text == ","
    led = document.lowers(Range(index + 2, index + 4)) == ["led", "by"] if leader else False
    head = listed_at(analysis, index + 4, document.sentences[number].last)[0] if led else ()
    return ((*head, *members), end) if members else ((), index + 1)


def _after_place(analysis: Analysis, index: int) -> Iterator[Clue]:
    """ "the Djerba process": a place that nobody lists, in a text of a conflict."""
    tokens = analysis.document.tokens
    if index < 2 or tokens[index - 2].lower != "the" or analysis.references.at(index):
        return
    place = tokens[index - 1]
    named = place.text[0].isupper() and place.text[1:].islower() and not is_ordinary(place.lower)
    if named and analysis.references.at(index - 1) is None and analysis.strife:
        title = f"{place.text} {tokens[index].lower}"
        yield Clue((Range(index - 1, index + 1),), frozenset(), (), title=title)


def _after_sum(analysis: Analysis, index: int) -> Iterator[Clue]:
    """ "the “3+3” format": numbers in quotation marks, with those whom the words behind it list."""
    tokens, first = analysis.document.tokens, index - _SUM
    if first < 1 or tokens[index - 1].text not in QUOTES or tokens[first - 1].text not in QUOTES:
        return
    left, plus, right = (token.text for token in tokens[first : first + 3])
    if not (left.isdigit() and plus == "+" and right.isdigit()):
        return
    title = f"{left}+{right} {tokens[index].lower}"
    members, end = members_behind(analysis, index + 1, analysis.document.sentence(index).last)
    keys = frozenset(bodies_of(analysis, members)) or seated(analysis, f"format/{slug(title)}")
    yield Clue((Range(first, max(end, index + 1)),), keys, (), title=title)


def seated(analysis: Analysis, key: str) -> frozenset[str]:
    """Those known to sit in a listed format whom the text names, if they are two."""
    found = noun_table().seats.get(key, frozenset()) & {r.key for r in analysis.references.items}
    return found if len(found) > 1 else frozenset()


def _several(analysis: Analysis, index: int) -> Iterator[Clue]:
    """ "the Nairobi and Luanda processes": two that are named after their places."""
    document = analysis.document
    singular = _plural_frames()[document.tokens[index].lower]
    named = places_before(analysis, index)
    for place in named if len(named) > 1 else ():
        part = Range(named[0].range.first, index + 1)
        yield Clue((part,), frozenset(), (), title=f"{document.words(place.range)} {singular}")
