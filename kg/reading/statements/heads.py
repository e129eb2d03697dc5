"""The main clauses of reported words: their verbs with their subjects, and what these verbs lead to."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from kg.reading.analysis import Analysis
from kg.reading.clauses.boundaries import clause_start
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.statements.main_verbs import finite_verbs, is_subordinate
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_DEPENDENT = frozenset({"infinitive", "gerund"})
_MOST = 8  # main clauses of one sentence that are looked at
_JOINING = frozenset({"and", "or", "but", "then"})
_PRONOUNS = (
    grammar().pronouns_person | grammar().pronouns_thing | grammar().pronouns_plural | {"i", "we", "you"}
)
_LINKED = 3  # tokens between a verb and the infinitive or gerund that goes on with it


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
        found = list(finite_verbs(analysis, part))
        free = [verb for verb in found if not any(verb.main in condition for condition in conditions)]
        main = list(islice((verb for verb in free if not is_subordinate(analysis, part, verb)), _MOST))
        if main:
            heads = [_head(analysis, part, before, verb, found) for verb in main]
            heads = _without_reduced(analysis, heads)
            heads = [_of_same_subject(analysis, n, heads, found) for n in range(len(heads))]
            return tuple(head for head in heads if head.subject) or tuple(heads)
        before = part
    return ()


def _without_reduced(analysis: Analysis, heads: list[Head]) -> list[Head]:
    """Without a participle that only tells of the next verb's subject: "the truce signed here was broken"."""
    kept: list[Head] = []
    for head in heads:
        if kept and _is_reduced(analysis, kept[-1], head):
            kept[-1] = replace(head, joined=kept[-1].joined)
        else:
            kept.append(head)
    return kept


def _is_reduced(analysis: Analysis, head: Head, following: Head) -> bool:
    bare, subject = head.verb.first == head.verb.main and head.verb.form == "finite", head.subject
    helped = following.verb.first < following.verb.main
    if subject is None or not (bare and helped) or subject != following.subject:
        return False
    pronoun = analysis.document.tokens[subject.head].lower in _PRONOUNS
    return "participle" in _tags(analysis, head.verb) and not pronoun


def _of_same_subject(analysis: Analysis, number: int, heads: list[Head], found: list[Verb]) -> Head:
    """With the subject of the main clause before: "the tests undermine peace and violate the law"."""
    head = heads[number]
    before = heads[number - 1] if number else None
    if head.subject is not None or before is None or before.subject is None:
        return head
    right_before = next((v for v in reversed(found) if v.last <= head.verb.first), None)
    joins = analysis.document.tokens[head.verb.first - 1].lower in _JOINING
    like = _tags(analysis, head.verb) & _tags(analysis, before.verb)
    return replace(head, subject=before.subject) if joins and like and right_before == before.verb else head


def _tags(analysis: Analysis, verb: Verb) -> frozenset[str]:
    """How a verb group's main verb is inflected; past forms are participles too."""
    forms = verb_table().forms.get(analysis.document.tokens[verb.main].lower, ("", frozenset[str]()))
    return forms[1] - {"past"} | ({"participle"} if "past" in forms[1] else set())


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


def _head(analysis: Analysis, part: Range, before: Range | None, verb: Verb, found: list[Verb]) -> Head:
    following = next((v for v in found if v.first >= verb.last), None)
    end = part.last if following is None else clause_start(analysis, following.first, part, following.main)
    end = following.first if following is not None and end <= verb.last else max(end, verb.last)
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
