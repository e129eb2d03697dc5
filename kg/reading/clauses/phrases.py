"""Noun phrases: where one starts and ends, what it refers to, and whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.reading.analysis import Analysis
from kg.reading.names.references import BODIES, Reference
from kg.reading.text.marks import OPENING_QUOTES, QUOTES
from kg.reading.text.tokens import Range, Token
from kg.reading.words.grammar import grammar
from kg.reading.words.names import name_table

_KINDS = frozenset({"monitor", "watchdog", "charity", "group", "think", "tank", "programme", "program"})
_GOVERNMENTS = frozenset({"government", "administration", "cabinet", "regime"})
_LONGEST_KIND = 3  # words
_LIST_MARKS = frozenset({",", "and", "or", "&"})
_IN_LIST = _LIST_MARKS | {"the"}
_INNER_MARKS = QUOTES | {"-"}
_EMPTY = grammar().determiners | grammar().negations
_NO_NOUN = grammar().prepositions | grammar().subordinators | grammar().helpers | grammar().determiners
_ARTICLES = frozenset({"the", "a", "his", "her", "its", "their"})
NOMINATIVE = frozenset({"he", "she", "they", "we", "i"})
_LATELY = frozenset({"last", "next", "earlier", "late", "early", "later"})  # "Kenya last month"
_PRONOUNS = frozenset(
    {"he", "she", "they", "we", "i", "it", "who", "whose", "whom", "which", "him", "them", "us"}
)
_BEFORE = grammar().prepositions | grammar().subordinators | grammar().finite_helpers
_BEHIND = _BEFORE | grammar().modals | grammar().adverbs


@dataclass(slots=True, unsafe_hash=True)  # made too often to be frozen, see Token
class Phrase:
    """A noun phrase: the things it refers to (several if joined by "and"), its head noun, and whose it is."""

    range: Final[Range]
    references: Final[tuple[Reference, ...]]
    head: Final[int]
    possessor: Final[Reference | None] = None


def phrase_at(analysis: Analysis, index: int, last: int) -> Phrase | None:
    """The noun phrase that starts at a token and ends before `last`; None where there is none."""
    first = index
    index = _past_determiners(analysis, first, last)
    if index >= last:
        return None
    if _is_pronominal(analysis, first, index):
        return Phrase(Range(first, first + 1), (), first)
    pair = analysis.pair_at(index)
    if pair:
        return Phrase(Range(first, pair[0].last), pair[1], pair[0].last - 1)
    person = analysis.introduced_at(index)
    if person and person.range.last <= last:
        behind = person.range.last
        if behind < last and analysis.document.tokens[behind].lower in grammar().possessive_marks:
            return _possessed(analysis, first, behind + 1, last, person)  # "President X's adviser Y"
        return _joined(analysis, first, person, last)
    reference = analysis.references.at(index)
    if analysis.document.tokens[index].lower in NOMINATIVE:
        return Phrase(Range(first, index + 1), (reference,) if reference else (), index)
    if reference is None or reference.adjective:
        return _noun(analysis, first, index, last, reference)
    after = reference.range.last
    owned = analysis.references.at(after) if after < last and _is_possessive(analysis, index) else None
    if owned and not owned.adjective and owned.range.first == after and owned.range.last <= last:
        return _possessed(analysis, first, after, last, reference)  # "his Volta party"
    if after < last and analysis.document.tokens[after].lower in grammar().possessive_marks:
        return _possessed(analysis, first, after + 1, last, reference)
    if after < last and _is_glued(analysis, after):
        return _qualified(analysis, first, after + 2, last)
    if after + 1 < last and analysis.document.tokens[after].text == "/":
        end = _noun_end(analysis, after + 1, last)
        held = analysis.references.at(end - 1)
        if end > after + 2 and (held is None or held.type == "Person"):
            return Phrase(Range(first, end), (held,) if held else (), end - 1)  # "the M23/AFC leader"
    if after >= last or not _continues_noun(analysis, after):
        return _joined(analysis, first, reference, last)
    found = _noun(analysis, first, index, last, None)
    if found and found.range.last <= reference.range.last:  # a name with "for" or "of" inside
        end = _noun_end(analysis, after, last)
        found = Phrase(Range(first, end), (), end - 1)
    if found and reference.type in BODIES and _is_kind(analysis, found, reference):
        return Phrase(found.range, (reference,), found.head)
    return found


def _qualified(analysis: Analysis, first: int, index: int, last: int) -> Phrase:
    """ "the Hamas-run ministry", "the Britain-based Observatory for Rights": a name at its end."""
    end = min(max(index, _noun_end(analysis, index, last)), last)
    named = analysis.references.at(end - 1)
    if named and not named.adjective and named.range.first >= index and named.range.last <= last:
        return Phrase(Range(first, named.range.last), (named,), named.range.last - 1)
    return Phrase(Range(first, end), (), end - 1)


def _is_possessive(analysis: Analysis, index: int) -> bool:
    return analysis.document.tokens[index].lower in {"his", "its", "their"}


def _is_glued(analysis: Analysis, index: int) -> bool:
    """A hyphen that joins a name and a participle: "Hamas-run", "U.S.-backed"."""
    tokens = analysis.document.tokens
    if tokens[index].text != "-" or index + 1 >= len(tokens):
        return False
    word = tokens[index + 1]
    return (
        tokens[index - 1].end == tokens[index].start
        and tokens[index].end == word.start
        and word.text.islower()
    )


def _is_kind(analysis: Analysis, phrase: Phrase, reference: Reference) -> bool:
    """ "his Syriza party", "the Observatory war monitor": nothing but what the body is, behind its name."""
    kind = analysis.document.tokens[phrase.head].lower
    near = phrase.head - reference.range.last < _LONGEST_KIND
    return near and not phrase.references and kind in name_table().bodies.kinds_behind | _KINDS


def _past_determiners(analysis: Analysis, index: int, last: int) -> int:
    tokens = analysis.document.tokens
    while (
        index < last
        and (tokens[index].lower in _EMPTY or tokens[index].text in OPENING_QUOTES)
        and not analysis.pair_at(index)
        and not analysis.references.at(index)
    ):
        index += 1
    return index


def _is_pronominal(analysis: Analysis, first: int, index: int) -> bool:
    """ "in the course of this the president …": a demonstrative before another determiner stands alone."""
    words = grammar()
    lowers = [token.lower for token in analysis.document.tokens[first:index]]
    return (
        len(lowers) > 1
        and lowers[0] in words.demonstratives
        and lowers[1] in words.determiners
        and lowers[-1] in words.determiners
    )


def _continues_noun(analysis: Analysis, index: int) -> bool:
    """A plain lower-case word after a name goes on with the noun phrase ("EU efforts"), a verb does not."""
    token = analysis.document.tokens[index]
    if analysis.titled(index):
        return True  # "Kosovo Prime Minister X"
    plain = token.text[0].islower() and token.text.isalpha() and token.lower not in _NO_NOUN
    if plain and (token.lower in _PRONOUNS or grammar().is_adverb(token.lower)):
        return False  # "Kenya initially rejected"
    if not plain or index in analysis.time_tokens or token.lower in _LATELY:
        return False
    return not any(verb.first <= index < verb.last for verb in analysis.verbs_in(Range(index, index + 4)))


def _joined(analysis: Analysis, first: int, reference: Reference, last: int) -> Phrase:
    """ "X, Y and Z": references in a row with nothing but commas and "and" between them."""
    tokens = analysis.document.tokens
    members = [reference]
    end = reference.range.last
    while end < last:
        after = end
        while after < last and tokens[after].lower in _IN_LIST:
            after += 1
        following = analysis.references.at(after) if after < last else None
        if (
            after == end
            or tokens[end].lower == "the"
            or following is None
            or (following.adjective and not is_people(analysis, following, last))
            or following.range.first != after
        ):
            break
        comma = all(tokens[mark].lower in {",", "the"} for mark in range(end, after))
        if comma and not _list_goes_on(analysis, following, last):
            break
        members.append(following)
        end = following.range.last
    return Phrase(Range(first, end), tuple(members), reference.range.last - 1)


def is_people(analysis: Analysis, reference: Reference, last: int) -> bool:
    """ "Togo and the Americans": a people's name in the plural that qualifies no noun."""
    end, tokens = reference.range.last, analysis.document.tokens
    plural = tokens[end - 1].lower.endswith("ans") and tokens[reference.range.first - 1].lower == "the"
    return plural and (end >= last or not _continues_noun(analysis, end))


def _list_goes_on(analysis: Analysis, reference: Reference, last: int) -> bool:
    """After "X, Y" a list must go on with a comma or "and" and a further name; else Y is in apposition."""
    tokens = analysis.document.tokens
    after = reference.range.last
    if after >= last or tokens[after].lower not in _LIST_MARKS:
        return False
    while after < last and tokens[after].lower in _IN_LIST:
        after += 1
    return after < last and analysis.references.at(after) is not None


def _possessed(analysis: Analysis, first: int, index: int, last: int, owner: Reference) -> Phrase:
    """ "Azerbaijan's operation": the head is what is owned, and a body of the owner speaks for it."""
    end = _noun_end(analysis, index, last)
    head = max(index, end - 1)
    inner = analysis.references.at(head)
    body = analysis.references.at(index)
    if inner is None and body and body.type in BODIES and 0 < end - body.range.last < _LONGEST_KIND:
        kind = analysis.document.tokens[head].lower in name_table().bodies.kinds_behind
        inner = body if kind else None  # "his Volta party"
    if inner and not inner.adjective:
        return Phrase(Range(first, end), (inner,), head, owner)
    noun = analysis.document.tokens[head].lower
    if owner.type == "Person" and noun in _GOVERNMENTS:
        return Phrase(Range(first, end), _governed(analysis, owner, Range(first, end)), head, owner)
    official = noun in grammar().official_nouns
    return Phrase(Range(first, end), (owner,) if official else (), head, owner)


def _governed(analysis: Analysis, owner: Reference, part: Range) -> tuple[Reference, ...]:
    """ "Akufo's government": the state that the text says Akufo serves, and never Akufo."""
    state = analysis.employers.get(owner.key, "")
    if not state.startswith("state/"):
        return ()
    chain = (owner.range, *owner.antecedents, *analysis.posts_of([owner.key]))
    label = analysis.document.words(part)
    return (Reference(part, state, "State", "description", label, antecedents=chain),)


def _noun(analysis: Analysis, first: int, index: int, last: int, owner: Reference | None) -> Phrase | None:
    end = _noun_end(analysis, index, last)
    if end == index:
        return None
    named = analysis.references.at(end - 1)
    if named and not named.adjective and named.range.last == end:
        # "Armenian Prime Minister X", "EU chief Y": the run of nouns ends with the name itself.
        return _joined(analysis, first, named, last)
    return Phrase(Range(first, end), (), end - 1, owner)


def _noun_end(analysis: Analysis, index: int, last: int) -> int:
    """Where a run of adjectives and nouns ends: at a preposition, a verb, a mark or a time."""
    tokens = analysis.document.tokens
    end = index
    while end < last:
        token = tokens[end]
        verb = analysis.verb_at(end)
        verbal = verb is not None and verb.form != "gerund" and not _glued_on(tokens, index, end)
        stop = token.lower in _BEHIND or verbal or (end > index and token.lower in _PRONOUNS)
        stop = stop or (end in analysis.time_tokens and not _dates(analysis, index, end, last))
        owner = token.lower in {"'s", "’s"} and end > index
        owner = owner or (
            token.text == "." and end > index and tokens[end - 1].lower in grammar().abbreviations
        )
        if stop or not (owner or token.text[0].isalnum() or token.text in _INNER_MARKS):
            break
        end += 1
    while end > index and (tokens[end - 1].text in _INNER_MARKS or _is_adverb(tokens[end - 1])):
        end -= 1
    return end


def _glued_on(tokens: Sequence[Token], first: int, index: int) -> bool:
    """The second half of "14-point", "Houthi-run"."""
    before = tokens[index - 1]
    return index > first and before.text == "-" and before.end == tokens[index].start


def _dates(analysis: Analysis, first: int, index: int, last: int) -> bool:
    """ "the Saturday appeal": a day that opens a noun phrase behind its article."""
    tokens = analysis.document.tokens
    if index > first or not first or index + 1 >= last or tokens[first - 1].lower not in _ARTICLES:
        return False
    noun = tokens[index + 1]
    return noun.text.islower() and noun.lower not in _BEHIND and index + 1 not in analysis.time_tokens


def _is_adverb(token: Token) -> bool:
    """The last word of "some officials initially" belongs to the verb; "Italy" is written large."""
    return token.text.islower() and grammar().is_adverb(token.lower)


def phrase_start(analysis: Analysis, index: int) -> int:
    """The first word of the noun phrase that ends at a token."""
    tokens = analysis.document.tokens
    first = index
    sentence = analysis.document.sentence(index)
    near = analysis.verbs_in(Range(max(sentence.first, index - 8), index))
    verbs = {at for verb in near for at in range(verb.first, verb.last)}
    while first > max(sentence.first, index - 6):
        token = tokens[first - 1]
        if (
            (token.lower in _BEFORE and tokens[first].text != "-")  # "near-daily attacks"
            or first - 1 in verbs
            or (not token.text[0].isalnum() and token.text not in {"-", "'s", "’s"})
        ):
            break
        first -= 1
    return first
