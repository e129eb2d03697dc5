"""The questions that the graph answers and the checks that it must pass, as SPARQL that any tool can run.

A file opens with header lines, which SPARQL reads as comments:

    #+ summary: One sentence that says what the rows are.
    #+ question: CQ02
    #+ param: speaker iri The person or state that speaks.
    #+ example: speaker person/ilham-aliyev
    #+ param: stance enumeration How the speaker stands to it.
    #+ choices: stance val:stance- accuse deny

`question` is left out where the query answers none of the competency questions. Checks of the ontology have
`severity` (critical, important or minor), `source`, the catalogue that they follow, and some `principle`, the
FAIR principle that they serve, instead. The second word of a `param` is its kind, a name of
`queries.parameters.KINDS`; it is a variable of the query. A default stands in the text, as one term in
`VALUES ?speaker { "Ilham Aliyev" }`; without one the variable is free until a value is given, which then goes
into a VALUES block at the start of `WHERE {`. So the file runs as it stands.

So that a query goes from a value to its things, rather than through all things to those that have it, it may
hold a line that is a comment until there is a value:

    #| speaker: VALUES ?speaker { $speaker } ?statement parley:hasSpeaker ?speaker .

Once a value is given for `speaker`, what follows the colon is part of the query, with the value for
`$speaker`; where none is, the line is gone. `#| from|to:` counts with a value for any of both. A parameter
that has such lines goes into no VALUES block of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import product

from queries.parameters import KINDS, Parameter, WrongValue

__all__ = ["Parameter", "Query", "WrongValue", "checks", "counted", "load", "ontology", "paged", "parse"]

_HEADER = re.compile(r"^#\+ (?P<field>[a-z]+): (?P<value>\S.*)$")
_FIELDS = ("summary", "question", "param", "example", "choices", "severity", "source", "principle")
_TERM = r'(?P<term>"(?P<value>[^"\\\n]*)"(?:\^\^[\w:]+)?|(?P<number>\d+))(?= \})'
_START = re.compile(r"\bWHERE \{\n")
_SELECT = re.compile(r"^SELECT\b", re.MULTILINE)
_WHERE_GIVEN = re.compile(r"^(?P<indent> *)#\| (?P<names>\w+(\|\w+)*): (?P<pattern>.*\n)", re.MULTILINE)
_PREFIX = re.compile(r"^PREFIX (?P<prefix>\w*): <(?P<iri>[^>]*)>$", re.MULTILINE)


@dataclass(frozen=True)
class Query:
    """One `.rq` file: `name` is the file's name without its ending, `text` runs as it stands."""

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    text: str
    question: str | None = None
    severity: str | None = None
    source: str | None = None
    principle: str | None = None

    def bind(self, base: str = "", /, **values: str | Sequence[str]) -> str:
        """The text with these values for its parameters; an empty one is none, of several each may hold.

        `base` is what the IRIs of things begin with, before `id/`: with it a key stands for its thing.

        Raises:
            WrongValue: for a value that its parameter does not take.
            ValueError: for a value whose parameter the query does not have, and for several where one has a
                default.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        text, free = self.text, dict[str, tuple[str, ...]]()
        for name in filter(values.get, values):
            if name not in known:
                has = ", ".join(known) or "none"
                raise ValueError(f"query {self.name} has no parameter {name}: its parameters are {has}")
            given = values[name]
            terms = tuple(
                str(known[name].term(one, base)) for one in ((given,) if isinstance(given, str) else given)
            )
            default = _default(name).search(text)
            if default is None:
                free[name] = terms
            else:
                (term,) = terms
                text = text[: default.start("term")] + term + text[default.end("term") :]
        return _narrowed(text, free)


def _narrowed(text: str, terms: Mapping[str, Sequence[str]]) -> str:
    """The text with these terms for variables that it leaves free."""
    if others := [name for name in terms if name not in _where_given(text)]:
        names = " ".join(f"?{name}" for name in others)
        rows = " ".join(f"({' '.join(row)})" for row in product(*(terms[name] for name in others)))
        start = _START.search(text)
        assert start  # `parse` has seen to it
        text = f"{text[: start.end()]}  VALUES ({names}) {{ {rows} }}\n{text[start.end() :]}"
    return _WHERE_GIVEN.sub(lambda line: _given(line, terms), text)


def _where_given(text: str) -> set[str]:
    """The parameters for which there are lines that count where a value is given."""
    return {name for found in _WHERE_GIVEN.finditer(text) for name in found["names"].split("|")}


def _given(line: re.Match[str], terms: Mapping[str, Sequence[str]]) -> str:
    """A line that counts where a value is given, with that value; nothing where none is."""
    there = [name for name in line["names"].split("|") if name in terms]
    pattern = line["pattern"]
    for name in there:
        pattern = re.sub(rf"\${name}\b", lambda _, name=name: " ".join(terms[name]), pattern)
    return line["indent"] + pattern if there else ""


def paged(text: str, limit: int, offset: int = 0) -> str:
    """A query that orders its rows, for some of them only."""
    return f"{text.rstrip()}\nLIMIT {limit} OFFSET {offset}\n"


def counted(text: str) -> str:
    """A query for how many rows another one has, as `?n`; that one ends with its ORDER BY."""
    start = _SELECT.search(text)
    assert start
    unordered = text[start.start() :].rpartition("\nORDER BY")[0]
    return f"{text[: start.start()]}SELECT (COUNT(*) AS ?n) WHERE {{\n{unordered}\n}}\n"


def load() -> dict[str, Query]:
    """The shipped queries by name, in alphabetical order.

    Raises:
        ValueError: for a file whose header breaks the rules above.
    """
    return dict(_shipped())


@cache
def _shipped() -> dict[str, Query]:
    """What `load` gives, read once: pages ask for it each time, and it takes milliseconds."""
    return _folder(files(__name__))


def checks() -> dict[str, Query]:
    """The queries whose rows are failures of the graph, by name, in alphabetical order.

    Raises:
        ValueError: as `load` does.
    """
    return _folder(files(__name__) / "checks")


def ontology() -> dict[str, Query]:
    """The queries whose rows are failures of an ontology, by the name of the test or pitfall they follow.

    Raises:
        ValueError: as `load` does.
    """
    return _folder(files(__name__) / "ontology")


def dataset() -> dict[str, Query]:
    """The queries whose rows are failures of the description of a data set, by the metric they follow.

    Raises:
        ValueError: as `load` does.
    """
    return _folder(files(__name__) / "dataset")


def parse(name: str, text: str) -> Query:
    """The query in one file's text.

    Raises:
        ValueError: for an unknown header field, a missing summary, or a parameter that is not declared whole.
    """
    fields = list(_fields(name, text))
    summaries = [value for field, value in fields if field == "summary"]
    if len(summaries) != 1:
        raise ValueError(f"{name}.rq has {len(summaries)} summaries: give one line '#+ summary: …'")
    told = dict(fields)
    optional = (told.get(field) for field in ("question", "severity", "source", "principle"))
    return Query(name, summaries[0], tuple(_parameters(name, fields, text)), text, *optional)


def _folder(folder: Traversable) -> dict[str, Query]:
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    stems = [name.removesuffix(".rq") for name in names if name.endswith(".rq")]
    return {stem: parse(stem, (folder / f"{stem}.rq").read_text("utf-8")) for stem in stems}


def _fields(name: str, text: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#+"):
            continue
        match = _HEADER.match(line)
        if match is None or match["field"] not in _FIELDS:
            wanted = "write " + ", ".join(f"'#+ {field}: …'" for field in _FIELDS)
            raise ValueError(f"{name}.rq, line {number}: not a header line; {wanted}")
        yield match["field"], match["value"]


def _parameters(query: str, fields: list[tuple[str, str]], text: str) -> Iterator[Parameter]:
    examples = dict(value.split(" ", 1) for field, value in fields if field == "example")
    choices = dict(value.split(" ", 1) for field, value in fields if field == "choices")
    told = [value.split(" ", 2) for field, value in fields if field == "param"]
    strange = (examples.keys() | choices.keys() | _where_given(text)) - {name for name, *_ in told}
    if strange:
        raise ValueError(
            f"{query}.rq: there are examples, choices or patterns, and no param, for {', '.join(strange)}"
        )
    for name, *rest in told:
        yield _parameter(query, name, rest, examples.get(name), choices.get(name), text)


def _parameter(
    query: str, name: str, rest: list[str], example: str | None, choices: str | None, text: str
) -> Parameter:
    if len(rest) != 2 or rest[0] not in KINDS:
        raise ValueError(f"{query}.rq: parameter {name} needs a kind ({', '.join(KINDS)}) and a description")
    kind, description = rest
    default = _default(name).search(text)
    free = re.search(rf"\?{re.escape(name)}\b", text) and _START.search(text)
    if not (default or free or name in _where_given(text)):
        raise ValueError(
            f'{query}.rq: parameter {name} needs a default, VALUES ?{name} {{ "…" }}, '
            "or a variable of its name below a line that ends with 'WHERE {'"
        )
    space, values = _choices(choices.split(), text) if choices else ("", ())
    if (kind == "enumeration") != bool(values):
        raise ValueError(f"{query}.rq: an enumeration, and nothing else, needs a line '#+ choices: {name} …'")
    written = (default["value"] if default["number"] is None else default["number"]) if default else None
    return Parameter(name, kind, description, written, example or written, values, space)


def _choices(words: list[str], text: str) -> tuple[str, tuple[str, ...]]:
    """What their IRIs begin with, which comes first as prefix and start of a name, and the choices."""
    prefix, colon, begins = words[0].partition(":")
    if not colon:
        return "", tuple(words)
    spaces = {found["prefix"]: found["iri"] for found in _PREFIX.finditer(text)}
    if prefix not in spaces:
        raise ValueError(f"the choices {words[0]}… need the query to declare PREFIX {prefix}:")
    return spaces[prefix] + begins, tuple(words[1:])


def _default(name: str) -> re.Pattern[str]:
    return re.compile(rf"VALUES \?{re.escape(name)} \{{ {_TERM}")
