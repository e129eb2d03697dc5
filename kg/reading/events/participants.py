"""Who takes part in an event: those whom its words name, but for places that only say where it is."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase
from kg.reading.names.armies import speaking_army
from kg.reading.names.bodies import state_of as body_state
from kg.reading.names.references import AGENTS, Reference
from kg.reading.text.tokens import Range
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_WHERE = frozenset(
    {"in", "at", "near", "inside", "outside", "across", "into", "from", "to", "through", "via", "for"}
)
_STATES = frozenset(
    {"country", "government", "nation", "army", "military", "forces", "troops", "administration"}
)
_ORIGINS = frozenset(
    {"made", "built", "supplied", "backed", "trained", "funded", "armed", "designed", "born"}
    | {"allied", "supported", "sponsored", "equipped"}
)
GIVING = frozenset({"AID", "COOPERATE", "SUPPORT", "CONCEDE", "REQUEST"})
_BORDERS = frozenset({"border", "borders", "frontier", "counterpart", "counterparts"})
_CROSSED = frozenset({"border", "borders", "frontier", "boundary", "crossing"})
_AUTHORITIES = frozenset({"government", "authorities", "regime", "leadership", "administration", "rulers"})
_RULE = frozenset({"regime", "government", "administration"})


def taking_part(analysis: Analysis, part: Range, subject: Phrase | None) -> tuple[str, ...]:
    """The keys of the agents of a clause: its subject's, then the others in the order of the text."""
    return tuple(dict.fromkeys(r.key for r in agents_of(analysis, part, subject)))


def agents_of(analysis: Analysis, part: Range, subject: Phrase | None) -> Iterator[Reference]:
    """Those that the subject stands for, and whoever else the words name."""
    if subject:
        yield from (r for r in subject.references if r.type in AGENTS)
        yield from named_in(analysis, subject.range)
    yield from named_in(analysis, part)


def named_in(analysis: Analysis, part: Range) -> Iterator[Reference]:
    """The agents that a range names, also by "the two countries" or "Russian"."""
    for reference in analysis.references.within(part):
        if reference.type not in AGENTS or _prefixed(analysis, reference) or _made(analysis, reference):
            continue
        if _beside_it(analysis, reference) or _calls_it(analysis, reference):
            continue
        if analysis.serving(reference.range.first) and reference.type != "Person":
            continue  # "X, the president of Serbia": it is X who takes part
        if not _only_where(analysis, reference, part):
            yield _state_of(analysis, reference)
    yield from _seated(analysis, part)
    for index in _pair_starts(analysis, part):
        pair = analysis.pair_at(index)
        yield from (r for r in (pair[1] if pair else ()) if r.type in AGENTS)


def _seated(analysis: Analysis, part: Range) -> Iterator[Reference]:
    """ "the government in Kyiv": the state whose capital it is."""
    for reference in analysis.references.within(part):
        words = analysis.document.lowers(Range(max(0, reference.range.first - 2), reference.range.first))
        seat = words[-1:] == ["in"] and words[0] in _AUTHORITIES and not reference.adjective
        state = analysis.seats.get(reference.key, reference.key if reference.form == "metonym" else "")
        if seat and state.startswith("state/"):
            yield replace(reference, key=state, type="State")


def _calls_it(analysis: Analysis, reference: Reference) -> bool:
    """ "what X calls a special operation": who gives it a name need not take part; "what it calls" may."""
    if reference.form == "pronoun":
        return False
    tokens, before = analysis.document.tokens, reference.range.first - 1
    before -= before > 0 and tokens[before].lower == "the"
    verb = analysis.verb_at(reference.range.last)
    calls = verb is not None and verb.lemma in verb_table().uses.naming
    return calls and before >= 0 and tokens[before].lower == "what"


def _beside_it(analysis: Analysis, reference: Reference) -> bool:
    """ "the Syrian-Turkish border"; "his Russian counterpart X": neither is who takes part."""
    last, tokens = reference.range.last, analysis.document.tokens
    if reference.type != "State":
        return False
    if last + 1 < len(tokens) and tokens[last].text == "-":
        joined = analysis.references.at(last + 1)
        last = joined.range.last if joined and joined.type == "State" else last
    word = tokens[last].lower if last < len(tokens) else ""
    named = analysis.references.at(last + 1) if last + 1 < len(tokens) else None
    return word in _BORDERS and (
        not word.startswith("counter") or (named is not None and named.type == "Person")
    )


def _state_of(analysis: Analysis, reference: Reference) -> Reference:
    """ "his country", "the Smith administration": the state that the person serves."""
    if speaking_army(reference) and (state := body_state(reference.key)):
        return replace(reference, key=state, type="State")
    after, employer = reference.range.last, analysis.employers.get(reference.key, "")
    tokens = analysis.document.tokens
    behind = tokens[after].lower if after < len(tokens) else ""
    owns = reference.form == "pronoun" and behind in _STATES
    if reference.type == "Person" and behind in _RULE:
        owns, employer = True, employer or _ruled(analysis, reference.key)
    served = owns and employer.startswith("state/")
    return replace(reference, key=employer, type="State") if served else reference


def _ruled(analysis: Analysis, person: str) -> str:
    """The one state whose office somebody has held, by the authority data."""
    states = sorted(key for key in analysis.served.get(person, frozenset()) if key.startswith("state/"))
    return states[0] if len(states) == 1 else ""


def _prefixed(analysis: Analysis, reference: Reference) -> bool:
    """ "pro-Russian": those who side with somebody are not them."""
    first, tokens = reference.range.first, analysis.document.tokens
    joined = first > 1 and tokens[first - 1].text == "-" and tokens[first - 1].end == tokens[first].start
    return joined and tokens[first - 2].lower in {"pro", "anti", "ex", "non"}


def _made(analysis: Analysis, reference: Reference) -> bool:
    """ "Iranian-made drones", "US-backed fighters": where arms or help come from."""
    after = reference.range.last
    words = analysis.document.lowers(Range(after, min(after + 2, len(analysis.document.tokens))))
    return words[:1] == ["-"] and words[1:2] != [] and words[1] in _ORIGINS


def heads_of(analysis: Analysis, part: Range) -> Iterator[str]:
    """ "the presidents of X and Y": those whom the text gives as such, wherever it does."""
    heads = event_table().words.heads_of_state
    if heads.isdisjoint(analysis.document.lowers(part)):
        return
    states = {r.key for r in analysis.references.within(part) if r.type == "State"}
    for held in analysis.appointments:
        if held.holder and held.of in states and not heads.isdisjoint(held.words.lower().split()):
            yield held.holder.key


def _pair_starts(analysis: Analysis, part: Range) -> Iterable[int]:
    return (i for i in range(part.first, part.last) if analysis.pair_at(i)) if analysis.pairs else ()


def _people_from(analysis: Analysis, index: int) -> bool:
    """Whether a noun for several people stands before "from"."""
    before, words = analysis.document.tokens[index - 1], event_table().words
    if before.lower in words.sides | words.actors | words.forces | words.state_forces:
        return True
    verbal = any(verb.last == index for verb in analysis.verbs_in(Range(max(0, index - 3), index)))
    opens = index - 1 == analysis.document.sentence(index).first
    return opens and before.lower.endswith("s") and not verbal


def _only_where(analysis: Analysis, reference: Reference, part: Range) -> bool:
    """ "in Qatar", "to the Saudi city": a state that says where, not who."""
    if reference.type != "State":
        return False
    tokens = analysis.document.tokens
    index = reference.range.first - 1
    while index >= part.first and tokens[index].lower in grammar().determiners:
        index -= 1
    if index < part.first - 1 or index < 0:
        return False
    if tokens[index].lower in {"and", "or", "between"}:
        return _there_too(analysis, index, part)
    if tokens[index].lower not in _WHERE:
        return False
    if tokens[index].lower == "from" and _people_from(analysis, index):
        return False  # "delegations from X"
    if not reference.adjective:
        if tokens[index].lower == "at":
            return False  # "fired at X"
        after = reference.range.last
        owns = after < len(tokens) and tokens[after].lower in grammar().possessive_marks
        return not owns or tokens[index].lower in {"in", "at"}
    return tokens[index].lower in {"in", "at"}


def _there_too(analysis: Analysis, index: int, part: Range) -> bool:
    """ "air strikes in X and Y", "the crossing between X and Y": the second says where, too."""
    tokens = analysis.document.tokens
    if tokens[index].lower == "between":
        return not _CROSSED.isdisjoint(analysis.document.lowers(Range(max(0, index - 2), index)))
    before = analysis.references.at(index - 1)
    listed = before is not None and before.range.last == index and before.range.first > part.first
    return before is not None and listed and not before.adjective and _only_where(analysis, before, part)


def presence(analysis: Analysis, part: Range) -> int | None:
    """ "in the presence of": those behind it only look on."""
    words = analysis.document.lowers(part)
    return part.first + words.index("presence") if "presence" in words else None
