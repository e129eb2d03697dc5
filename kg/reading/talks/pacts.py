"""Where a text speaks of an agreement: the words for it, whom it binds, and who brokered it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.names.parties import SIDES
from kg.reading.names.references import MEDIATORS, Reference
from kg.reading.talks.compounds import before_head
from kg.reading.talks.sides import accompanying, bodies_of, joined_start, listed_at
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table

_NEAR = 8  # words between the verb of signing and the noun
_SOLEMN = frozenset({"accord", "accords", "treaty", "pact", "armistice"})
_NEXT = 6  # words between the noun and "took effect"
_LATER = 3  # sentences in which "it" may be a deal
_OBJECT = 5  # words between "brokered" and its object


@dataclass(frozen=True, slots=True)
class Pact:
    """One noun phrase about an agreement, with the verb that tells of its conclusion."""

    range: Range
    head: int
    kind: str  # "peace agreement", "ceasefire"
    parties: tuple[str, ...]  # sorted; empty where the phrase and its verb name no two
    brokers: tuple[Reference, ...]
    verb: Verb | None


def find_pacts(analysis: Analysis) -> tuple[Pact, ...]:
    """Every phrase about a peace, a truce or a deal, in the order of the text; found once for each text."""
    answers, key = analysis.answers, (find_pacts,)
    if key not in answers:
        answers[key] = tuple(_pacts(analysis))
    return cast(tuple[Pact, ...], answers[key])


def _pacts(analysis: Analysis) -> Iterator[Pact]:
    for index in analysis.document.positions(noun_table().talks.agreements | {"fire"}):
        first = _head_start(analysis, index)
        if first is not None and analysis.references.at(index) is None:
            pact = _pact(analysis, index, first)
            if pact:
                yield pact
                yield from _of_it(analysis, pact)


def _head_start(analysis: Analysis, index: int) -> int | None:
    """Where the noun begins that ends here: "cease-fire" is three tokens."""
    tokens, table = analysis.document.tokens, noun_table().talks
    lower = tokens[index].lower
    if lower == "fire" and index > 1 and tokens[index - 1].text == "-" and tokens[index - 2].lower == "cease":
        follows = tokens[index + 1].lower if index + 1 < len(tokens) else ""
        return None if follows in table.agreements | table.heads else index - 2
    if lower not in table.agreements:
        return None
    follows = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    return None if follows in table.agreements | table.heads else index  # "truce deal", "ceasefire talks"


def _pact(analysis: Analysis, head: int, start: int) -> Pact | None:
    sentence = analysis.document.sentence(head)
    first, sides, mediators, _ = before_head(analysis, start, None)
    kind = _kind(analysis, first, start, head)
    after, told = _behind(analysis, head, sentence)
    by, end = _brokered_by(analysis, after, sentence)
    brokers = tuple(r for r in (*mediators, *by) if r.type in MEDIATORS and not _backs(analysis, r))
    active, opening = ((), first) if brokers else _brokered(analysis, first, sentence)
    joining = accompanying(analysis, end, sentence.last) if active else ()  # ", along with X"
    brokers = brokers or tuple({r.key: r for r in (*active, *joining) if r.type in MEDIATORS}.values())
    verb = _concluding(analysis, first, end, sentence)
    keys = {r.key for r in brokers}
    named = tuple(r for r in (*sides, *told) if r.key not in keys)
    binding = bodies_of(analysis, named)
    if len(binding) < 2:
        signers = _signers(analysis, verb, first, sentence) if verb or brokers else None
        start = joined_start(analysis, signers.range.first, sentence) if signers else first
        told_of = listed_at(analysis, start, first)[0] if signers else ()
        own = tuple(r for r in told_of if r.key not in keys and r.form not in {"pronoun", "description"})
        binding = bodies_of(analysis, (*own, *named))
        opening = start if signers and len(binding) > 1 else opening
    binding = binding if len(binding) > 1 else ()
    if not (kind or brokers or (binding and analysis.document.tokens[head].lower in _SOLEMN)):
        return None
    words = kind or analysis.document.tokens[head].lower
    end = _purpose_end(analysis, end, sentence) if brokers else end
    return Pact(Range(min(first, opening), end), head, words, binding, brokers, verb)


def _of_it(analysis: Analysis, pact: Pact) -> Iterator[Pact]:
    """ "It had been brokered by X", in the same sentence or one of the next two."""
    number, tokens = analysis.document.sentence_number(pact.head), analysis.document.tokens
    sentences = analysis.document.sentences[number : number + _LATER]
    part = Range(pact.range.last, sentences[-1].last)
    for verb in analysis.verbs_of(verb_table().uses.mediating, part):
        it = verb.first - 1
        by = verb.last + 1 < part.last and tokens[verb.last].lower == "by"
        if verb.form == "passive" and not verb.negated and by and tokens[it].lower == "it" and it in part:
            named, end = listed_at(analysis, verb.last + 1, analysis.document.sentence(verb.main).last)
            brokers = tuple(r for r in named if r.type in MEDIATORS and r.key not in pact.parties)
            if brokers:
                yield replace(pact, range=Range(it, end), brokers=brokers)


def _purpose_end(analysis: Analysis, index: int, sentence: Range) -> int:
    """Behind "to end hostilities and revive a truce", which says what a brokered deal is for, or the same."""
    tokens = analysis.document.tokens
    verb = next(iter(analysis.verbs_in(Range(index, min(index + 2, sentence.last)))), None)
    if index + 1 >= sentence.last or tokens[index].lower != "to" or verb is None or verb.form != "infinitive":
        return index
    last = verb.last
    while (last < sentence.last and tokens[last].text[0].isalnum()) or tokens[last].text == "-":
        if any(v.form in {"finite", "passive"} for v in analysis.verbs_in(Range(last, last + 1))):
            break
        last += 1
    return last


def _backs(analysis: Analysis, state: Reference) -> bool:
    """ "the U.S.-backed deal": a state that backs a deal need not have brokered it."""
    behind = analysis.document.lowers(
        Range(state.range.last, min(state.range.last + 2, len(analysis.document.tokens)))
    )
    return state.type == "State" and behind[-1:] in (["backed"], ["supported"])


def _signers(analysis: Analysis, verb: Verb | None, first: int, sentence: Range) -> Phrase | None:
    """Who signs it, or does what was agreed in it: the subject of the nearest clause before it."""
    if verb and verb.form == "passive":
        return None
    verb = verb if verb and verb.main < first else analysis.verb_before(first, sentence)
    phrase = subject_of(analysis, verb, sentence) if verb else None
    if phrase is None or phrase.range.last > first or not listed_at(analysis, phrase.range.first, first)[0]:
        phrase = phrase_at(analysis, sentence.first, first)  # "X and Y have yet to sign"
    return phrase if phrase and phrase.range.last <= first else None


def _kind(analysis: Analysis, first: int, start: int, head: int) -> str:
    """What kind of peace it is, with the noun; nothing where the words may mean any deal."""
    tokens, table = analysis.document.tokens, noun_table().talks
    noun = analysis.document.words(Range(start, head + 1)).lower()
    before = tokens[start - 1].lower if start > first else ""
    if before == "fire" and start > 2 and tokens[start - 3].lower == "cease":
        return f"cease-fire {noun}"
    if before in table.agreement_kinds:
        return f"{before} {noun}"
    return noun if noun in table.truces else ""


def _behind(analysis: Analysis, head: int, sentence: Range) -> tuple[int, tuple[Reference, ...]]:
    """Where the phrase ends and whom it is "between" or "with"."""
    tokens = analysis.document.tokens
    at = head + 1
    if at < sentence.last and tokens[at].lower in {"between", "with"}:
        told, end = listed_at(analysis, at + 1, sentence.last)
        return (end, told) if told else (at, ())
    return at, ()


def _brokered_by(analysis: Analysis, index: int, sentence: Range) -> tuple[tuple[Reference, ...], int]:
    """ "brokered by X" behind the phrase."""
    tokens, table = analysis.document.tokens, noun_table().talks
    at = index
    while at < sentence.last and (
        tokens[at].text == "," or tokens[at].lower in table.manners | {"that", "was"}
    ):
        at += 1
    if at + 1 >= sentence.last or tokens[at].lower not in table.brokering:
        return (), index
    at += 1
    while at < sentence.last and (at in analysis.time_tokens or tokens[at].lower in table.manners):
        at += 1
    if at >= sentence.last or tokens[at].lower != "by":
        return (), index
    named, end = listed_at(analysis, at + 1, sentence.last)
    return (named, end) if named else ((), index)


def _brokered(analysis: Analysis, first: int, sentence: Range) -> tuple[tuple[Reference, ...], int]:
    """ "X brokered a truce": who did, and where the words for it begin."""
    verb = analysis.verb_before(first, sentence)
    if verb is None or first - verb.last > _OBJECT or verb.lemma not in verb_table().uses.mediating:
        return (), first
    helped = analysis.verb_before(verb.first, sentence) if verb.form == "infinitive" else None
    if helped and helped.lemma == "help" and helped.last == verb.first:
        verb = helped
    told = verb.form == "finite" and verb.modality == "asserted" and not verb.negated
    subject = subject_of(analysis, verb, sentence) if told else None
    if subject is None or not subject.references:
        return (), first
    named = (*subject.references, *accompanying(analysis, subject.range.last, verb.first))
    return tuple(r for r in named if r.type in MEDIATORS), subject.range.first


def _concluding(analysis: Analysis, first: int, last: int, sentence: Range) -> Verb | None:
    """The nearest verb that tells of its conclusion, before the phrase or behind it."""
    uses = verb_table().uses
    near = analysis.verbs_in(Range(max(sentence.first, first - _NEAR), min(sentence.last, last + _NEAR)))
    before = [
        v for v in near if v.main < first and v.lemma in uses.concluding and _governs(analysis, v, first)
    ]
    after = [v for v in near if v.main >= last and _tells_of_end(v, last)]
    return before[-1] if before else after[0] if after else None


def _tells_of_end(verb: Verb, last: int) -> bool:
    """ "was signed", or "took effect" right behind the phrase."""
    uses = verb_table().uses
    if verb.lemma in uses.concluding:
        return verb.form in {"passive", "participle"}
    return verb.lemma in uses.concluded and verb.form == "finite" and verb.first - last < _NEXT


def _governs(analysis: Analysis, verb: Verb, first: int) -> bool:
    """Nothing between the verb and the phrase but what belongs to it."""
    between = analysis.document.lowers(Range(verb.last, first))
    stops = noun_table().talks.heads | {",", ";", "that"}
    return stops.isdisjoint(between) and not any(
        v.form in {"finite", "passive"} for v in analysis.verbs_in(Range(verb.last, first))
    )


def pending(analysis: Analysis, pact: Pact) -> bool:
    """ "could be signed", "have yet to sign", "close to a deal": it is still to come."""
    tokens, sentence = analysis.document.tokens, analysis.document.sentence(pact.head)
    verb = pact.verb
    if verb and (verb.modality != "asserted" or verb.form in {"infinitive", "gerund"} or verb.negated):
        return verb.lemma in verb_table().uses.concluding or not pact.brokers
    near = set(analysis.document.lowers(Range(max(sentence.first, pact.range.first - 4), pact.range.first)))
    wanted = {
        "toward",
        "towards",
        "possible",
        "potential",
        "close",
        "near",
        "for",
        "eventual",
        "future",
        "draft",
    }
    opened = tokens[pact.range.first].lower in {"any", "no"}
    return opened or bool(near & wanted) or "possible" in analysis.document.lowers(sentence)


def other_sides(analysis: Analysis, pact: Pact, parties: tuple[str, ...]) -> bool:
    """Whether its clause names a side that is neither of the text's two: then it is not about these."""
    tokens, sentence = analysis.document.tokens, analysis.document.sentence(pact.head)
    marks = [i for i in range(sentence.first, sentence.last) if tokens[i].text in {",", ";", "–", "—"}]
    first = max((i for i in marks if i < pact.range.first), default=sentence.first)
    last = min((i for i in marks if i >= pact.range.last), default=sentence.last)
    brokers = {r.key for r in pact.brokers}
    clause = analysis.references.within(Range(first, last))
    named = {r.key for r in clause if r.type in SIDES and not r.adjective}
    return bool(named - set(parties) - brokers)
