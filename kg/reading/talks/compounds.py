"""What stands before "talks" in its phrase: "the EU- and U.S.-brokered", "the Saudi-Houthi", "the Jeddah"."""

from kg.reading.analysis import Analysis
from kg.reading.names.references import Reference
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table

_MORE = frozenset({"further", "more", "fresh"})
_WIDEST = 9  # words before the head of a phrase


def before_head(
    analysis: Analysis, head: int, name: Reference | None
) -> tuple[int, tuple[Reference, ...], tuple[Reference, ...], Range | None]:
    """Where the phrase begins, the sides and the mediators in its compounds, and its place.

    `name` is the listed format whose name ends with the head, if one does.
    """
    tokens, table = analysis.document.tokens, noun_table().talks
    opening = max(analysis.document.sentence(head).first, head - _WIDEST)
    sides: list[Reference] = []
    mediators: list[Reference] = []
    place: Range | None = None
    at = name.range.first if name else head
    while at > opening:
        lower, before = tokens[at - 1].lower, at - 1
        reference = analysis.references.at(before)
        pair = analysis.pair_at(before)
        if pair:
            break
        if lower in table.brokering and before and tokens[before - 1].text in {"-", "–"}:
            at, mediators = _brokers(analysis, before, opening)
        elif reference and reference.range.last == at:
            at = reference.range.first
            joined = at > opening + 1 and tokens[at - 1].text in {"-", "–"}
            if reference.form == "metonym" or reference.type == "Place":
                place = place or reference.range
            if reference.type != "Person":
                sides.append(reference)
            if not joined:
                continue
            at -= 1
        elif tokens[before].text in {"-", "–", "+", "’s", "'s", "’"} or modifies(analysis, before):
            at = before
        else:
            break
    if _in_charge(analysis, sides, head):
        sides, mediators = [], [*mediators, *sides]
    if len(sides) > 1:
        place = None  # "Baku-Yerevan talks"
    elif place:
        sides = []
    while at < head and tokens[at].text in {"’s", "'s", "’", "-", "–"}:
        at += 1
    if at > opening and tokens[at - 1].lower in grammar().determiners - {"that"}:
        at -= 1
    return at, tuple(reversed(sides)), tuple(reversed(mediators)), place


def _in_charge(analysis: Analysis, sides: list[Reference], head: int) -> bool:
    """ "the IGAD peace process", "the EAC-SADC process": unions of states that stand there alone lead it."""
    if not sides or any(side.type != "IntergovernmentalOrganisation" for side in sides):
        return False
    tokens, table = analysis.document.tokens, noun_table().talks
    if len(sides) > 1:
        return tokens[head].lower in table.frames
    between = analysis.document.lowers(Range(sides[0].range.last, head))
    return not table.conflictual.isdisjoint(between)


def _hyphenated(analysis: Analysis, index: int) -> bool:
    """The first half of "working-level", whatever it is elsewhere."""
    tokens = analysis.document.tokens
    joined = index + 1 < len(tokens) and tokens[index + 1].text == "-"
    return joined and tokens[index].end == tokens[index + 1].start and tokens[index].text.isalpha()


def modifies(analysis: Analysis, index: int) -> bool:
    """An adjective, a noun or a number before the head."""
    token, words = analysis.document.tokens[index], grammar()
    if _hyphenated(analysis, index) or token.lower in _MORE:
        return True
    stops = (
        words.prepositions | words.subordinators | words.determiners | words.helpers | words.pronouns_thing
    )
    finite = any(v.form not in {"participle"} for v in analysis.verbs_in(Range(index, index + 1)))
    verb = analysis.verb_before(index + 1, Range(max(0, index - 2), index + 1))
    finite = finite or (verb is not None and verb.last > index > verb.main)  # "ruled out negotiations"
    return (
        token.text[0].isalnum()
        and token.lower not in stops | words.pronouns_person | words.pronouns_plural
        and not finite
        and index not in analysis.time_tokens
    )


def _brokers(analysis: Analysis, index: int, opening: int) -> tuple[int, list[Reference]]:
    """ "EU- and U.S.-facilitated": who stands before such a word, the last first."""
    tokens = analysis.document.tokens
    at = index
    found: list[Reference] = []
    while at > opening:
        if tokens[at - 1].text in {"-", "–", ","} or tokens[at - 1].lower == "and":
            at -= 1
            continue
        reference = analysis.references.at(at - 1)
        if reference is None or reference.range.last != at:
            break
        if found and at + 1 < index and tokens[at].lower not in {"and", ",", "-", "–"}:
            break
        found.append(reference)
        at = reference.range.first
    while found and at < index and tokens[at].lower in {"and", ","}:
        at += 1
    return (at if found else index), found


def with_round(analysis: Analysis, first: int) -> int:
    """ "a new round of" before the phrase belongs to it."""
    tokens = analysis.document.tokens
    opening = analysis.document.sentence(first).first
    if (
        first - 2 >= opening
        and tokens[first - 1].lower == "of"
        and tokens[first - 2].lower in {"round", "rounds"}
    ):
        first -= 2
        while first > opening and modifies(analysis, first - 1):
            first -= 1
        if first > opening and tokens[first - 1].lower in grammar().determiners - {"that"}:
            first -= 1
    return first


def places_before(analysis: Analysis, index: int) -> list[Reference]:
    """The places that are joined right before a noun: "the Nairobi and Luanda processes"."""
    tokens, found, at = analysis.document.tokens, [], index
    while at > 0:
        reference = analysis.references.at(at - 1)
        if (
            reference
            and reference.range.last == at
            and (reference.type == "Place" or reference.form == "metonym")
        ):
            found.append(reference)
            at = reference.range.first
        elif found and (tokens[at - 1].text == "," or tokens[at - 1].lower == "and"):
            at -= 1
        else:
            break
    return found[::-1]
