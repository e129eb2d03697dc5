"""Declarations between the operations of an update, gathered before the first.

pyoxigraph takes PREFIX and BASE at the start of an update only. SPARQL 1.1 has them after each `;` too
(Query Language, section 19.8, production 29).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from server.engine.contract import QuerySyntaxError
from server.query_tokens import position
from server.update_operations import Operation

_GAP = r"(?:\s|\#[^\r\n]*)*"
_DECLARATION = re.compile(rf"(?i:(?P<word>base|prefix)){_GAP}(?P<name>[^\s<\#]*){_GAP}(?P<iri><[^>]*>)")
Move = tuple[int, int, str]


def gathered(text: str, operations: Sequence[Operation]) -> Iterator[Move]:
    """What to write for [start, end) of the text, so that all its declarations stand at its start.

    Raises QuerySyntaxError where one of them means something else than before.
    """
    if not operations or operations[0].prologue == operations[-1].prologue:
        return
    _refuse_other_meanings(text, operations)
    yield 0, operations[0].start, operations[-1].prologue
    for one, two in pairwise(operations):
        if one.prologue != two.prologue:
            yield one.end, two.start, ";\n"


def _refuse_other_meanings(text: str, operations: Sequence[Operation]) -> None:
    """A base that comes late is one, since names before it were read against the base of the request."""
    meant = {"BASE": ""}
    for operation in operations:
        for word, name, iri in _DECLARATION.findall(operation.prologue):
            key = name or word.upper()
            if operation is not operations[0] and meant.get(key, iri) != iri:
                raise QuerySyntaxError(
                    f"{key} gets another meaning here than before, which the engine cannot follow",
                    *position(text, operation.start),
                    "Send the operations as updates of their own",
                )
            meant[key] = iri
