"""Who sits at a table, or who mediates there: the names of a list such as "delegations from A and B"."""

from collections.abc import Iterable

from kg.reading.analysis import Analysis
from kg.reading.names.parties import home_of_group
from kg.reading.names.references import AGENTS, Reference
from kg.reading.text.marks import QUOTES
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table

_BODIES = AGENTS - {"Person"}
_THROUGH = frozenset({"of", "from", ")", "both", "+", ".", "representing"})
_LONGEST = 40  # tokens of one list


def listed_at(analysis: Analysis, index: int, last: int) -> tuple[tuple[Reference, ...], int]:
    """The agents of a list and where it ends: "A and B", "the leaders of A and B", "A's army and the B".

    A demonym counts for its state ("Saudi and US officials"); the list ends at a verb, a time, a comma with
    no name behind it, or a preposition other than "of" and "from".
    """
    found: list[Reference] = []
    closing = False  # behind "and" no comma goes on with the list
    end, at, last = index, index, min(last, index + _LONGEST)
    while at < last:
        pair = analysis.pair_at(at)
        reference = analysis.references.at(at)
        lower = analysis.document.tokens[at].lower
        holder = analysis.introduced_at(at)
        if holder and at < holder.range.first < last:
            at = holder.range.first  # "Kenyan president William Ruto": the man, not his country
            continue
        if (lower == "," and closing) or (found and reference and reference.form == "pronoun"):
            break
        closing = closing or (lower == "and" and at > index)
        if pair:
            found += pair[1]
            at = end = min(pair[0].last, last)
        elif reference:
            named = analysis.references.at(reference.range.last)  # "President of the X Council Y": Y alone
            person = named and named.type == "Person" != reference.type
            sponsor = _sponsored(analysis, reference.range.last)
            home = home_of_group(analysis.document, analysis.references, reference)
            found += [reference] if reference.type in AGENTS and not (person or sponsor or home) else []
            at = end = sponsor or reference.range.last
        elif not _goes_on(analysis, at, last, bool(found)):
            break
        else:
            end = at + 1 if found and _is_noun(analysis, at) else end
            at += 1
    tokens = analysis.document.tokens
    if end < last and tokens[end].text == ")" and "(" in analysis.document.lowers(Range(index, end)):
        end += 1
    return tuple({r.key: r for r in reversed(found)}.values())[::-1], min(end, last)


def _sponsored(analysis: Analysis, index: int) -> int:
    """Behind "-backed" in "the Saudi-backed government", which is not Saudi Arabia; 0 where there is none."""
    tokens, words = analysis.document.tokens, noun_table().talks.sponsoring
    hyphen = index + 2 < len(tokens) and tokens[index].text in {"-", "–"} and tokens[index + 1].lower in words
    return index + 2 if hyphen else 0


def _goes_on(analysis: Analysis, index: int, last: int, begun: bool) -> bool:
    """Whether a list may go on with this word."""
    token, words = analysis.document.tokens[index], grammar()
    if token.text in {"-", "–"}:
        return analysis.document.tokens[index - 1].end == token.start
    if token.text in {",", "("}:
        return token.text == "(" or (begun and _next_is_name(analysis, index + 1, last))
    if token.lower in {"and", "or", "&"}:
        return not begun or _name_behind(analysis, index + 1, last)
    if token.lower in words.possessive_marks | _THROUGH or token.text in QUOTES:
        return True
    return token.lower in words.determiners - {"no"} or _is_noun(analysis, index)


def _next_is_name(analysis: Analysis, index: int, last: int) -> bool:
    """Behind a comma a list goes on with a name; "X, the president of Y" does not."""
    tokens = analysis.document.tokens
    while index < last and tokens[index].lower in {"and", "the"}:
        index += 1
    return index < last and analysis.references.at(index) is not None


def _name_behind(analysis: Analysis, index: int, last: int) -> bool:
    """A name within few words, none of which ends a list."""
    for at in range(index, min(index + 6, last)):
        if analysis.references.at(at) or analysis.pair_at(at):
            return True
        lower = analysis.document.tokens[at].lower
        joining = lower in grammar().determiners | {"and", "of", "from"}
        if not (joining or _is_noun(analysis, at)):
            return False
    return False


def _is_noun(analysis: Analysis, index: int) -> bool:
    """A word that can only belong to a noun phrase."""
    token, words = analysis.document.tokens[index], grammar()
    closed = words.prepositions | words.subordinators | words.adverbs | words.helpers | words.pronouns_person
    verbal = any(v.form != "participle" for v in analysis.verbs_in(Range(index, index + 1)))
    return (
        token.text[0].isalpha()
        and token.lower not in closed | words.determiners
        and not verbal
        and index not in analysis.time_tokens
    )


def served_by(analysis: Analysis, person: str) -> str:
    """Whom a person speaks for: as the text tells, else the only one whom they are known to have served."""
    known = analysis.served.get(person, frozenset())
    return analysis.employers.get(person) or (next(iter(known)) if len(known) == 1 else person)


def bodies_of(analysis: Analysis, references: Iterable[Reference]) -> tuple[str, ...]:
    """Whom they speak for, sorted: a person's state or body; people themselves where that leaves no two."""
    told = tuple(references)
    keys = {r.key if r.type in _BODIES else served_by(analysis, r.key) for r in told}
    bodies = {key for key in keys if not key.startswith("person/")}
    if len(bodies) == 1 < len(told) and all(r.type == "Person" for r in told):
        return tuple(sorted({r.key for r in told}))  # the president and the rebel whom he once had beside him
    return tuple(sorted(bodies if len(bodies) > 1 else keys))


def accompanying(analysis: Analysis, end: int, last: int) -> tuple[Reference, ...]:
    """Who follows a subject in an insertion: "X, together with A and B,"."""
    tokens, at = analysis.document.tokens, end + 1
    while at < last and tokens[at].lower in {"together", "along", "alongside", "jointly", "with"}:
        at += 1
    inserted = end < last and tokens[end].text == "," and at > end + 1
    return listed_at(analysis, at, last)[0] if inserted else ()


def _ending(analysis: Analysis, index: int) -> Reference | None:
    """Who is named by the words that end here: "Chad", "Chad's government"."""
    tokens, named = analysis.document.tokens, analysis.references.at(index)
    owned = index > 1 and tokens[index].lower in grammar().governing_nouns
    if named or not owned or tokens[index - 1].lower not in grammar().possessive_marks:
        return named
    return analysis.references.at(index - 2)


def joined_start(analysis: Analysis, index: int, sentence: Range) -> int:
    """Where a list begins whose last name starts here: "Saudi Arabia and Iran", "Thai and Lao officials"."""
    tokens = analysis.document.tokens
    while index - 1 > sentence.first:
        behind = index - 1 if tokens[index - 1].lower != "the" else index - 2
        if behind <= sentence.first or tokens[behind].lower not in {"and", ","}:
            break
        comma = tokens[behind].lower == "and" and tokens[behind - 1].text == ","  # "A, B, and C"
        before, here = _ending(analysis, behind - 1 - comma), analysis.references.at(index)
        if before is None or (before.adjective and not (here and here.adjective)):
            break
        if here and (here.form == "pronoun" or here.key == before.key):
            break  # "As President, he has brokered"
        index = before.range.first
    return index
