"""Events that nouns tell of: alone ("the talks in X between A and B") or with the verb of their clause."""

from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.clauses.subjects import subject_of
from kg.reading.events.captions import captioned
from kg.reading.events.clause_ends import clause_stop
from kg.reading.events.conflicts import conflict
from kg.reading.events.extent import nominal, qualifies, tidied
from kg.reading.events.noun_conditions import ATTENDED, enough, reached_by
from kg.reading.events.noun_fullness import FULLNESS, behind, completed
from kg.reading.events.noun_phrases import Noun, definite, find_noun, frames_of, near, owner, preposition
from kg.reading.events.noun_sides import backers, told_to
from kg.reading.events.noun_standing import code_of, stands_by_words, told_already
from kg.reading.events.openings import opening
from kg.reading.events.others_named import receivers, targets
from kg.reading.events.participants import GIVING, presence, taking_part
from kg.reading.events.sightings import Sighting, keys_of
from kg.reading.events.sought import sought
from kg.reading.events.standing import standing
from kg.reading.events.time_and_place import object_places, place_of, time_of
from kg.reading.names.references import AGENTS, Reference
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import Frame, event_table
from kg.reading.words.grammar import grammar

_OPEN_WITHIN = 7  # tokens between "is" and what somebody is open to
_RELATED = 6  # tokens behind "that" in which its verb stands


def from_noun(analysis: Analysis, index: int, told: dict[int, Sighting]) -> Sighting | None:
    """The event that the noun at a token tells of; `told` has what verbs tell of, by token."""
    frames = list(frames_of(analysis, index))
    if not frames or analysis.references.at(index) or _verbal(analysis, index):
        return None
    noun = None if qualifies(analysis, index) else find_noun(analysis, index, frames[0])
    found = (_by_frame(analysis, index, frame, noun, told) for frame in frames)
    return next((sighting for sighting in found if sighting), None)


def _by_frame(
    analysis: Analysis, index: int, frame: Frame, noun: Noun | None, told: dict[int, Sighting]
) -> Sighting | None:
    """The event that the noun tells of by one of its frames; no noun if it only qualifies the next."""
    if frame.kind == "Conflict" and frame.code is None:
        by = told.get(index)
        told_by_verb = by is not None and (
            by.name == "War" or index in range(by.trigger.first, by.trigger.last)  # "went to war"
        )
        sighting = None if told_by_verb else conflict(analysis, index)
        return replace(sighting, name=frame.name) if sighting else None
    sighting = _sighting(analysis, replace(noun, frame=frame), told) if noun else None
    if sighting and noun and frame.code == "AGREE" and noun.lemma in event_table().course.collapsing:
        return replace(sighting, kind="Event", name="Collapse", code=None, status="occurred")
    return replace(sighting, name=frame.name) if sighting else None


def _verbal(analysis: Analysis, index: int) -> bool:
    """Whether the word is a verb here, not as in "cease-fire" or "intense battles raged"."""
    if index and analysis.document.tokens[index - 1].text == "-":
        return False
    following = analysis.verbs_in(Range(index + 1, index + 2))
    if any(verb.first == index + 1 and verb.form in {"finite", "passive"} for verb in following):
        return False
    return any(not nominal(analysis, verb) for verb in analysis.verbs_in(Range(index, index + 1)))


def _sighting(analysis: Analysis, noun: Noun, told: dict[int, Sighting]) -> Sighting | None:
    by = told.get(noun.index)
    stands = stands_by_words(analysis, noun)
    if stands and by and by.code == "REJECT" and stands[0] == "planned":
        stands = "cancelled", "asserted"
    if stands is None or told_already(analysis, noun, by):
        return None
    if stands == ("occurred", "asserted") and noun.verb is None and _ahead(analysis, noun):
        stands = "planned", "expected"
    part = captioned(analysis, noun) or _words(analysis, noun)
    visited = reached_by(analysis, noun)
    place = place_of(analysis, part) or visited or _acted_on(analysis, noun)
    own = taking_part(analysis, noun.own, None)
    bare = not own and place is None and next(iter(analysis.times_in(noun.own)), None) is None
    told_enough = enough(analysis, noun, own, bare)
    if not told_enough and noun.frame.kind != "MilitaryOperation":
        return None  # as most are: nothing else need be asked of these
    people = _people(analysis, noun, part)
    if visited and visited.type == "State":
        people = tuple(dict.fromkeys((*people, visited.key)))
    within = noun.own if stands[1] == "possible" else noun.sentence  # a day elsewhere is that of the wish
    time = time_of(analysis, part, within, noun.verb.main if noun.verb else None)
    doers = owner(analysis, noun) or _by_whom(analysis, noun)
    people = tuple(dict.fromkeys((*people, *doers)))
    if noun.frame.code in GIVING:
        people = tuple(dict.fromkeys((*backers(analysis, noun), *people, *receivers(analysis, noun.own))))
    if noun.frame.needs == "voiced" and not people:
        return None
    if noun.frame.kind == "Encounter" and (venue := _venue(analysis, noun)):
        doers, people = ((*(key for key in keys if key != venue),) for keys in (doers, people))
    sighting = Sighting(
        noun.frame.kind,
        trigger=Range(noun.own.first, noun.index + 1),
        evidence=tidied(analysis, part),
        agents=doers,
        participants=people,
        place=place.key if place else None,
        time=time,
        status=stands[0],
        factuality=stands[1],
        code=code_of(noun),
        definite=bare and not (noun.verb and time) and _pointing(analysis, noun),
    )
    if noun.frame.needs == "heard" and not people:
        return None
    changed = _of_change(analysis, noun, sighting)
    moved = changed is not sighting and bool(changed.agents)
    return changed if moved or told_enough else None


def _people(analysis: Analysis, noun: Noun, part: Range) -> tuple[str, ...]:
    """Who takes part by the words about the noun, each kind of event in its way."""
    seen = presence(analysis, part) if noun.frame.kind == "AgreementEvent" else None
    people = taking_part(analysis, Range(part.first, seen or part.last), None)
    if noun.frame.kind in {"Encounter", "CommunicationEvent"}:
        people = _attending(analysis, noun, people)
    elif noun.frame.kind in {"Conflict", "MilitaryOperation"}:
        people = taking_part(analysis, _fought(analysis, noun, part), None)
    elif noun.frame.name in {"Election", "Coup"}:
        people = people or _state_of(analysis, noun)
    elif noun.frame.kind == "ControlChange":
        people = owner(analysis, noun) or (taking_part(analysis, part, None) if noun.verb else ())
    if noun.frame.code == "ASSAULT" and noun.frame.kind != "ControlChange":
        people = tuple(dict.fromkeys((*people, *targets(analysis, noun.own))))
    return people


def _fought(analysis: Analysis, noun: Noun, part: Range) -> Range:
    """Its own words; "fighting broke out between X and Y" also tells who fights behind its verb."""
    if noun.verb is None or noun.verb.first < noun.index:
        return noun.own
    words = analysis.document.lowers(Range(noun.verb.last, part.last))
    return Range(noun.own.first, part.last) if "between" in words else noun.own


def _pointing(analysis: Analysis, noun: Noun) -> bool:
    """ "The operation" points to one told before; "the use of cluster bombs" tells of one."""
    full = (
        noun.frame.needs == "act"
        or noun.frame.objects
        or (noun.frame.needs in FULLNESS and completed(analysis, noun))
    )
    return not full and definite(analysis, noun)


def _ahead(analysis: Analysis, noun: Noun) -> bool:
    """ "talks in X next week", "ahead of talks with Y": what is still to come."""
    found, published = next(iter(analysis.times_in(noun.own)), None), analysis.published
    first = noun.own.first
    before = analysis.document.lowers(Range(max(noun.sentence.first, first - 2), first))
    voted = noun.frame.name == "Election" and found is None
    led = before == ["ahead", "of"] or (voted and (before == ["up", "to"] or before[-1:] == ["before"]))
    earliest = found.time.earliest if found else None
    latest = published.latest if published else None
    return led or (earliest is not None and latest is not None and earliest > latest)


def _venue(analysis: Analysis, noun: Noun) -> str | None:
    """ "the Vienna talks": a capital alone says where they are; "the Baku-Yerevan talks" says whose."""
    before = [r for r in analysis.references.within(Range(noun.own.first, noun.index)) if r.type in AGENTS]
    alone = before[0] if len(before) == 1 else None
    after = analysis.document.tokens[alone.range.last].lower if alone else ""
    owned = after in grammar().possessive_marks or after == "-"
    capital = alone is not None and alone.form == "metonym" and not alone.adjective and not owned
    elsewhere = alone and any(
        r.key == alone.key for r in analysis.references.within(Range(noun.index, noun.own.last))
    )
    return alone.key if alone and capital and not elsewhere else None


def _acted_on(analysis: Analysis, noun: Noun) -> Reference | None:
    """ "the recapture of X", "the bombing of X"."""
    if noun.frame.code != "ASSAULT":
        return None
    acted_on = analysis.references.within(Range(noun.index + 1, noun.own.last))
    return next((r for r in acted_on if r.type == "Place" and not r.adjective), None)


def _words(analysis: Analysis, noun: Noun) -> Range:
    """The noun's own words, with the clause of the verb that has it as its subject or object."""
    if noun.says:
        return Range(noun.begins, noun.says.last)
    if noun.verb is None or _set_apart(analysis, noun):
        return Range(noun.begins, _related(analysis, noun))
    last = clause_stop(analysis, noun.verb.last, noun.sentence, noun.own.first)
    if noun.verb.first > noun.index:
        return Range(noun.begins, max(last, noun.own.last))
    if noun.lemma in event_table().course.planned:
        return Range(
            noun.begins, noun.own.last
        )  # "proposed talks": they are not yet part of what anybody does
    led = standing(analysis, noun.verb)
    wished = led is not None and led.governor is None and noun.verb.form == "infinitive"
    subject = None if wished else subject_of(analysis, noun.verb, noun.sentence)
    first = subject.range.first if subject and subject.range.last <= noun.verb.first else noun.verb.first
    return Range(first, max(last, noun.own.last))


def _related(analysis: Analysis, noun: Noun) -> int:
    """Where it ends with a relative clause straight behind it: "the attack that ended the truce"."""
    tokens, last = analysis.document.tokens, noun.own.last
    if noun.index + 2 >= noun.sentence.last or tokens[noun.index + 1].lower not in {"that", "which"}:
        return last
    last = noun.index + 1
    following = analysis.verbs_in(Range(last + 1, min(last + _RELATED, noun.sentence.last)))
    finite = following and following[0].form in {"finite", "passive"} and following[0].first <= last + 2
    return max(last, clause_stop(analysis, last + 1, noun.sentence, noun.own.first)) if finite else last


def _set_apart(analysis: Analysis, noun: Noun) -> bool:
    """Whether a comma parts the noun, with more behind it, from the relative clause of its verb."""
    last = noun.own.last
    parted = last < noun.sentence.last and analysis.document.tokens[last].text == ","
    told = last > noun.index + 1
    return parted and told and noun.verb is not None and noun.verb.first > last


def _state_of(analysis: Analysis, noun: Noun) -> tuple[str, ...]:
    """The state whose election or coup it is."""
    states = (r.key for r in analysis.references.within(noun.own) if r.type == "State")
    return tuple(dict.fromkeys(states))[:1]


def _attending(analysis: Analysis, noun: Noun, people: tuple[str, ...]) -> tuple[str, ...]:
    """ "after talks with Y, X said": X was there too, if the words behind the noun give one side alone."""
    if "their" in analysis.document.lowers(Range(noun.own.first, noun.index)):
        persons = [r.key for r in analysis.references.within(near(noun)) if r.type == "Person"]
        return tuple(dict.fromkeys(persons))[:2]  # "their meeting": that of the first two people
    if preposition(analysis, noun) in grammar().have:
        return tuple(dict.fromkeys((*_having(analysis, noun), *people)))
    heard = noun.frame.needs == "voiced" and told_to(analysis, noun)
    wished = behind(analysis, noun) == "with" and sought(analysis, noun)
    if len(people) > 1 or not (heard or wished or preposition(analysis, noun) in ATTENDED):
        return people
    main = _main_verb(analysis, noun) or (_being(analysis, noun) if wished else None)
    if main is None:
        return people
    subject = keys_of(subject_of(analysis, main, noun.sentence), AGENTS)
    first = max(noun.own.last, opening(analysis, main)) if noun.index < main.first else main.first
    named = taking_part(analysis, Range(first, max(first, main.first)), None)
    return tuple(dict.fromkeys((*(subject or named), *people)))


def _main_verb(analysis: Analysis, noun: Noun) -> Verb | None:
    """The last finite verb before the noun, or the first behind it; not one that somebody says there."""
    quote_around = analysis.document.quote_around
    quote = quote_around(noun.index)
    finite = [v for v in analysis.verbs_in(near(noun)) if v.form == "finite" and v.main not in noun.own]
    told = [verb for verb in finite if quote_around(verb.main) == quote]
    before = [verb for verb in told if verb.main < noun.index]
    return before[-1] if before else next(iter(told), None)


def _having(analysis: Analysis, noun: Noun) -> tuple[str, ...]:
    """ "X, who had breakfast with Y": X was there too."""
    at = noun.own.first - 1
    verb = Verb("have", at, at, at + 1, "finite", False, "asserted")
    return keys_of(subject_of(analysis, verb, noun.sentence), AGENTS)


def _being(analysis: Analysis, noun: Noun) -> Verb | None:
    """ "X is open to talks with Y": the word that has X for its subject."""
    tokens, first = analysis.document.tokens, noun.own.first
    near_ = range(first - 1, max(noun.sentence.first, first - _OPEN_WITHIN), -1)
    at = next((i for i in near_ if tokens[i].lower in grammar().copulas), None)
    return Verb("be", at, at, at + 1, "finite", False, "asserted") if at is not None else None


def _by_whom(analysis: Analysis, noun: Noun) -> tuple[str, ...]:
    """ "X carried out anti-terror measures": the subject of the verb that has the noun as its object."""
    verb = analysis.verb_before(noun.own.first, noun.sentence)
    if noun.frame.kind != "MilitaryOperation" or verb is None or noun.own.first - verb.last > 2:
        return ()
    told = analysis.document.lowers(Range(max(0, noun.own.first - 2), noun.own.first))
    claimed = told == ["responsibility", "for"] and verb.lemma in {"claim", "accept", "admit"}
    carried_out = claimed or verb.lemma in event_table().course.held | {"take", "wage"}
    carried_out = carried_out and verb.form != "passive"
    return keys_of(subject_of(analysis, verb, noun.sentence), AGENTS) if carried_out else ()


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
