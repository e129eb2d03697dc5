"""Events that verbs tell of: the first frame whose conditions hold, with its clause and participants."""

from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import phrase_start
from kg.reading.events.clause_ends import clause_stop
from kg.reading.events.conditions import OBJECT_WITHIN, fits, may_fit
from kg.reading.events.extent import nominal, tidied
from kg.reading.events.force import acted_on, where_struck
from kg.reading.events.killings import by_violence
from kg.reading.events.others_named import brokers_in, losers, receivers, targets
from kg.reading.events.participants import GIVING, heads_of, presence, taking_part
from kg.reading.events.refusing import set_against
from kg.reading.events.relative_objects import relative_object
from kg.reading.events.sightings import Sighting, cover, keys_of
from kg.reading.events.standing import absent, standing
from kg.reading.events.standings import Standing
from kg.reading.events.telling import Told, telling
from kg.reading.events.time_and_place import object_places, place_of, reached, time_of
from kg.reading.events.visits import private
from kg.reading.names.references import AGENTS, Reference
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import Frame, event_table
from kg.reading.words.grammar import grammar

_SPEAKING = frozenset({"speak", "address"})
_BEFORE_NONE = grammar().adverbs | {"so", "far"}
_NOT_ANY = grammar().negatives | {"nobody", "none"}
_IF = frozenset({"if", "unless"})
_PASSING = frozenset({"fallen", "yielded"})  # whoever has the place now is not the subject
_AROUND = 40  # tokens within which "if" makes a supposition of "would"
_ABSENCE = Frame("Event", "REJECT", "Refusal", "", *(frozenset[str](),) * 5)


def from_verb(analysis: Analysis, verb: Verb) -> Sighting | None:
    """The event that a verb tells of; None where it tells of none, is negated, or says too little."""
    if verb.form == "participle":
        return None
    frames = may_fit(analysis, event_table().verbs.get(verb.lemma, ()), verb)
    against = set_against(analysis, verb)
    refused = absent(verb) or against is not None
    if not (frames or refused) or (verb.negated and not refused):
        return None
    if nominal(analysis, verb):
        return None
    stands = standing(analysis, verb)
    if refused and (against or verb.form != "infinitive"):
        stands = Standing("occurred", "asserted", against)
    if stands is None or _none_of_it(analysis, verb):
        return None
    if _supposed(analysis, verb):
        if verb.form not in {"finite", "passive"} or stands.factuality == "asserted":
            return None  # "If X agrees, that means Y is leaving"
        stands = replace(stands, status="planned", factuality="possible")
    if refused:
        stands = replace(stands, status="occurred", factuality="asserted")
    told = telling(analysis, verb, stands)
    if not refused and (_nobody(analysis, told) or _adjectival(analysis, told)):
        return None
    frame = _ABSENCE if refused else next((f for f in frames if fits(analysis, f, told)), None)
    if frame is None or (refused and not told.agents):
        return None
    if frame.code == "REJECT" and stands.factuality == "possible":
        return None
    if frame.code == "CONSULT" and stands.governor and stands.governor.lemma == "agree":
        return None  # "agreed to hold talks" is told as an agreement
    if stands.tried and frame.kind != "Encounter":
        return None
    if frame.objects and (before := relative_object(analysis, verb)):
        if frame.kind == "Encounter":
            return None  # "the talks that X holds" are told by their noun
        told = replace(told, part=cover(before, told.part))  # "the sanctions that X imposed"
    if by_violence(analysis, frame, told):
        frame = replace(frame, code="ASSAULT")
    if private(analysis, frame, told):
        frame = replace(frame, kind="Event", code=None, name="Journey")
    return _sighting(analysis, frame, told, stands)


def _nobody(analysis: Analysis, told: Told) -> bool:
    """ "no civilians were injured", "none of the trucks arrived", "neither X nor Y signed"."""
    words = analysis.document.lowers(told.before) or analysis.document.lowers(told.part)
    while words and words[0] in _BEFORE_NONE:
        words = words[1:]
    if words[:1] == ["neither"]:
        return told.verb.modality != "future"  # what neither will do was to be, and is called off
    return words[:1] in (["no"], ["none"], ["nobody"]) or words[:2] == ["no", "one"]


def _adjectival(analysis: Analysis, told: Told) -> bool:
    """ "deposed President X was seen", "has about 100 armed men": a participle that only qualifies."""
    tokens = analysis.document.tokens
    word = tokens[told.verb.main].lower
    bare = told.verb.first == told.verb.main and told.verb.form == "finite"
    counted = bare and told.verb.first > 0 and tokens[told.verb.first - 1].text[0].isdigit()
    return bare and (counted or not told.before) and word in event_table().words.qualifying


def _none_of_it(analysis: Analysis, verb: Verb) -> bool:
    """ "held no talks", "arrested nobody", "the reopening of"."""
    tokens = analysis.document.tokens
    after = tokens[verb.last].lower if verb.last < len(tokens) else ""
    gerund_noun = verb.form == "gerund" and after == "of"
    return after in _NOT_ANY or gerund_noun


def _supposed(analysis: Analysis, verb: Verb) -> bool:
    """ "will sign if X withdraws", "if X agrees, that means Y is leaving": what hangs on something else."""
    tokens, sentence = analysis.document.tokens, analysis.document.sentence(verb.main)
    if sentence.first not in analysis.document.sentences_with(_IF):
        return False
    first = next((i for i in range(sentence.first, verb.first) if tokens[i].text.isalpha()), verb.first)
    if tokens[first].lower in _IF and any(tokens[i].text == "," for i in range(first, verb.first)):
        return True
    helpers = analysis.document.lowers(verb.range)
    around = Range(max(sentence.first, verb.first - _AROUND), min(sentence.last, verb.last + _AROUND))
    ahead = not {"would", "will"}.isdisjoint(helpers) and not verb.negated
    return ahead and "if" in analysis.document.lowers(around)


def _manner(analysis: Analysis, told: Told) -> Range:
    """ "after a lightning operation in September", which says how and when a place changed hands."""
    last, tokens = told.governed.last, analysis.document.tokens
    if last >= told.sentence.last or tokens[last].lower != "after":
        return Range(last, last)
    stop = clause_stop(analysis, last + 1, told.sentence, told.verb.first)
    verbal = any(verb.form in {"finite", "passive"} for verb in analysis.verbs_in(Range(last, stop)))
    return Range(last, last if verbal else stop)


def _remarks(
    analysis: Analysis, frame: Frame, told: Told, stands: Standing, agents: tuple[str, ...]
) -> Sighting | None:
    """Somebody speaks in public: of speaking as such only where a place and a time are told."""
    sentence, verb = told.sentence, told.verb
    part = Range(told.part.first, sentence.last)
    place = place_of(analysis, Range(verb.last, sentence.last))
    time = time_of(analysis, part, sentence, verb.main)
    heard = verb.lemma not in _SPEAKING  # "testified", "gave an interview"
    if not agents or not (heard or (place and time)):
        return None
    trigger = Range(verb.main, verb.last)
    return Sighting(
        "CommunicationEvent",
        trigger,
        told.part if heard else part,
        agents=agents,
        participants=agents,
        place=place.key if place else None,
        time=time,
        status=stands.status if heard else "occurred",
        factuality=stands.factuality if heard else "asserted",
        named=_named(analysis, frame, told) if heard else None,
    )


def _sighting(analysis: Analysis, frame: Frame, told: Told, stands: Standing) -> Sighting | None:
    """The place and time of an event, and the name that changed hands where one did."""
    verb, part = told.verb, told.part
    place = place_of(analysis, told.governed) or (
        reached(analysis, told.governed) if frame.needs in {"place", "travel"} else None
    )
    leans_on: tuple[Range, ...] = ()
    if frame.needs == "control":
        place = next(iter(object_places(analysis, verb, told.sentence)))
        here = place.range.first in told.sentence
        part = cover(place.range, part) if here else part
        leans_on = () if here else (place.range,)
    struck = where_struck(analysis, told)
    place = place or (struck if struck and struck.type == "Place" else _attacked(analysis, frame, told))
    if told.subject and told.subject.range.first not in part:
        leans_on = (*leans_on, told.subject.range)
    agents = told.agents
    when = cover(part, _manner(analysis, told)) if frame.needs == "control" else part
    time = time_of(analysis, when, told.sentence, verb.main)
    if frame.kind == "CommunicationEvent":
        return _remarks(analysis, frame, told, stands, agents)
    people = told.people
    if frame.kind == "AgreementEvent" and (seen := presence(analysis, part)):
        people = taking_part(analysis, Range(part.first, seen), told.subject)
    if frame.kind == "Encounter":
        heads = tuple(dict.fromkeys(heads_of(analysis, told.before)))
        people = tuple(dict.fromkeys((*people, *heads)))
        leans_on = (*leans_on, *analysis.posts_of(heads))
    if frame.needs == "travel" and (visited := reached(analysis, told.governed)) and visited.type == "State":
        people = tuple(dict.fromkeys((*people, visited.key)))
    if frame.code in GIVING:
        people = tuple(dict.fromkeys((*people, *receivers(analysis, told.governed))))
    if frame.code == "ASSAULT":
        people = tuple(dict.fromkeys((*people, *targets(analysis, told.governed))))
        brokers = set(brokers_in(analysis, part))  # "a truce brokered by X had been broken"
        people, agents = ((*(key for key in keys if key not in brokers),) for keys in (people, agents))
    if frame.kind == "ControlChange" and frame.needs not in _PASSING:
        people = tuple(dict.fromkeys((*agents, *losers(analysis, told.governed))))
    elif frame.kind == "Displacement":
        owner = told.subject.possessor if told.subject else None  # "X's operation, which displaced"
        owners = (owner.key,) if owner and owner.type in AGENTS and not agents else ()
        people = tuple(dict.fromkeys((*agents, *owners, *keys_of(acted_on(analysis, told), AGENTS))))
        whole = agents or told.passive or told.subject is None or verb.lemma == "flee"
        part = part if whole else cover(verb.range, told.governed)
    if frame.name == "Deaths" and frame.needs != "dead" and not told.passive and _fought(analysis, told):
        part = cover(verb.range, told.governed)  # the fighting that killed is told apart
    return Sighting(
        frame.kind,
        trigger=Range(verb.main, verb.last),
        evidence=tidied(analysis, part),
        code=frame.code,
        name=frame.name,
        agents=agents,
        participants=people,
        place=place.key if place else None,
        time=time,
        status=stands.status,
        factuality=stands.factuality,
        cause=told.subject.head if told.subject and not agents and not told.passive else None,
        leans_on=leans_on,
        named=_named(analysis, frame, told),
    )


def _attacked(analysis: Analysis, frame: Frame, told: Told) -> Reference | None:
    """ "An attack on X killed four": where what killed them was."""
    killed = frame.needs == "killers" and not told.passive
    named = analysis.references.within(told.before) if killed else ()
    return next((r for r in named if r.type == "Place" and not r.adjective), None)


def _fought(analysis: Analysis, told: Told) -> bool:
    """ "the war has killed": the subject is itself an event."""
    return not event_table().bare_nouns.isdisjoint(analysis.document.lowers(told.before))


def _named(analysis: Analysis, frame: Frame, told: Told) -> Range | None:
    """The noun among what the verb governs that names the event by itself."""
    nouns = event_table().nouns
    for index in range(told.verb.last, min(told.governed.last, told.verb.last + OBJECT_WITHIN)):
        frames = nouns.get(analysis.document.tokens[index].lower, ())
        if any(noun.kind == frame.kind for noun in frames) and not analysis.references.at(index):
            return Range(phrase_start(analysis, index), index + 1)
    return None
