"""What the rules for stance and modality look at: reported words, their main clauses, whose side is whose."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.names.references import AGENTS, Reference
from kg.reading.speech.attribution import Attribution
from kg.reading.statements.heads import Head, heads_of
from kg.reading.statements.propositions import Clause
from kg.reading.text.marks import QUOTES
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.stances import stance_table

_POSSESSIVES = frozenset({"our", "my", "his", "her", "its", "their"})
_SEVERAL = grammar().pronouns_plural | {"you"}
_THIRD = frozenset({"he", "she", "it", "they"})
_OF_STATES = ("an", "i", "ish", "ese", "ch")  # endings of "Kenyan", "Iraqi", "Turkish", "French"
_POLITE = frozenset({"like", "want", "wish"})  # "I would like to stress that"
_AGENT_WITHIN = 8  # tokens between a passive and "by"


@dataclass(frozen=True)
class Matter:
    """One attribution with the relations that its words state, outside of its conditions."""

    analysis: Analysis
    attribution: Attribution
    speakers: tuple[str, ...]
    main: tuple[Clause, ...]
    conditions: tuple[Range, ...]

    @cached_property
    def conditional(self) -> bool:
        """Whether a condition governs the first main clause: it stands in the same sentence."""
        if not self.conditions:
            return False
        if self.head is None:
            return True
        sentence = self.analysis.document.sentence(self.head.verb.main)
        return any(part.first in sentence for part in self.conditions)

    @cached_property
    def heads(self) -> tuple[Head, ...]:
        """The main clauses of the content's first sentence; those in which its speaker only thinks aside."""
        found = heads_of(self.analysis, self.attribution.stated, self.conditions)
        outer = [h for h in found if not self._only_thinks(h)]
        return tuple(outer) if outer else found

    def _only_thinks(self, head: Head) -> bool:
        """ "I believe that", "there is no doubt that": what follows counts."""
        thinking = stance_table().who.thinking
        polite = not _POLITE.isdisjoint(
            {head.verb.lemma, *self.behind(head)[:1]}
        ) and not thinking.isdisjoint(head.chain[:1])
        thinks = (head.verb.lemma in thinking or polite) and not head.verb.negated
        words = self.words_of(head)
        return (thinks and self.is_own(head.subject)) or "doubt" in words[:5]

    @cached_property
    def modals(self) -> dict[int, str]:
        """The modality of each main clause, but for its negation, as far as rules have asked; by its verb."""
        return {}

    @cached_property
    def negations(self) -> dict[int, bool]:
        """Whether a main clause is negated, in the same way."""
        return {}

    @cached_property
    def following(self) -> dict[int, list[str]]:
        """The words behind the verb of each main clause, as far as rules have asked; by its verb."""
        return {}

    @property
    def head(self) -> Head | None:
        """The first main clause."""
        return self.heads[0] if self.heads else None

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All the words, in lower case."""
        parts = self.attribution.content
        return tuple(word for part in parts for word in self.analysis.document.lowers(part))

    def words_of(self, head: Head) -> list[str]:
        """The words of a main clause from its verb on."""
        return self.analysis.document.lowers(head.clause)

    def behind(self, head: Head) -> list[str]:
        """The words of a main clause behind its verb, without quotation marks; many rules ask."""
        known = self.following
        if head.verb.main not in known:
            last = max(head.clause.last, head.verb.last)
            words = self.analysis.document.lowers(Range(head.verb.last, last))
            known[head.verb.main] = [word for word in words if word not in QUOTES]
        return known[head.verb.main]

    @cached_property
    def own(self) -> frozenset[str]:
        """The speakers, those whom they serve, and whoever is named with them ("Malian officials")."""
        phrase = self.attribution.speaker
        beside = {r.key for r in self.analysis.references.within(phrase.range)}
        return frozenset(self._with_bodies({*self.speakers, *beside}))

    @cached_property
    def _adjectives(self) -> frozenset[str]:
        """The capitalised words by which a body or an office of the speaker's is told: "the Indian army"."""
        phrase = self.attribution.speaker.range
        tokens = self.analysis.document.tokens[phrase.first : phrase.last]
        return frozenset(t.text for t in tokens if t.text[:1].isupper() and t.text.endswith(_OF_STATES))

    def _with_bodies(self, keys: Iterable[str]) -> set[str]:
        """The keys with those of the states and bodies that they serve."""
        given = set(keys)
        told = {self.analysis.employers[key] for key in given if key in self.analysis.employers}
        known = {body for key in given | told for body in self.analysis.served.get(key, ())}
        return {*given, *told, *known}

    def is_own(self, subject: Phrase | None) -> bool:
        """Whether a subject is the speaker or the speaker's side: "we", "our army", "his country"."""
        if subject is None:
            return False
        tokens = self.analysis.document.tokens
        first, head = tokens[subject.range.first].lower, tokens[subject.head].lower
        if first in grammar().pronouns_own:
            return True
        if first in _THIRD and self.analysis.document.quote_around(subject.range.first) is not None:
            return False  # in direct speech the speaker is "I" or "we"
        who = stance_table().who
        if first in _POSSESSIVES and (head in who.own_heads or head in who.actors):
            return True
        if first in grammar().pronouns_plural and not subject.references and self._several():
            return self.analysis.document.quote_around(subject.range.first) is None
        alone = subject.range.last - subject.range.first == 1
        if first in grammar().pronouns_person and alone and not subject.references:
            return True
        someone = any(r.type == "Person" for r in self.analysis.references.within(subject.range))
        alike = tokens[subject.range.first].text in self._adjectives
        if alike and (head in who.own_heads or head in who.actors):
            return True  # "Indian forces", told by the Indian army
        if first == "the" and not (subject.references or someone) and self._serves(head):
            return True  # not "the Maduro government"
        return not self.own.isdisjoint(self._with_bodies(r.key for r in self._named(subject)))

    def _named(self, subject: Phrase) -> list[Reference]:
        """The actors whom a subject names, or its first word alone: "it "flatly rejects" this"."""
        opening = self.analysis.references.at(subject.range.first)
        pronoun = opening is not None and opening.form == "pronoun"
        return _actors([*subject.references, *([opening] if opening and pronoun else [])])

    def _serves(self, noun: str) -> bool:
        """Whether "the country" or "the group" is the speaker's."""
        who, kinds = stance_table().who, {key.split("/")[0] for key in self.own}
        of_group = noun in who.of_groups and "group" in kinds
        return of_group or (noun in who.of_states and "state" in kinds and "group" not in kinds)

    def _several(self) -> bool:
        """Whether the speaker is more than one: "rebels said they"."""
        phrase = self.attribution.speaker
        noun = self.analysis.document.tokens[phrase.head].lower
        return (
            len(self.speakers) > 1
            or noun in grammar().plural_nouns
            or (noun.endswith("s") and noun.islower())
        )

    def is_other(self, subject: Phrase | None) -> bool:
        """Whether a subject is somebody else who acts, or a thing that is somebody else's."""
        if subject is None or self.is_own(subject):
            return False
        if self._acts(subject):
            return True
        owner = subject.possessor
        return owner is not None and owner.type in AGENTS and owner.key not in self.own

    def is_other_actor(self, subject: Phrase | None) -> bool:
        """Whether a subject is somebody else who acts, and no thing of theirs."""
        return subject is not None and not self.is_own(subject) and self._acts(subject)

    def _acts(self, subject: Phrase) -> bool:
        tokens = self.analysis.document.tokens
        if tokens[subject.range.first].lower in _SEVERAL:
            return True
        return bool(_actors(subject.references)) or tokens[subject.head].lower in stance_table().who.actors

    def agent(self, head: Head) -> Phrase | None:
        """Who does what the clause tells: its subject, or after a passive whoever "by" names."""
        if head.verb.form != "passive":
            return head.subject
        tokens, last = (
            self.analysis.document.tokens,
            min(head.verb.last + _AGENT_WITHIN, head.clause.last - 1),
        )
        for index in range(head.verb.last, last):
            if tokens[index].lower == "by":
                return phrase_at(self.analysis, index + 1, head.clause.last)
        return None


def _actors(references: Iterable[Reference]) -> list[Reference]:
    return [r for r in references if r.type in AGENTS]
