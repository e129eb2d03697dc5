"""What the address of a request gives for the parameters of its route, checked by what they declare.

A field that nobody declares is refused: a mistyped one that is passed over gives an answer that is wrong and
looks right.
"""

from collections.abc import Sequence
from urllib.parse import unquote_to_bytes

from flask import Flask, request

from queries.parameters import Parameter, WrongValue
from server.called import called
from server.problems import Problem

FORMAT = "format"  # read by `server.choice`
LIMIT = Parameter("limit", "integer", "How many rows to give at most.", example="20", least=1, most=10_000)
OFFSET = Parameter(
    "offset", "integer", "How many rows to leave out first.", example="0", least=0, most=1_000_000_000
)


def register(app: Flask) -> None:
    """Refuse addresses whose fields are no text, which would be read with other signs in place of theirs."""
    app.before_request(_refuse_no_text)


def _refuse_no_text() -> None:
    try:
        unquote_to_bytes(request.query_string).decode()
    except UnicodeDecodeError:
        detail = "What stands after ? in the address is no UTF-8. Write it as UTF-8, then as %XX."
        raise Problem(400, detail, kind="wrong-value") from None


def read(parameters: Sequence[Parameter], base: str = "") -> dict[str, str]:
    """The values by name; an empty one is none, as forms send it.

    Raises Problem 400: for an unknown field, one that comes twice, and a value that is not taken.
    """
    known = {parameter.name: parameter for parameter in parameters}
    given: dict[str, str] = {}
    for name, value in request.args.items(multi=True):
        if name not in known and name != FORMAT:
            raise _unknown(name, [*known, FORMAT])
        if name in given:
            detail = f"{name} comes twice. Give it once."
            raise Problem(400, detail, kind="repeated-parameter", parameter=name)
        given[name] = value
    given.pop(FORMAT, None)
    return {name: _taken(known[name], value, base) for name, value in given.items() if value}


def whole(values: dict[str, str], parameter: Parameter, otherwise: int) -> int:
    """The number that was given for an integer, or another where none was."""
    return int(values.get(parameter.name, otherwise))


def wrong(fault: WrongValue) -> Problem:
    """What a value that is not taken is over HTTP."""
    return Problem(400, f"{fault}.", kind="wrong-value", parameter=fault.parameter, mend=f"{fault.mend}.")


def _taken(parameter: Parameter, value: str, base: str) -> str:
    try:
        parameter.term(value, base)
    except WrongValue as fault:
        if parameter.kind != "iri" or not base or "/" in value:
            raise wrong(fault) from None
        return _meant(fault, value)
    return value


def _meant(fault: WrongValue, value: str) -> str:
    """The key of what is called so; people write names. Raises Problem 400: where it is not one thing."""
    key, others = called(value)
    if key:
        return key
    mend = fault.mend
    if others:
        mend = f"give one of {', '.join(f'{one.key} ({one.label})' for one in others)}, or another key or IRI"
    mend = f"{mend[0].upper()}{mend[1:]}."
    detail = f"{fault.parameter}={value[:80]!r} is the name of no one thing. {mend}"
    raise Problem(400, detail, kind="wrong-value", parameter=fault.parameter, mend=mend)


def _unknown(name: str, known: Sequence[str]) -> Problem:
    detail = f"There is no parameter {name[:80]!r} here. There is: {', '.join(known)}."
    return Problem(400, detail, kind="unknown-parameter", parameter=name[:80], known=[*known])
