"""What somebody demands before talks: "only if …", "as a precondition for talks", "before any talks"."""

import itertools
from collections.abc import Iterator

from kg.identifiers import digest
from kg.model import Precondition, Proposition, Statement
from kg.reading.lasting.told import Talks, Told
from kg.reading.statements.conditions import conditional_parts
from kg.reading.text.tokens import Range
from kg.reading.words.lasting import lasting_table
from kg.reading.words.nouns import noun_table

_AGENTS = frozenset({"state", "organisation", "group", "person"})  # kinds of keys
_GOVERNED = 7  # tokens between a verb and the word for talks
_REACH = 5  # tokens between "before" or "precondition for" and the word for talks


def preconditions(told: Told) -> Iterator[Precondition]:
    """One for each statement that sets a demand before talks or an agreement that the text tells of."""
    if not told.talks:
        return
    stated = {p.key: p for p in told.reading.propositions}
    for said in told.reading.statements:
        demands = _demands(told, said)
        before = _before(told, said) if demands and said.speakers else None
        if before is not None:
            yield _precondition(told, said, before, [stated[key] for key in demands])


def _demands(told: Told, said: Statement) -> tuple[str, ...]:
    """The conditions of taking part, or all that is demanded to come first."""
    parts = [told.analysis.tokens_of(span) for span in said.content]
    if said.conditions and any(_talks_outside(told, part) for part in parts):
        return said.conditions
    first = said.stance in lasting_table().precondition.stances and any(_first(told, p) for p in parts)
    return said.propositions if first and said.polarity == "positive" else ()


def _talks_outside(told: Told, part: Range) -> bool:
    """Whether taking part in talks, or concluding or keeping what was agreed, depends on a condition."""
    analysis = told.analysis
    conditions = [c for c in conditional_parts(analysis, part) if not _purpose(told, c)]
    sentences = [analysis.document.sentence(c.first) for c in conditions]
    heads = analysis.document.positions(noun_table().talks.heads | noun_table().talks.agreements, part)
    return any(
        any(head in sentence for sentence in sentences)
        and not any(head in condition for condition in conditions)
        and _taken_part_in(told, head, conditions)
        for head in heads
    )


def _taken_part_in(told: Told, head: int, conditions: list[Range]) -> bool:
    """ "would return to the talks", "talks would resume"."""
    near = Range(max(0, head - _GOVERNED), head + _GOVERNED)
    verbs = told.analysis.verbs_in(near)
    return any(
        verb.lemma in lasting_table().precondition.taking
        for verb in verbs
        if not any(verb.main in condition for condition in conditions)
    )


def _purpose(told: Told, condition: Range) -> bool:
    """ "if it is to give them up": what is wanted, and no condition."""
    words = told.analysis.document.lowers(condition)
    pairs = set(itertools.pairwise(words))
    return bool(pairs & {("is", "to"), ("are", "to"), ("was", "to"), ("were", "to")})


def _first(told: Told, part: Range) -> bool:
    """ "before any talks", "a precondition for talks"."""
    table, document = lasting_table().precondition, told.analysis.document
    wanted = noun_table().talks.heads | noun_table().talks.agreements
    for index in document.positions(table.before | table.nouns, part):
        behind = document.lowers(Range(index + 1, min(index + 1 + _REACH, part.last)))
        if document.tokens[index].lower in table.nouns and behind[:1] and behind[0] not in table.leading:
            continue
        at = next((i for i, word in enumerate(behind) if word in wanted), None)
        if at is not None and set(behind[:at]) <= table.between:
            return True
    return False


def _before(told: Told, said: Statement) -> Talks | None:
    """The only talks of its words, else of the text, in which its speaker has a part."""
    near = told.talks_in(said.content)
    sides = {*said.speakers, *(told.served(key) for key in said.speakers)}
    own = [t for t in (near or told.talks) if sides & set(t.parties) or not t.parties]
    return own[0] if len(own) == 1 else None


def _precondition(told: Told, said: Statement, before: Talks, demands: list[Proposition]) -> Precondition:
    of = {p.subject for p in demands} - set(said.speakers)
    asked = tuple(sorted(key for key in of if key.split("/")[0] in _AGENTS))
    keys = tuple(p.key for p in demands)
    return Precondition(
        f"precondition/{digest(said.key, before.key, *keys, length=10)}",
        f"{told.label(*said.speakers)}, first: {demands[0].label}",
        before.key,
        said.speakers,
        keys,
        said.key,
        said.evidence,
        demanded_of=asked,
    )
