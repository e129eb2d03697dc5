"""Values that a reader may give: their kinds, what is taken for each, and the RDF term that it becomes.

A value is never pasted into a query: it is read as a term of its kind, and that term is written as SPARQL
has it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date as Day

import pyoxigraph as ox

_XSD = "http://www.w3.org/2001/XMLSchema#"
_KEY = re.compile(r"[a-z][a-z-]*/[^\s/<>\"{}|\\^`]+")  # of a thing, such as person/ilham-aliyev
_SCRIPTS = ("javascript", "vbscript", "data")  # schemes of what runs in a browser
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"-?\d{1,15}")  # exact in every language that reads JSON
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")  # RFC 4647, section 2.1


class WrongValue(ValueError):
    """A value that its parameter does not take; `parameter` is the name of that, `mend` what to write."""

    def __init__(self, parameter: str, value: str, mend: str) -> None:
        super().__init__(f"{parameter}={value[:80]!r} is not taken: {mend}")
        self.parameter, self.mend = parameter, mend


@dataclass(frozen=True)
class Parameter:
    """A value that a reader may give; values are what people write, and `default` and `example` are such.

    `kind` is a name of KINDS. Without a default nothing is asked of the rows where no value is given.
    `choices` are the values of an enumeration: IRIs that begin with `space`, or plain strings where that is
    empty. `least` and `most` bound an integer, `longest` the characters of any value.
    """

    name: str
    kind: str
    description: str
    default: str | None = None
    example: str | None = None
    choices: tuple[str, ...] = ()
    space: str = ""
    least: int | None = None
    most: int | None = None
    longest: int = 1000

    def term(self, value: str, base: str = "") -> ox.NamedNode | ox.Literal:
        """The term that a value stands for; `base` is what the IRIs of things begin with, before `id/`.

        Raises:
            WrongValue: for a value that is none of this kind.
        """
        if len(value) > self.longest:
            raise WrongValue(self.name, value, f"give at most {self.longest:,} characters")
        try:
            return KINDS[self.kind](self, value, base)
        except (UnicodeError, ValueError) as error:
            raise WrongValue(self.name, value, str(error)) from None


def _iri(_: Parameter, value: str, base: str) -> ox.NamedNode:
    try:
        if value.partition(":")[0].lower() in _SCRIPTS:
            raise ValueError
        return ox.NamedNode(f"{base}id/{value}" if base and _KEY.fullmatch(value) else value)
    except ValueError:
        raise ValueError("give an absolute IRI, or a key such as person/ilham-aliyev") from None


def _string(_: Parameter, value: str, __: str) -> ox.Literal:
    value.encode()  # for what it raises: halves of characters come from terminals
    return ox.Literal(value)


def _date(_: Parameter, value: str, __: str) -> ox.Literal:
    try:
        if _DAY.fullmatch(value) and Day.fromisoformat(value):
            return ox.Literal(value, datatype=ox.NamedNode(f"{_XSD}date"))
    except ValueError:
        pass
    raise ValueError("give a day of the calendar as YYYY-MM-DD")


def _integer(parameter: Parameter, value: str, _: str) -> ox.Literal:
    if not (_NUMBER.fullmatch(value) and value.isascii()) or not _within(parameter, int(value)):
        raise ValueError(f"give a whole number in digits{_bounds(parameter)}")
    return ox.Literal(str(int(value)), datatype=ox.NamedNode(f"{_XSD}integer"))


def _bounds(parameter: Parameter) -> str:
    told = [
        f"of at {word} {bound:,}"
        for word, bound in (("least", parameter.least), ("most", parameter.most))
        if bound is not None
    ]
    return f" {' and '.join(told)}" if told else ""


def _within(parameter: Parameter, number: int) -> bool:
    least, most = parameter.least, parameter.most
    return (least is None or number >= least) and (most is None or number <= most)


def _language(_: Parameter, value: str, __: str) -> ox.Literal:
    if not _LANGUAGE.fullmatch(value):
        raise ValueError("give a language tag such as en or fr-CA")
    return ox.Literal(value.lower())


def _enumeration(parameter: Parameter, value: str, _: str) -> ox.NamedNode | ox.Literal:
    if value not in parameter.choices:
        raise ValueError(f"give one of {', '.join(parameter.choices)}")
    return ox.NamedNode(parameter.space + value) if parameter.space else ox.Literal(value)


KINDS: Mapping[str, Callable[[Parameter, str, str], ox.NamedNode | ox.Literal]] = {
    "iri": _iri,
    "string": _string,
    "date": _date,
    "integer": _integer,
    "language": _language,
    "enumeration": _enumeration,
}
