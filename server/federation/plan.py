"""What a query with calls of SERVICE sends to whom, and the query that is left once these have answered.

`SERVICE <endpoint> { pattern }` becomes a VALUES block with the solutions of `SELECT * { pattern }`, fetched
before: in the algebra both are a multiset of solutions that is joined in that place (SPARQL 1.1 Federated
Query, section 2.4; Query Language, section 10.2). The variables are those of the pattern, answered or not, so
that `SELECT *` shows what it would have shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from server.engine.contract import Question, ServiceRefused, Table
from server.engine.evaluate import failed, refuse_unparsable, resolved, syntax_error
from server.engine.foreign import RESTORE, Told
from server.federation.calls import Call, calls, refuse
from server.federation.policy import Allowed, Policy
from server.nesting import refuse_nested
from server.query_text import read
from server.query_tokens import position


class NotListed(ServiceRefused):
    """A call of an endpoint that is not on the list."""


@dataclass(frozen=True)
class Errand:
    """One call: the query for the endpoint, and the variables to look for in its answer."""

    call: Call
    endpoint: Allowed
    query: str
    variables: tuple[str, ...]


def errands(question: Question, policy: Policy) -> tuple[Errand, ...]:
    """What the query sends to whom; nothing is sent yet, and nothing evaluated.

    Raises TooNested, QuerySyntaxError, ServiceRefused, QueryError.
    """
    text = question.text
    refuse_nested(text)
    refuse_unparsable(text, question.base)
    found = calls(text)
    if len(found) > policy.calls:
        what = f"the query calls SERVICE {len(found)} times, and {policy.calls} are allowed"
        refuse(text, found[policy.calls].start, what, "Ask in several queries")
    endpoints = [_endpoint(question, call, policy) for call in found]
    return tuple(
        _errand(question, call, allowed, policy) for call, allowed in zip(found, endpoints, strict=True)
    )


def nothing(errand: Errand) -> Told:
    """What a call that failed in silence tells: one solution that binds nothing (Federated Query, 2.3)."""
    return Told(f"({' '.join('UNDEF' for _ in errand.variables)})")


def rewritten(text: str, told: Sequence[tuple[Errand, Told]]) -> tuple[str, tuple[Table, ...]]:
    """The text with a VALUES block for each call, in their order, and the rows that go into these."""
    parts, tables, at, length = list[str](), list[Table](), 0, 0
    for errand, answer in told:
        opening, closing = _block(errand.variables, answer.blank)
        parts += (text[at : errand.call.start], opening)
        length += len(parts[-2]) + len(opening)
        tables.append(Table(length, answer.rows))
        parts.append(closing)
        length += len(closing)
        at = errand.call.end
    return "".join((*parts, text[at:])), tuple(tables)


def _block(variables: Sequence[str], blank: frozenset[str]) -> tuple[str, str]:
    """What stands before and after the rows; columns with blank nodes are turned back into these."""
    if not blank:
        return f" VALUES ({' '.join(f'?{name}' for name in variables)}) {{", "} "
    raw = {name: name + "_" * max(map(len, variables)) for name in blank}
    columns = " ".join(f"?{raw.get(name, name)}" for name in variables)
    names = " ".join(f"?{name}" for name in variables)
    back = " ".join(f"BIND(<{RESTORE.value}>(?{raw[name]}) AS ?{name})" for name in sorted(blank))
    return f" {{ SELECT {names} {{ VALUES ({columns}) {{", f"}} {back} }} }} "


def _endpoint(question: Question, call: Call, policy: Policy) -> Allowed:
    prologue = read(question.text).prologue
    iri = resolved(prologue, (call.target,), question.base)[0].value
    allowed = policy.allowed(iri)
    if allowed is None:
        raise NotListed(
            f"SERVICE <{iri}> is not allowed: that endpoint is not on this server's list",
            *position(question.text, call.start),
            "Ask that endpoint yourself, or ask whoever runs this server to allow it",
        )
    return allowed


def _errand(question: Question, call: Call, endpoint: Allowed, policy: Policy) -> Errand:
    base = f"BASE {ox.NamedNode(question.base)}\n" if question.base else ""
    prologue = base + read(question.text).prologue
    query = f"{prologue}SELECT * {call.pattern} LIMIT {policy.rows + 1}"
    return Errand(call, endpoint, query, _variables(f"{prologue}SELECT * {{ {call.pattern} FILTER(false) }}"))


def _variables(query: str) -> tuple[str, ...]:
    """The variables of `SELECT *`; a filter that nothing passes keeps the engine from evaluating the rest."""
    try:
        found = ox.Store().query(query)
    except SyntaxError as error:
        raise syntax_error(query, str(error)) from None
    except (RuntimeError, ValueError) as error:
        raise failed(error) from None
    assert isinstance(found, ox.QuerySolutions)
    return tuple(variable.value for variable in found.variables)
