"""Those who run a place that others claim too, where a text has its name speak or act for them."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kg.lexicon import Lexicon
from kg.reading.names.references import Reference, References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_OWNED_WITHIN = 3  # tokens between "X's" and "ministry"
_PLACING = frozenset({"in", "of"})


def as_authorities(
    document: Document, references: References, verbs: tuple[Verb, ...], lexicon: Lexicon
) -> References:
    """The references, with the agent in the place of the place where it is the agent that is meant.

    "Abkhazia said", "the authorities in Abkhazia", "Abkhazia's foreign ministry", "Abkhaz officials"; and no
    other: "in Abkhazia" stays the place.
    """
    if not any(reference.key in lexicon.authorities for reference in references.items):
        return references
    finite = {verb.first: verb.lemma for verb in verbs if verb.form == "finite"}
    return References.of(_meant(document, references, finite, lexicon))


def _meant(
    document: Document, references: References, finite: dict[int, str], lexicon: Lexicon
) -> Iterator[Reference]:
    agents: set[Range] = set()  # the words that turned out to mean an agent, as the text had them
    for reference in references.items:
        agent = lexicon.authorities.get(reference.key)
        pointing = not agents.isdisjoint(reference.antecedents)  # "it"
        part = _part(document, references, reference, finite) if agent and not pointing else reference.range
        if agent is None or part is None:
            yield reference
            continue
        agents.add(reference.range)
        own = replace(reference, key=agent, label=lexicon.labels[agent], type=lexicon.types[agent])
        yield own if pointing else replace(own, range=part, form="metonym", adjective=False)


def _part(
    document: Document, references: References, reference: Reference, finite: dict[int, str]
) -> Range | None:
    """The words that stand for those who run the place; None where the place itself is meant."""
    tokens, first, last = document.tokens, reference.range.first, reference.range.last
    sentence, nouns = document.sentence(first), grammar().governing_nouns
    if reference.form == "metonym":  # "Abkhaz officials", with the noun
        return reference.range if tokens[last - 1].lower in nouns else None
    after = document.lowers(Range(last, min(last + 1 + _OWNED_WITHIN, sentence.last)))
    if after[:1] and after[0] in nouns:
        return Range(first, last + 1)
    if reference.adjective:
        return None
    if after[:1] and after[0] in grammar().possessive_marks:
        return reference.range if nouns & set(after[1:]) else None
    noun = _noun_before(document, first, sentence.first)
    if noun is not None:
        owner = references.at(noun - 1) if noun > sentence.first else None
        return None if owner else Range(noun, last)  # "Georgian authorities in Abkhazia"
    before = tokens[first - 1].lower if first > sentence.first else ""
    acts = finite.get(last) in _acting() and before not in grammar().prepositions
    return reference.range if acts else None


def _noun_before(document: Document, first: int, start: int) -> int | None:
    """Where "authorities" stands in "authorities in X" or "leadership of the X"."""
    tokens, at = document.tokens, first - 1
    if at > start and tokens[at].lower in grammar().determiners:
        at -= 1
    named = at > start and tokens[at].lower in _PLACING and tokens[at - 1].lower in grammar().governing_nouns
    return at - 1 if named else None


@cache
def _acting() -> frozenset[str]:
    """What only those who run a place do, and never the place."""
    uses = verb_table().uses
    return (
        uses.saying | uses.refusing | uses.holding | uses.accusing | {"sign", "agree", "promise", "propose"}
    )
