"""Who "the official", "the ministry", "it" or "they" are when they speak: whoever had the floor before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase
from kg.reading.clauses.subjects import subject_of
from kg.reading.names.references import AGENTS, Reference
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.described import person_described
from kg.reading.speech.described_bodies import body_described
from kg.reading.speech.governments import government_of
from kg.reading.speech.introductions import said_of
from kg.reading.speech.named_behind import named_behind
from kg.reading.speech.together import summit_of, two_people
from kg.reading.speech.writings import author_of, in_first_person, is_writing, members_of, sitting_of
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.names import name_table
from kg.reading.words.speech import voice_words

_BACK = 4  # sentences
_NEXT = 2  # sentences; a bare pronoun reaches no further
_GOVERNMENTS = frozenset({"government", "army", "military"})
_ALL = frozenset({"both", "all", "each"})
_TWO = 2
_SINGLE = voice_words().people | name_table().people.nouns | {"source", "man", "woman"}
_COUPLED = frozenset({"two", "pair", "duo", "both"})
_COUNTS = (["two"], ["three"], ["other"], ["same"], ["joint"])
_SITTINGS = frozenset({"meeting", "summit", "session", "conference"})
_SERVED = frozenset({"State", "NonStateGroup"})
_RANKS = frozenset({"top", "chief", "senior", "veteran", "news", "aid", "rights", "state", "former"})
_SEVERAL_UNNAMED = frozenset({"officials", "diplomats", "leaders", "rulers", "soldiers", "representatives"})
_PERSON = frozenset({"Person"})
_BODIES = AGENTS - {"Person", "State"}


@dataclass(frozen=True)
class Floor:
    """Those who have spoken so far, the last one first, as far back as a description may reach."""

    analysis: Analysis
    own: tuple[Reference, ...]  # who "we" are outside quotations
    spoken: tuple[Phrase, ...] = ()

    @classmethod
    def of(cls, analysis: Analysis) -> "Floor":
        """At the beginning of a text."""
        return cls(analysis, in_first_person(analysis))

    def taken(self, attributions: Iterable[Attribution]) -> "Floor":
        """After these have spoken too."""
        said = [a for a in attributions if not a.framing]
        outer = [
            a for a in said if not any(a.cue.first in part for b in said if b is not a for part in b.content)
        ]
        inner = [a for a in said if not any(a is one for one in outer)]
        new = tuple(
            a.speaker for a in (*inner, *outer)
        )  # "Kenya said that a tanker had reported": Kenya last
        if not new:
            return self
        return replace(self, spoken=(*reversed(new), *self.spoken)[: _BACK * 3])

    def named(self, attribution: Attribution) -> Attribution:
        """With the speaker whom the text means, where it only describes one who spoke before."""
        phrase = attribution.speaker
        if self._is_press(phrase) or self._is_anybody(phrase):
            return replace(attribution, speaker=replace(phrase, references=()))
        if self._of_himself(attribution):
            return replace(attribution, speaker=replace(phrase, references=()))
        told = named_behind(self.analysis, phrase, attribution.cue)
        if told:
            return replace(attribution, speaker=replace(phrase, references=(told,)))
        going_on = self._going_on(phrase)
        if going_on:
            return replace(attribution, speaker=replace(phrase, references=going_on))
        meant = None if self._is_named(phrase) else self._meant(phrase)
        if meant is None:
            return attribution
        return replace(attribution, speaker=replace(phrase, references=meant))

    def _going_on(self, phrase: Phrase) -> tuple[Reference, ...] | None:
        """ "It also calls for": the body or the text that spoke in the sentence before, not who it named."""
        if self.analysis.document.tokens[phrase.head].lower != "it":
            return None
        last = next(self._near(phrase, 1), None)
        document = self.analysis.document
        here = document.sentence(phrase.head)
        before = last is not None and document.sentence(last.head) != here
        inside = self.analysis.references.within(Range(here.first, phrase.range.first))
        if any(r.type in AGENTS and not document.quote_around(r.range.first) for r in inside):
            return None  # "Kenya was accused of it, which it denied"
        return self._last(phrase, 1, AGENTS - {"Person"}) if before else None

    def _of_himself(self, attribution: Attribution) -> bool:
        """ "He called Berg a friend": he is not Berg, and the text does not tell us who."""
        lower = self.analysis.document.tokens[attribution.speaker.head].lower
        if lower not in grammar().pronouns_person:
            return False
        told = self.analysis.references.at(attribution.content[0].first)
        own = {r.key for r in attribution.speaker.references}
        behind = told is not None and told.range.first == attribution.cue.last
        return behind and told is not None and told.form != "pronoun" and told.key in own

    def _is_press(self, phrase: Phrase) -> bool:
        """ "Israeli media": no state."""
        head = self.analysis.document.tokens[phrase.range.last - 1].lower
        return head in {"media", "press", "newspapers", "outlets"} and any(
            reference.type == "State" for reference in phrase.references
        )

    def _is_anybody(self, phrase: Phrase) -> bool:
        """ "an Israeli official", "Turkish officials": people whom the text does not name."""
        words = self.analysis.document.lowers(phrase.range)
        if words[-1] in _SEVERAL_UNNAMED:
            return [reference.type for reference in phrase.references] == ["State"]
        single = words[0] in {"a", "an", "one", "another"} and words[-1] in voice_words().people
        return single and all(reference.type != "Person" for reference in phrase.references)

    def _is_named(self, phrase: Phrase) -> bool:
        """A name or what stands for one; but "he" behind an unnamed official is that official."""
        return bool(phrase.references) and not self._unnamed_before(phrase)

    def _unnamed_before(self, phrase: Phrase) -> bool:
        lower = self.analysis.document.tokens[phrase.head].lower
        if lower not in grammar().pronouns_person or phrase.range.last - phrase.range.first > 1:
            return False
        last = next(self._near(phrase, _NEXT), None)
        return (
            last is not None and not last.references and self._is_one(last) and not self._is_told_here(phrase)
        )

    def _is_told_here(self, phrase: Phrase) -> bool:
        """Whether the sentence has named before whom the pronoun seems to mean, outside quotations."""
        keys = {r.key for r in phrase.references}
        document = self.analysis.document
        here = Range(document.sentence(phrase.head).first, phrase.range.first)
        named = self.analysis.references.within(here)
        return any(
            r.key in keys and r.form != "pronoun" and not document.quote_around(r.range.first) for r in named
        )

    def _is_one(self, phrase: Phrase) -> bool:
        """ "a senior official", "one diplomat": a single person without a name."""
        words = self.analysis.document.lowers(phrase.range)
        if words[:2] == ["one", "of"]:
            return True
        return words[0] in {"a", "an", "one", "another", "the", "this"} and words[-1] in _SINGLE

    def _meant(self, phrase: Phrase) -> tuple[Reference, ...] | None:
        words = self.analysis.document.lowers(phrase.range)
        head = self.analysis.document.tokens[phrase.head].lower
        if phrase.references:
            return ()  # "he", who is somebody unnamed
        if head in grammar().pronouns_own:
            quoted = self.analysis.document.quote_around(phrase.head) is not None
            return None if quoted or not self.own else self._as(self.own, phrase)
        if is_writing(head) and ((author := self._author(phrase)) or head not in voice_words().bodies):
            return author
        if head in _SITTINGS:
            return sitting_of(self.analysis, phrase)
        if head.endswith("s") and (members := members_of(self.analysis, phrase)):
            return members
        if head in _ALL and len(words) == 1:
            return self._all_of(phrase, head)
        bare = self._is_bare(phrase, words)
        if head == "they":
            return self._together(phrase, _NEXT)
        if head in grammar().pair_nouns | voice_words().several:
            return self._several(phrase, words)
        if head == "it":
            return self._last(phrase, _NEXT, AGENTS - {"Person"})
        if head in _GOVERNMENTS and words[0] == "the":
            government = government_of(self.analysis, phrase, head)
            return self._as((government,), phrase) if government else None
        if head in voice_words().people and bare:
            meant = self._last(phrase, _BACK, _PERSON)
            if meant and self._may_be(meant[0].key, phrase) and self._may_serve(meant[0].key, phrase):
                return meant
        last = next(self._near(phrase, _BACK), None)
        described = body_described(self.analysis, phrase, last) or person_described(
            self.analysis, phrase, last
        )
        return self._as((described,), phrase) if described else None

    def _several(self, phrase: Phrase, words: list[str]) -> tuple[Reference, ...] | None:
        """ "the two leaders", "the pair", "both sides", "world leaders" at a summit."""
        together = None
        if len(words) > 1 and self._is_bare(phrase, words):
            together = self._together(phrase, _BACK)
        if together is None and words[0] in _ALL:
            together = self._all_of(phrase, words[0])
        if together is None and words[-1] in voice_words().several and _COUPLED & set(words):
            together = self._as(two_people(self.analysis, phrase), phrase) or None
        summit = None if together else summit_of(self.analysis, phrase)
        return self._as((summit,), phrase) if summit else together

    def _is_bare(self, phrase: Phrase, words: list[str]) -> bool:
        """ "the official", "PM", with nothing behind it that says which one."""
        end = phrase.range.last
        behind = self.analysis.document.lowers(Range(end, min(end + 2, len(self.analysis.document.tokens))))
        defined = words[0] in {"the", "this", "both"} or len(words) == 1 or self._of_a_state(phrase)
        told = behind[:1] and behind[0] in {"of", "from", "who", "in"}
        if len(words) > 2 and not self._fits(phrase):
            return False
        return defined and (not told or behind in (["of", "state"], ["of", "government"]))

    def _of_a_state(self, phrase: Phrase) -> bool:
        """ "Kenya's top diplomat"."""
        owner = phrase.possessor
        return owner is not None and owner.type == "State" and owner.form != "pronoun"

    def _fits(self, phrase: Phrase) -> bool:
        """Whether what stands between "the" and the noun says little: "two", "Kurdish"; not "police"."""
        between = range(phrase.range.first + 1, phrase.head)
        lowers = self.analysis.document.lowers(Range(phrase.range.first + 1, phrase.head))
        return lowers in _COUNTS or all(self._qualifies(index) for index in between)

    def _qualifies(self, index: int) -> bool:
        if self.analysis.document.tokens[index].lower in grammar().possessive_marks:
            owner = self.analysis.references.at(index - 1)
            return owner is not None and owner.type == "State"
        reference = self.analysis.references.at(index)
        named = reference is not None and (reference.adjective or reference.type in _SERVED)
        token = self.analysis.document.tokens[index]
        joined = token.text == "/" or token.text.isupper()  # "the M23/AFC leader"
        return self.analysis.titled(index) or named or joined or token.lower in _RANKS

    def _near(self, phrase: Phrase, back: int) -> Iterator[Phrase]:
        """The last speakers within so many sentences."""
        number = self.analysis.document.sentence_number(phrase.range.first)
        for one in self.spoken:
            if number - self.analysis.document.sentence_number(one.range.first) <= back:
                yield one

    def _last(self, phrase: Phrase, back: int, types: frozenset[str]) -> tuple[Reference, ...] | None:
        """The last speaker, if that is one of such a type."""
        last = next(self._near(phrase, back), None)
        if last and len(last.references) == 1 and last.references[0].type in types:
            return self._as(last.references, phrase)
        return None

    def _may_be(self, person: str, phrase: Phrase) -> bool:
        """Whether a person whose posts the text tells can be "the minister", "the former judge"."""
        words = self.analysis.document.lowers(phrase.range)
        said = said_of(self.analysis, person)
        if "former" in words:
            return words[-1] not in said or "former" in said
        held = any(a.holder and a.holder.key == person for a in self.analysis.appointments)
        titled = [i for i in range(phrase.range.first + 1, phrase.head) if self.analysis.titled(i)]
        told = {self.analysis.document.tokens[i].lower for i in titled if not self.analysis.references.at(i)}
        if words[-1] in voice_words().posts:
            told.add(words[-1])
        return not held or told - _RANKS <= said

    def _may_serve(self, person: str, phrase: Phrase) -> bool:
        """ "the top Kenyan diplomat": whoever serves Kenya, if it is told whom they serve."""
        named = self.analysis.references.within(Range(phrase.range.first, phrase.head))
        states = {r.key for r in named if r.type == "State"}
        own = self.analysis.employers.get(person)
        served = {own} if own else self.analysis.served.get(person, frozenset())
        served = {key for key in served if key.startswith("state/")}  # a Kenyan may serve the United Nations
        if self._of_a_state(phrase) and not served:
            return False  # "Kenya's minister" is not just anybody who has spoken
        return not states or not served or not states.isdisjoint(served)

    def _together(self, phrase: Phrase, back: int) -> tuple[Reference, ...] | None:
        """The last who spoke together."""
        last = next((p for p in self._near(phrase, back) if len(p.references) > 1), None)
        return self._as(last.references, phrase) if last else None

    def _all_of(self, phrase: Phrase, word: str) -> tuple[Reference, ...] | None:
        """ "both", "all": those whom the subject here or in the sentence before names together."""
        document = self.analysis.document
        here = document.sentence_number(phrase.range.first)
        for number in (here, here - 1):
            if number < 0:
                break
            part = Range(
                document.sentences[number].first, min(document.sentences[number].last, phrase.range.first)
            )
            verbs = (v for v in self.analysis.verbs_in(part) if v.form in {"finite", "passive"})
            subjects = (subject_of(self.analysis, verb, part) for verb in verbs)
            fitting = (s for s in subjects if s and all(r.type in AGENTS for r in s.references))
            found = next((s for s in fitting if len(s.references) > 1), None)
            if found and (len(found.references) == _TWO) is (word == "both"):
                return self._as(found.references, phrase)
        return None

    def _author(self, phrase: Phrase) -> tuple[Reference, ...] | None:
        """ "an article in the Times", "the report": whoever the text says that it is by."""
        found = author_of(self.analysis, phrase)
        here = bool(found) and found[0].range.first >= phrase.range.first
        return (found if here else self._as(found, phrase)) or None

    def _as(self, meant: tuple[Reference, ...], phrase: Phrase) -> tuple[Reference, ...]:
        return tuple(
            replace(
                r,
                range=phrase.range,
                form="description",
                adjective=False,
                antecedents=(r.range, *r.antecedents[:_BACK]),
            )
            for r in meant
        )
