"""The main clauses of reported words: their verbs, whether a table lists them or not, and their subjects."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from kg.reading.analysis import Analysis
from kg.reading.clauses.boundaries import clause_start
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb, modality_of_helpers
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_DEPENDENT = frozenset({"infinitive", "gerund"})
_PLAIN = frozenset({"doubt", "clear", "true", "obvious", "evident", "sure", "certain"})
_SHORT = frozenset({"’m", "'m", "’s", "'s"})
_NEEDS = frozenset({"need", "needs"})
_IS = frozenset({"’s", "'s"})
_MOST = 8  # main clauses of one sentence that are looked at
_LINKED = 3  # tokens between a verb and the infinitive or gerund that goes on with it
_HELPERS = grammar().modals | grammar().auxiliaries | grammar().negations - {"no"}
_FORMS = (("be", grammar().be | _SHORT), ("have", grammar().have), ("do", grammar().do))
_BEFORE_IS = grammar().pronouns_thing | grammar().pronouns_person | {"there", "that", "what"}
_OPENING = grammar().subordinators - {"and", "or", "but", "so", "that"} | grammar().question_words
_HELPING = grammar().predicating | grammar().do | {"am", "’re", "'re", "’m", "'m"}


@dataclass(frozen=True)
class Head:
    """A verb that heads a main clause; `chain` has the lemmas that it leads to ("is trying to arm")."""

    verb: Verb
    subject: Phrase | None
    chain: tuple[str, ...]
    clause: Range  # from the first word of the verb group to the end of the clause
    joined: bool  # the first, or after a conjunction or a mark


def heads_of(
    analysis: Analysis, content: tuple[Range, ...], conditions: tuple[Range, ...]
) -> tuple[Head, ...]:
    """The main clauses of the first sentence of the content that has one outside of a condition, in order.

    None where the content is an infinitive: "to fight".
    """
    if not content or _is_infinitive(analysis, content[0]):
        return ()
    before = None
    for part in _sentences(analysis, content):
        found = list(_candidates(analysis, part))
        free = [verb for verb in found if not any(verb.main in condition for condition in conditions)]
        main = list(islice((verb for verb in free if not _subordinate(analysis, part, verb)), _MOST))
        if main:
            heads = tuple(_head(analysis, part, before, verb, found) for verb in main)
            return tuple(head for head in heads if head.subject) or heads
        before = part
    return ()


def _is_infinitive(analysis: Analysis, part: Range) -> bool:
    """An infinitive outside of quotations opens the content."""
    opening = next(iter(analysis.verbs_in(Range(part.first, min(part.first + 3, part.last)))), None)
    quoted = analysis.document.quote_around(part.first) is not None
    return opening is not None and not quoted and opening.first == part.first and opening.form == "infinitive"


def _sentences(analysis: Analysis, content: tuple[Range, ...]) -> Iterator[Range]:
    """The content, sentence by sentence."""
    for part in content:
        first = part.first
        while first < part.last:
            last = min(analysis.document.sentence(first).last, part.last)
            yield Range(first, last)
            first = last


def _candidates(analysis: Analysis, part: Range) -> Iterator[Verb]:
    """Finite verbs, and helpers that help no verb that the table lists: "was unfair", "has no plans"."""
    tokens = analysis.document.tokens
    index = part.first
    verbs = iter(analysis.verbs_in(part))
    verb = next(verbs, None)
    while index < part.last:
        if verb is not None and index >= verb.first:
            if _is_finite(analysis, verb):
                yield verb
            index, verb = max(index, verb.last), next(verbs, None)
            continue
        lower = tokens[index].lower
        helps = lower in _HELPING or (lower in _IS and _is(analysis, index))
        helps = helps or (lower in _NEEDS and _needs(analysis, index, part))
        if helps and tokens[index].text.islower():
            found = _helper_group(analysis, index, part.last if verb is None else verb.first)
            yield found
            index = found.last
            continue
        index += 1


def _is_finite(analysis: Analysis, verb: Verb) -> bool:
    """Also an infinitive with a finite helper ("is to visit", "has to leave"); not "to be made"."""
    helpers = analysis.document.lowers(Range(verb.first, verb.main))
    if verb.form in {"finite", "passive"}:
        return helpers[:1] != ["to"]
    return verb.form == "infinitive" and not grammar().predicating.isdisjoint(helpers)


def _is(analysis: Analysis, index: int) -> bool:
    """ "it's", "there's": not the mark of a possessor."""
    return index > 0 and analysis.document.tokens[index - 1].lower in _BEFORE_IS


def _needs(analysis: Analysis, index: int, part: Range) -> bool:
    """ "conditions need to be improved", not "the need to"."""
    document = analysis.document
    if index == part.first or index + 1 >= part.last:
        return False
    before, after = document.tokens[index - 1].lower, document.tokens[index + 1].lower
    return after == "to" and before not in grammar().determiners | grammar().possessive_marks


def _helper_group(analysis: Analysis, index: int, last: int) -> Verb:
    """Helpers that stand alone as one verb: be, have or do, by the last of them."""
    tokens = analysis.document.tokens
    end = index + 1
    while end < last and tokens[end].lower in _HELPERS:
        end += 1
    helpers = analysis.document.lowers(Range(index, end))
    main = next((i for i in range(end - 1, index - 1, -1) if _lemma(tokens[i].lower)), end - 1)
    negated = not grammar().negations.isdisjoint(helpers)
    lemma = _lemma(tokens[main].lower) or ("need" if tokens[main].lower in _NEEDS else "do")
    return Verb(lemma, main, index, end, "finite", negated, modality_of_helpers(helpers))


def _lemma(word: str) -> str | None:
    return next((lemma for lemma, forms in _FORMS if word in forms), None)


def _subordinate(analysis: Analysis, part: Range, verb: Verb) -> bool:
    """ "the army, which has not …", "when talks resumed": a relative or a conjunction opens its clause."""
    start = clause_start(analysis, verb.first, part, verb.main)
    if start == part.first:
        return verb.first == part.first and _is_adjective(analysis, verb)
    opener = analysis.document.tokens[start - 1].lower
    if opener in grammar().relatives:
        return start - 1 > part.first and not _completes(analysis, start - 1)
    return opener in _OPENING


def _is_adjective(analysis: Analysis, verb: Verb) -> bool:
    """ "increased involvement will …": a participle without a subject before a noun."""
    forms = verb_table().forms.get(analysis.document.tokens[verb.main].lower)
    after = analysis.document.tokens[verb.last].lower if verb.last < len(analysis.document.tokens) else ""
    bare = verb.first == verb.main and forms is not None and "participle" in forms[1]
    return bare and after not in grammar().determiners | grammar().prepositions | {"that"}


def _completes(analysis: Analysis, index: int) -> bool:
    """ "pointed out that", "there is no doubt that": what follows is what is said."""
    before = analysis.document.tokens[index - 1].lower
    ended = analysis.verb_before(index, analysis.document.sentence(index))
    return analysis.document.tokens[index].lower == "that" and (
        before in _PLAIN or (ended is not None and ended.last == index)
    )


def _head(analysis: Analysis, part: Range, before: Range | None, verb: Verb, found: list[Verb]) -> Head:
    following = next((v for v in found if v.first >= verb.last), None)
    end = part.last if following is None else clause_start(analysis, following.first, part, following.main)
    end = max(end, verb.last)
    subject = _subject(analysis, part, before, verb)
    start = clause_start(analysis, verb.first, part, verb.main)
    opener = analysis.document.tokens[start - 1].lower if start > part.first else ""
    joined = opener in {"", "and", "but", "or", "that", "so"} or not opener.isalpha()
    return Head(verb, subject, tuple(_chain(analysis, verb, end)), Range(verb.first, end), joined)


def _subject(analysis: Analysis, part: Range, before: Range | None, verb: Verb) -> Phrase | None:
    """The subject in the words themselves, or before what cuts them ("Talks, he said, were …")."""
    if verb.first > part.first and analysis.document.tokens[verb.first - 1].lower in grammar().demonstratives:
        return Phrase(Range(verb.first - 1, verb.first), (), verb.first - 1)  # "This is not"
    finite = verb if verb.form == "finite" else replace(verb, form="finite")
    found = subject_of(analysis, finite, part)  # "is to visit" has a subject
    if found and found.range.first > part.first and _second_of_two(analysis, part, found):
        return phrase_at(analysis, part.first, verb.first)
    if found is None and analysis.document.lowers(Range(part.first, part.first + 2))[1:] in (
        ["least"],
        ["most"],
    ):
        return phrase_at(analysis, part.first + 2, verb.first)
    return found or (phrase_at(analysis, before.first, before.last) if before else None)


def _second_of_two(analysis: Analysis, part: Range, found: Phrase) -> bool:
    """ "talks between the army and the rebels have": the second name is no subject."""
    words = analysis.document.lowers(Range(part.first, found.range.first))
    return (
        "between" in words
        and words[-1] == "and"
        and not analysis.verbs_in(Range(part.first, found.range.first))
    )


def _chain(analysis: Analysis, verb: Verb, end: int) -> Iterator[str]:
    """The lemmas of the infinitives and gerunds to which a verb leads, one right behind the other."""
    last = verb.last
    for linked in analysis.verbs_in(Range(verb.last, end)):
        infinitive = analysis.document.tokens[linked.first].lower == "to"
        if not (linked.form in _DEPENDENT or infinitive) or linked.first - last > _LINKED:
            return
        yield linked.lemma
        last = linked.last
