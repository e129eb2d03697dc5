"""Events that nouns tell of: alone ("the talks in X between A and B") or with the verb of their clause."""

from dataclasses import dataclass, replace

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import phrase_start
from kg.reading.clauses.subjects import subject_of
from kg.reading.events.conflicts import conflict
from kg.reading.events.extent import clause_stop, nominal, phrase_stop, qualifies, tidied
from kg.reading.events.openings import opening
from kg.reading.events.participants import named_in, taking_part
from kg.reading.events.sightings import Sighting, keys_of
from kg.reading.events.standing import standing
from kg.reading.events.time_and_place import object_places, place_of, time_of
from kg.reading.names.references import AGENTS, Reference
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import Frame, event_table
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_AHEAD = frozenset(
    {"potential", "possible", "planned", "upcoming", "future", "further", "proposed", "expected", "next"}
)
_SPOKEN_OF = frozenset(
    {"call for", "call on", "demand", "urge", "want", "seek", "need", "propose", "request", "hope"}
)
_BESIDE_NOUN = 5  # tokens behind a noun in which a word may stand that makes it none
_COMPLEMENTS = frozenset({"in", "on", "of", "against", "between"})
_BESIDE = frozenset({"after", "during", "following", "amid", "despite", "before", "since", "through"})
_ATTENDED = frozenset({"after", "during", "at", "in", "following", "before", "through"})


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that may tell of an event, with its own words and those of the clause in which it stands."""

    index: int
    frame: Frame
    sentence: Range
    own: Range  # the noun phrase with all that belongs to it
    verb: Verb | None  # what says how the event stands

    @property
    def lemma(self) -> str:
        """The verb that says how it stands, or nothing."""
        return self.verb.lemma if self.verb else ""


def from_noun(analysis: Analysis, index: int, told: dict[int, Sighting]) -> Sighting | None:
    """The event that the noun at a token tells of; `told` has what verbs tell of, by token."""
    frame = _frame(analysis, index)
    verbal = any(not nominal(analysis, verb) for verb in analysis.verbs_in(Range(index, index + 1)))
    if frame is None or analysis.references.at(index) or verbal:
        return None
    if frame.kind == "Conflict" and frame.code is None:
        sighting = conflict(analysis, index)
    else:
        sighting = (
            None if qualifies(analysis, index) else _sighting(analysis, _noun(analysis, index, frame), told)
        )
    return replace(sighting, name=frame.name) if sighting else None


def _frame(analysis: Analysis, index: int) -> Frame | None:
    tokens = analysis.document.tokens
    before = tokens[index - 1].lower if index else ""
    if tokens[index].text[0].isupper() and index != analysis.document.sentence(index).first:
        return None  # part of a name: "the Boston Massacre"
    beside = {before, *analysis.document.lowers(Range(index + 1, min(index + _BESIDE_NOUN, len(tokens))))}
    hyphen = index > 1 and before == "-" and tokens[index - 1].end == tokens[index].start
    word = f"{tokens[index - 2].lower}-{tokens[index].lower}" if hyphen else tokens[index].lower
    frames = event_table().nouns.get(word, ())
    for frame in frames:
        if beside & frame.without:
            return None
        if (
            not frame.qualifiers
            or (index and _stem(analysis, index - 1) & frame.qualifiers)
            or (frame.kind == "Release" and _of(analysis, index) & frame.qualifiers)
        ):
            return frame
    return None


def _of(analysis: Analysis, index: int) -> set[str]:
    """What "of" governs: "an exchange of prisoners"."""
    words = analysis.document.lowers(Range(index + 1, min(index + 4, len(analysis.document.tokens))))
    return set(words) if words[:1] == ["of"] else set()


def _stem(analysis: Analysis, index: int) -> set[str]:
    """A hyphenated qualifier as one word: "anti-terror"."""
    tokens = analysis.document.tokens
    joined = "".join(token.lower for token in tokens[max(0, index - 2) : index + 1])
    return {tokens[index].lower, joined}


def _noun(analysis: Analysis, index: int, frame: Frame) -> Noun:
    sentence = analysis.document.sentence(index)
    own = Range(_start(analysis, index, sentence), phrase_stop(analysis, index, sentence))
    return Noun(index, frame, sentence, own, _course(analysis, index, own, sentence))


def _start(analysis: Analysis, index: int, sentence: Range) -> int:
    """Where the noun phrase begins, also before a participle in it: "the newly brokered deal"."""
    first = phrase_start(analysis, index)
    verb = analysis.verb_before(first, sentence)
    while verb and verb.last == first and verb.form == "participle" and verb.first > sentence.first:
        first = phrase_start(analysis, verb.first - 1)
        verb = analysis.verb_before(first, sentence)
    return first


def _course(analysis: Analysis, index: int, own: Range, sentence: Range) -> Verb | None:
    """The finite verb that has the event as its subject, or governs it as its object."""
    lemmas = event_table().course
    known = (
        lemmas.reported
        | lemmas.held
        | lemmas.continuing
        | lemmas.cancelled
        | lemmas.planned
        | lemmas.suspended
    )
    related = _related(analysis, own, sentence)
    if related and related.lemma in known:
        return related
    for verb in analysis.verbs_in(Range(own.last, min(own.last + 8, sentence.last))):
        if verb.form in {"finite", "passive"}:
            told = verb.lemma in known and opening(analysis, verb) <= index
            return verb if told and verb.first - own.last <= 4 else None
    before = analysis.verb_before(own.first, sentence)
    governs = before is not None and own.first - before.last <= 0 and before.form in {"finite", "infinitive"}
    return before if before and governs and before.lemma in known else None


def _related(analysis: Analysis, own: Range, sentence: Range) -> Verb | None:
    """ "talks with X, which are scheduled for Y": the verb of the relative clause behind the noun."""
    tokens, at = analysis.document.tokens, own.last
    at += at < sentence.last and tokens[at].text == ","
    if at + 1 >= sentence.last or tokens[at].lower not in {"which", "that"}:
        return None
    following = analysis.verbs_in(Range(at, min(at + 7, sentence.last)))
    return following[0] if following and following[0].first <= at + 2 else None


def _sighting(analysis: Analysis, noun: Noun, told: dict[int, Sighting]) -> Sighting | None:
    by = told.get(noun.index)
    stands = _stands(analysis, noun)
    if stands and by and by.code == "REJECT" and stands[0] == "planned":
        stands = "cancelled", "asserted"
    if stands is None or _told_already(analysis, noun, by):
        return None
    part = _words(analysis, noun)
    people = taking_part(analysis, part, None)
    if noun.frame.kind == "Encounter":
        people = _attending(analysis, noun, people)
    elif noun.frame.kind in {"Conflict", "MilitaryOperation"}:
        people = taking_part(analysis, noun.own, None)
    elif noun.frame.kind == "ControlChange":
        people = _owner(analysis, noun)
    place = place_of(analysis, part) or _acted_on(analysis, noun)
    time = time_of(analysis, part, noun.sentence)
    own = taking_part(analysis, noun.own, None)
    bare = not own and place is None and next(iter(analysis.times_in(noun.own)), None) is None
    sighting = Sighting(
        noun.frame.kind,
        trigger=Range(noun.own.first, noun.index + 1),
        evidence=tidied(analysis, part),
        agents=_owner(analysis, noun),
        participants=people,
        place=place.key if place else None,
        time=time,
        status=stands[0],
        factuality=stands[1],
        code=_code(noun),
        definite=bare and _definite(analysis, noun),
    )
    changed = _of_change(analysis, noun, sighting)
    moved = changed is not sighting and bool(changed.agents)
    return changed if moved or _enough(analysis, noun, own, bare) else None


def _told_already(analysis: Analysis, noun: Noun, by: Sighting | None) -> bool:
    """Whether a verb tells of it: "launched an offensive", "refused to attend talks"."""
    if by is None or (noun.verb and noun.verb.first > noun.index):
        return False
    if by.named and noun.index in by.named:
        return True
    if by.code == "REJECT" and noun.lemma in event_table().course.planned:
        return False  # "refused to attend a meeting that was planned for D"
    if by.kind == "ControlChange" and noun.frame.kind == "MilitaryOperation":
        return False  # "which X reclaimed in an operation": two things
    return by.kind == noun.frame.kind or _preposition(analysis, noun) not in _BESIDE


def _definite(analysis: Analysis, noun: Noun) -> bool:
    """ "the operation", also where quotation marks stand between."""
    tokens, first = analysis.document.tokens, noun.own.first
    if first - 1 in analysis.document.quote_marks and first - 1 > noun.sentence.first:
        first -= 2 if tokens[first].lower not in grammar().definite else 0
    return tokens[first].lower in grammar().definite


def _enough(analysis: Analysis, noun: Noun, own: tuple[str, ...], bare: bool) -> bool:
    """Whether the text says enough of an event of this class."""
    words = analysis.document.lowers(noun.own)
    needs = noun.frame.needs
    if words[0] in grammar().negatives | {"any"}:
        return False
    if needs == "done":
        return _concluded(analysis, noun) and bool(own)
    if needs == "named":
        before = Range(noun.own.first, noun.index)
        return any(r.form != "pronoun" for r in named_in(analysis, before))
    if needs == "owner":
        return bool(_owner(analysis, noun)) or _definite(analysis, noun)
    if needs == "counted":
        return any(word[0].isdigit() or word in {"thousands", "million"} for word in words)
    if needs == "told":
        return noun.verb is not None and noun.verb.modality != "possible"
    if needs in {"of", "on"}:
        after = noun.index + 1
        return after < noun.own.last and analysis.document.tokens[after].lower == needs and bool(own)
    if noun.frame.kind == "Encounter" and _doubted(analysis, noun):
        return False
    if needs == "details" and noun.verb is None and noun.frame.kind == "Encounter" and not bare:
        placed = place_of(analysis, noun.own) or next(iter(analysis.times_in(noun.own)), None)
        return len(own) > 1 or placed is not None or _preposition(analysis, noun) in _ATTENDED
    complement = analysis.document.tokens[min(noun.index + 1, noun.sentence.last - 1)].lower in _COMPLEMENTS
    if noun.frame.code == "ASSAULT" and complement and noun.own.last - noun.index > 2:
        return True
    return noun.verb is not None or not bare or needs != "details" or _small(analysis, noun)


def _doubted(analysis: Analysis, noun: Noun) -> bool:
    """ "could refuse to join talks": whether anybody will come is open."""
    near = analysis.verbs_in(Range(noun.sentence.first, noun.own.first))
    refusing = [verb for verb in near if verb.lemma in verb_table().uses.refusing]
    return any(verb.modality == "possible" for verb in refusing)


def _small(analysis: Analysis, noun: Noun) -> bool:
    """Told with nothing of its own, but for "the", "its" or "this": it was told before."""
    if noun.frame.kind == "Encounter":
        return "their" in analysis.document.lowers(Range(noun.own.first, noun.index))
    return _definite(analysis, noun) or noun.frame.kind == "ControlChange" or bool(_owner(analysis, noun))


def _acted_on(analysis: Analysis, noun: Noun) -> Reference | None:
    """ "the recapture of X", "the bombing of X"."""
    if noun.frame.code != "ASSAULT":
        return None
    behind = analysis.references.within(Range(noun.index + 1, noun.own.last))
    return next((r for r in behind if r.type == "Place" and not r.adjective), None)


def _preposition(analysis: Analysis, noun: Noun) -> str:
    first = noun.own.first
    return analysis.document.tokens[first - 1].lower if first > noun.sentence.first else ""


def _concluded(analysis: Analysis, noun: Noun) -> bool:
    """ "the newly brokered deal", "the truce signed in X", "the ceasefire took effect"."""
    if noun.lemma in event_table().course.held - {"agree", "hold"}:
        return True
    tokens = analysis.document.tokens
    near = range(max(noun.sentence.first, noun.own.first - 2), min(noun.index + 4, noun.sentence.last))
    return any(tokens[i].lower in event_table().words.concluded for i in near)


def _words(analysis: Analysis, noun: Noun) -> Range:
    """The noun's own words, with the clause of the verb that has it as its subject or object."""
    if noun.verb is None:
        return noun.own
    last = clause_stop(analysis, noun.verb.last, noun.sentence, noun.own.first)
    if noun.verb.first > noun.index:
        return Range(noun.own.first, max(last, noun.own.last))
    subject = subject_of(analysis, noun.verb, noun.sentence)
    first = subject.range.first if subject and subject.range.last <= noun.verb.first else noun.verb.first
    return Range(first, max(last, noun.own.last))


def _stands(analysis: Analysis, noun: Noun) -> tuple[str, str] | None:
    """(status, factuality) by the verb, or by the words around the noun."""
    course = event_table().course
    if noun.verb and noun.verb.lemma in course.reported:
        return "occurred", "alleged"
    if noun.verb:
        return _by_verb(analysis, noun.verb, course.cancelled | course.suspended, noun)
    before = analysis.verb_before(noun.own.first, noun.sentence)
    near = before is not None and noun.own.first - before.last <= 1
    if before and near:
        if before.negated or before.lemma in _SPOKEN_OF:
            return None
        if before.lemma in verb_table().uses.planning:
            return "planned", "expected"
        led = standing(analysis, before) if before.form in {"finite", "infinitive"} else None
        if led and led.factuality in {"possible", "expected"}:
            return led.status, led.factuality
        if before.form == "infinitive" and led is None:
            return "planned", "possible"
    words = set(analysis.document.lowers(Range(noun.own.first, noun.index)))
    return ("planned", "expected") if words & _AHEAD else ("occurred", "asserted")


def _by_verb(analysis: Analysis, verb: Verb, ended: frozenset[str], noun: Noun) -> tuple[str, str] | None:
    course = event_table().course
    stands = standing(analysis, verb)
    if verb.negated or stands is None:
        return None
    if verb.lemma in ended and stands.factuality == "asserted":
        return "cancelled", "asserted"
    if verb.lemma in course.planned and stands.factuality == "asserted":
        return "planned", "expected"
    if verb.lemma in course.continuing and stands.status == "occurred":
        return "ongoing", stands.factuality
    return stands.status, stands.factuality


def _attending(analysis: Analysis, noun: Noun, people: tuple[str, ...]) -> tuple[str, ...]:
    """ "after talks with Y, X said": X was there too, if the words behind the noun give one side alone."""
    if "their" in analysis.document.lowers(Range(noun.own.first, noun.index)):
        persons = [r.key for r in analysis.references.within(noun.sentence) if r.type == "Person"]
        return tuple(dict.fromkeys(persons))[:2]  # "their meeting": that of the first two people
    if len(people) > 1 or _preposition(analysis, noun) not in _ATTENDED:
        return people
    main = [v for v in analysis.verbs_in(noun.sentence) if v.form == "finite" and v.main not in noun.own]
    if not main:
        return people
    subject = keys_of(subject_of(analysis, main[0], noun.sentence), AGENTS)
    first = max(noun.own.last, opening(analysis, main[0])) if noun.index < main[0].first else main[0].first
    named = taking_part(analysis, Range(first, max(first, main[0].first)), None)
    return tuple(dict.fromkeys((*(subject or named), *people)))


def _code(noun: Noun) -> str | None:
    """ "The talks were suspended": benefits or ties are cut; "were postponed" leaves the class as it is."""
    broken = noun.lemma in event_table().course.suspended and noun.frame.code in {"CONSULT", "AGREE"}
    return "SANCTION" if broken else noun.frame.code


def _owner(analysis: Analysis, noun: Noun) -> tuple[str, ...]:
    """Whose it is: "X's operation", "Azerbaijani operation", "its recapture" by the first state told of."""
    before = Range(noun.own.first, noun.index)
    owner = next((r for r in analysis.references.within(before) if r.type in AGENTS), None)
    if owner is None and "its" in analysis.document.lowers(before):
        owner = next((r for r in analysis.references.within(noun.sentence) if r.type == "State"), None)
    return (owner.key,) if owner else ()


def _of_change(analysis: Analysis, noun: Noun, sighting: Sighting) -> Sighting:
    """ "which X reclaimed after an operation": the operation is X's, in the place that changed hands."""
    if noun.frame.kind != "MilitaryOperation" or (sighting.agents and sighting.place and sighting.time):
        return sighting
    verb = analysis.verb_before(noun.index, noun.sentence)
    words = set(analysis.document.lowers(Range(max(noun.sentence.first, noun.index - 5), noun.index)))
    kinds = {frame.kind for frame in event_table().verbs.get(verb.lemma, ())} if verb else set()
    if verb is None or "ControlChange" not in kinds or not words & {"after", "in", "through", "during"}:
        return sighting
    changed = next(iter(object_places(analysis, verb, noun.sentence)), None)
    doers = sighting.agents or keys_of(subject_of(analysis, verb, noun.sentence), AGENTS)
    return replace(
        sighting,
        agents=doers,
        participants=tuple(dict.fromkeys((*doers, *sighting.participants))),
        place=sighting.place or (changed.key if changed else None),
        time=sighting.time or time_of(analysis, Range(verb.first, noun.index), noun.sentence),
        definite=False,
        leans_on=(changed.range,) if changed and changed.range.first not in noun.sentence else (),
    )
