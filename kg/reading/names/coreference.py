"""Who "he", "the president" and "both countries" are: the nearest fitting antecedent, or nobody."""

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from kg.reading.names.antecedents import body_before, person_before
from kg.reading.names.descriptions import described_body
from kg.reading.names.people import Appointment
from kg.reading.names.references import Reference, References
from kg.reading.names.salience import Salience
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.names import name_table
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table

_LONGEST_AHEAD = 14  # tokens
_SENTENCES_BACK = 8
_OFTEN = 3  # times as often as any other group
_GROUP_BACK = 2000  # tokens; it keeps the work linear
_MEETING_BACK = 40  # sentences; a report of a meeting speaks of "the sides" to its end
_OPENING = frozenset({"in", "during", "at"})
_FORMERLY = frozenset({"former", "ex", "ousted", "deposed"})
_PERSONAL = grammar().pronouns_person | grammar().possessives_person
_THEY = frozenset({"they", "them"})
_STATES = frozenset({"State"})
_COUPLED = frozenset({"Person", "State", "NonStateGroup", "TerritorialAuthority"})


@cache
def _cues() -> frozenset[str]:
    """The words that may stand for somebody or something named before."""
    nouns = grammar().pair_nouns | noun_table().group_nouns | name_table().described.nouns
    return _PERSONAL | _THEY | {"it"} | nouns


@dataclass(frozen=True)
class Resolution:
    """What was resolved, and the pronouns and roles that were not."""

    references: tuple[Reference, ...]
    pairs: tuple[tuple[Range, tuple[Reference, ...]], ...]
    unresolved: tuple[Range, ...]


@dataclass(frozen=True)
class Resolver:
    """Walks back over the names of one document; people and states in the order of their mention."""

    document: Document
    named: References
    employers: dict[str, str]  # person key → key of the state or body that a post of theirs serves
    told_at: dict[str, Range]  # person key → where the text tells of that post
    holders: dict[str, list[Appointment]]  # the last word of a title → who is told to hold such a post
    parties: tuple[str, ...]  # the two sides of the conflict that the text is about, or none

    def resolve(self, appointments: list[Appointment]) -> Resolution:
        """References for pronouns and descriptions, in the order of the text."""
        found: list[Reference] = []
        pairs: list[tuple[Range, tuple[Reference, ...]]] = []
        unresolved: list[Range] = []
        told: dict[int, Reference] = {}  # the first pronoun of each sentence, resolved
        roles = {a.title.first: a for a in appointments if a.holder is None}
        salience = Salience(self.document, self.named)
        people = (r.range.first for r in self.named.items if r.type == "Person")
        for index in sorted({*people, *roles, *self.document.positions(_cues())}):
            token = self.document.tokens[index]
            if (named := self.named.at(index)) is not None:
                if named.type == "Person" and named.range.first == index:
                    salience.note(named)
                continue
            if index in roles:
                held = self._role(roles[index], salience)
                found += held
                for holder in held:
                    salience.note(holder)
            elif token.lower in _PERSONAL:
                person = self._ahead(index) or person_before(
                    self.document, salience.before(index), index, told
                )
                part = Range(index, index + 1)
                if person is None:
                    unresolved.append(part)
                    continue
                meant = self._as(person, part, "pronoun")
                told.setdefault(self.document.sentence_number(index), meant)
                salience.note(meant)
                found += [meant, *self._possessed(index, person)]
            elif token.lower in noun_table().group_nouns and (group := self._group(index)):
                found.append(group)
            elif token.text in name_table().described.nouns and (body := self._body(index)):
                found.append(body)
            elif token.lower in grammar().pair_nouns and (pair := self._pair(index)):
                pairs.append(pair)
            elif token.lower in _THEY and (couple := self._couple(index)):
                pairs.append((Range(index, index + 1), couple))
            elif token.lower == "it" and self._acts(index + 1) and (state := self._state_before(index)):
                found.append(self._as(state, Range(index, index + 1), "pronoun"))
        return Resolution(tuple(found), tuple(pairs), tuple(unresolved))

    def _ahead(self, index: int) -> Reference | None:
        """ "For his part, Mike Pompeo": who is named behind the pronoun."""
        around = self.document.lowers(Range(max(0, index - 1), min(index + 2, len(self.document.tokens))))
        sentence = self.document.sentence(index)
        end = min(index + _LONGEST_AHEAD, sentence.last)
        person = next((r for r in self.named.within(Range(index, end)) if r.type == "Person"), None)
        if around[:1] == ["for"] and around[2:] == ["part"]:
            return person
        opens = index == sentence.first + 1 and around[0] in _OPENING
        if person is None or not opens or self.document.tokens[person.range.first - 1].text != ",":
            return None
        return person  # "In his speech on Monday, Mike Pompeo said"

    def _as(self, antecedent: Reference, part: Range, form: str) -> Reference:
        chain = (antecedent.range, *antecedent.antecedents)
        return replace(antecedent, range=part, form=form, adjective=False, antecedents=chain)

    def _candidates(self, index: int, types: frozenset[str]) -> Iterator[Reference]:
        """References before a token, first-mentioned first within a sentence, nearest sentence first."""
        number = self.document.sentence_number(index)
        here = Range(self.document.sentences[number].first, index)
        yield from (r for r in self.named.within(here) if r.type in types and not r.adjective)
        for back in range(number - 1, max(-1, number - _SENTENCES_BACK), -1):
            yield from (
                r
                for r in self.named.within(self.document.sentences[back])
                if r.type in types and not r.adjective
            )

    def _body(self, index: int) -> Reference | None:
        """ "the ministry", "the agency": a body named before."""
        found = described_body(self.document, self.named, index)
        return self._as(found[1], found[0], "description") if found else None

    def _state_before(self, index: int) -> Reference | None:
        """The first body of this sentence ("what it said was …") or of the one before ("If it changed …")."""
        if speaker := body_before(self.document, self.named, index):
            return speaker
        number = self.document.sentence_number(index)
        here = Range(self.document.sentences[number].first, index)
        before = self.document.sentences[max(0, number - 1)]
        quote = self.document.quote_around(index)
        for part in (here, before):
            bodies = (r for r in self.named.within(part) if r.type != "Person")
            first = next(
                (r for r in bodies if self.document.quote_around(r.range.first) in {quote, None}), None
            )
            if first:
                return None if first.adjective else first
        return None

    def _group(self, index: int) -> Reference | None:
        """ "the rebels": the one armed group that the text has named so far, or by far most often."""
        if index == 0 or self.document.tokens[index - 1].lower != "the":
            return None
        before = self.named.within(Range(max(0, index - _GROUP_BACK), index))
        told = [r for r in before if r.type == "NonStateGroup"]
        counted = Counter(r.key for r in told).most_common(2)
        if not counted or (len(counted) > 1 and counted[0][1] < _OFTEN * counted[1][1]):
            return None
        group = next(r for r in reversed(told) if r.key == counted[0][0])
        return self._as(group, Range(index, index + 1), "description")

    def _acts(self, index: int) -> bool:
        """Whether a verb follows, so that the pronoun before it is its subject."""
        lower = self.document.tokens[index].lower if index < len(self.document.tokens) else ""
        return lower in verb_table().forms or lower in grammar().helpers

    def _possessed(self, index: int, person: Reference) -> list[Reference]:
        """ "his country": the state that the person's post serves."""
        tokens = self.document.tokens
        follows = tokens[index + 1].lower if index + 1 < len(tokens) else ""
        employer = self.employers.get(person.key)
        if follows not in noun_table().states or employer is None or not employer.startswith("state/"):
            return []
        part = Range(index + 1, index + 2)
        chain = (person.range, *person.antecedents, self.told_at[person.key])
        return [Reference(part, employer, "State", "description", follows, antecedents=chain)]

    def _role(self, appointment: Appointment, salience: Salience) -> list[Reference]:
        """ "the Azerbaijani president", "the envoy": who holds such a post in this text."""
        word = self.document.tokens[appointment.title.last - 1].lower
        held = [a for a in self.holders.get(word, []) if self._is_such(appointment, a)]
        fitting = {a.holder.key for a in held if a.holder and (not appointment.of or a.of == appointment.of)}
        before = salience.before(appointment.title.first)
        person = next((p for p in before if p.key in fitting), None) or self._named_later(appointment, held)
        return [self._as(person, appointment.title, "role")] if person else []

    def _named_later(self, role: Appointment, held: list[Appointment]) -> Reference | None:
        """ "Chad's president", "president says" in a headline: whoever is said below to hold it."""
        headline = role.title.first in self.document.paragraphs[0]
        fitting = {a.holder.key: a.holder for a in held if a.holder and (headline or a.of in {None, role.of})}
        if headline and not fitting:
            word = self.document.tokens[role.title.last - 1].lower
            roles = (r for r in self.named.items if r.form == "role")
            fitting = {r.key: r for r in roles if self.document.tokens[r.range.last - 1].lower == word}
        alone = len(fitting) == 1 and (role.of is not None or headline)
        later = next(iter(fitting.values())) if alone else None
        return later if later and later.range.first > role.title.last else None

    def _is_such(self, role: Appointment, held: Appointment) -> bool:
        """Whether the post is the one, or "the minister" a foreign minister; no deputy is one."""
        words = self.document.lowers(held.title)
        tail = self.document.lowers(role.title)
        if self._is_former(role) and not self._is_former(held):
            return False
        return role.office == held.office or (
            words[-len(tail) :] == tail and words[0] not in grammar().lesser_posts
        )

    def _is_former(self, told: Appointment) -> bool:
        """ "the former minister": nobody of whom the text says only that he is the minister."""
        first = min(told.evidence.first, told.title.first)
        words = self.document.lowers(Range(max(0, first - 2), told.title.last))
        return not _FORMERLY.isdisjoint(words)

    def _pair(self, index: int) -> tuple[Range, tuple[Reference, ...]] | None:
        """ "Both countries", "the neighbours": the text's two parties; "the sides" of a meeting: who met."""
        tokens = self.document.tokens
        first = index
        while first > 0 and (
            tokens[first - 1].lower in {"both", "the", "two", "each", "of"} or self._is_region(first - 1)
        ):
            first -= 1
        if first == index:
            return None
        if tokens[first].lower == "both" and (joined := self._joined_here(first)):
            return Range(first, index + 1), tuple(
                self._as(r, Range(first, index + 1), "description") for r in joined
            )
        met = self._met(index) if tokens[index].lower in noun_table().sides else ()
        if met and not self._speaks_of_meeting(index) and self._bodies(met) != self.parties:
            return None  # those who met, or the two of whom the text speaks? it does not say
        keys = self._bodies(met) if met else self.parties
        chain = tuple(part for p in met for part in (p.range, *p.antecedents)) + self._posts(met)
        found = tuple(self._side(key, Range(first, index + 1), chain) for key in keys)
        named = tuple(reference for reference in found if reference)
        return (Range(first, index + 1), named) if len(named) == 2 else None

    def _joined_here(self, index: int) -> tuple[Reference, ...]:
        """ "X and Y went on, both countries saying": the two states that "and" joins in this sentence."""
        here = Range(self.document.sentence(index).first, index)
        states = [r for r in self.named.within(here) if r.type == "State" and not r.adjective]
        for left, right in reversed(list(itertools.pairwise(states))):
            between = self.document.lowers(Range(left.range.last, right.range.first))
            if left.key != right.key and between in (["and"], ["and", "the"]):
                return left, right
        return ()

    def _bodies(self, people: tuple[Reference, ...]) -> tuple[str, ...]:
        """The states that people speak for, sorted."""
        return tuple(sorted({self.employers[p.key] for p in people if p.key in self.employers}))

    def _posts(self, people: tuple[Reference, ...]) -> tuple[Range, ...]:
        return tuple(self.told_at[p.key] for p in people if p.key in self.told_at)

    def _side(self, key: str, part: Range, chain: tuple[Range, ...]) -> Reference | None:
        """One of the two that a description stands for: named before it, or served by somebody who met."""
        before = next((r for r in self._candidates(part.first, _STATES) if r.key == key), None)
        if before:
            side = self._as(before, part, "description")
            return replace(side, antecedents=(*side.antecedents, *chain))
        return Reference(part, key, "State", "description", key, antecedents=chain) if chain else None

    def _met(self, index: int) -> tuple[Reference, ...]:
        """The two people whom the nearest sentence about a meeting names, if any does."""
        number = self.document.sentence_number(index)
        for sentence in reversed(self.document.sentences[max(0, number - _MEETING_BACK) : number]):
            if noun_table().meeting_words & set(self.document.lowers(sentence)):
                named = reversed(list(self.named.within(sentence)))
                people = {r.key: r for r in named if r.type == "Person"}
                if len(people) == 2:
                    return tuple(people[key] for key in sorted(people))
        return ()

    def _speaks_of_meeting(self, index: int) -> bool:
        """Whether this sentence or the one before speaks of a meeting."""
        number = self.document.sentence_number(index)
        near = Range(self.document.sentences[max(0, number - 1)].first, index)
        return bool({"meeting", "meet", "met"} & set(self.document.lowers(near)))

    def _couple(self, index: int) -> tuple[Reference, ...]:
        """The last two agents that "and" joins, in this sentence or the two before: who "they" are."""
        number = self.document.sentence_number(index)
        here = Range(self.document.sentences[number].first, index)
        for part in (here, *reversed(self.document.sentences[max(0, number - 2) : number])):
            agents = [r for r in self.named.within(part) if r.type in _COUPLED and not r.adjective]
            listed = self._listed(agents)
            if listed:
                return tuple(self._as(r, Range(index, index + 1), "pronoun") for r in listed)
        return ()

    def _listed(self, agents: list[Reference]) -> list[Reference]:
        """The first agents of one type in a row that "and" ends: "Togo, Benin and Ghana"; or nobody."""
        for number, (left, right) in enumerate(itertools.pairwise(agents)):
            between = self.document.lowers(Range(left.range.last, right.range.first))
            if between in (["and"], [",", "and"]) and left.type == right.type:
                first = number
                while first and self._comma(agents[first - 1], agents[first]):
                    first -= 1
                if between == ["and"] or first < number:
                    return agents[first : number + 2]
        return []

    def _comma(self, left: Reference, right: Reference) -> bool:
        between = self.document.lowers(Range(left.range.last, right.range.first))
        return between == [","] and left.type == right.type

    def _is_region(self, index: int) -> bool:
        reference = self.named.at(index)
        return reference is not None and reference.type == "Place"
