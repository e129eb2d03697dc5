"""Whom a pronoun is likeliest to mean: whoever spoke last, and nobody who is only spoken of."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.reading.names.references import Reference, References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_SENTENCES_BACK = 8
_LONGEST_CHAIN = 8  # pronouns that lean on pronouns; it keeps the work linear
_NEAR = 4  # tokens between a name and its verb: "X has also said"

_BEFORE_VERB = grammar().adverbs | grammar().have


@dataclass(frozen=True)
class Salience:
    """The people of one document; `spoken` (sentence → who spoke last in it) grows as the text is walked."""

    document: Document
    named: References
    spoken: dict[int, Reference] = field(default_factory=dict)

    def note(self, person: Reference) -> None:
        """A person who has been found, by name or pronoun: whoever stands beside a verb of saying spoke."""
        quoted = self.document.quote_around(person.range.first) is not None
        if not quoted and self._speaks(person.range):
            short = replace(person, antecedents=person.antecedents[:_LONGEST_CHAIN])
            self.spoken[self.document.sentence_number(person.range.first)] = short

    def before(self, index: int) -> Iterator[Reference]:
        """People before a token, the likeliest first; those inside quotations last, unless it is in one."""
        number = self.document.sentence_number(index)
        quoted = self.document.quote_around(index) is not None
        others: list[Reference] = []
        for back in range(number, max(-1, number - _SENTENCES_BACK), -1):
            last = index if back == number else self.document.sentences[back].last
            people = self._people(Range(self.document.sentences[back].first, last))
            outside = (
                people if quoted else [p for p in people if not self.document.quote_around(p.range.first)]
            )
            speaker = self.spoken.get(back)
            if speaker and speaker.range.last <= index and not (quoted and people):
                yield speaker
            yield from outside
            others += [p for p in people if p not in outside]
        yield from others

    def _people(self, part: Range) -> list[Reference]:
        return [r for r in self.named.within(part) if r.type == "Person" and not r.adjective]

    def _speaks(self, part: Range) -> bool:
        """A verb of saying right behind the name, adverbs and helpers apart, or right before it."""
        tokens = self.document.tokens
        end = self.document.sentence(part.first).last
        index = part.last
        while index < min(end, part.last + _NEAR) and (
            tokens[index].lower in _BEFORE_VERB or tokens[index].lower.endswith("ly")
        ):
            index += 1
        return (index < end and self._reports(index)) or self._inverted(part.first)

    def _inverted(self, first: int) -> bool:
        """ "…," said X: a verb of saying between a quotation and the name; "told X" is another matter."""
        tokens = self.document.tokens
        opens = first > 1 and (first - 2 in self.document.quote_marks or tokens[first - 2].text == ",")
        return opens and self._reports(first - 1)

    def _reports(self, index: int) -> bool:
        lemma, tags = verb_table().forms.get(self.document.tokens[index].lower, ("", frozenset()))
        return lemma in verb_table().stances and bool(tags & {"past", "s"})
