"""The questions that the graph answers and the checks that it must pass, as SPARQL that any tool can run.

A file opens with header lines, which SPARQL reads as comments:

    #+ summary: One sentence that says what the rows are.
    #+ question: CQ02
    #+ param: speaker The name of the person or state that speaks.

`question` is left out where the query answers none of the competency questions. Checks of the ontology have
`severity` (critical, important or minor), `source`, the catalogue that they follow, and some `principle`, the
FAIR principle that they serve, instead. Each `param` has its default in the text, as one literal in
`VALUES ?speaker { "Ilham Aliyev" }`, so that the file runs as it stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable

_HEADER = re.compile(r"^#\+ (?P<field>[a-z]+): (?P<value>\S.*)$")
_FIELDS = ("summary", "question", "param", "severity", "source", "principle")
_LITERAL = r'"(?P<value>[^"\\\n]*)"(?=(?:\^\^[\w:]+)? \})'
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True)
class Parameter:
    """A value of a query that its reader may replace; values are the lexical forms of literals."""

    name: str
    description: str
    default: str


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

    def bind(self, **values: str) -> str:
        """The text with other values for some parameters.

        Raises:
            ValueError: for a value whose parameter the query does not have.
        """
        text = self.text
        for name, value in values.items():
            if name not in {parameter.name for parameter in self.parameters}:
                known = ", ".join(parameter.name for parameter in self.parameters) or "none"
                raise ValueError(f"query {self.name} has no parameter {name}: its parameters are {known}")
            text = _values(name).sub(partial(_replace, _literal(value)), text)
        return text


def load() -> dict[str, Query]:
    """The shipped queries by name, in alphabetical order.

    Raises:
        ValueError: for a file whose header breaks the rules above.
    """
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


def parse(name: str, text: str) -> Query:
    """The query in one file's text.

    Raises:
        ValueError: for an unknown header field, a missing summary, or a parameter without default.
    """
    fields = list(_fields(name, text))
    summaries = [value for field, value in fields if field == "summary"]
    if len(summaries) != 1:
        raise ValueError(f"{name}.rq has {len(summaries)} summaries: give one line '#+ summary: …'")
    parameters = tuple(_parameter(name, value, text) for field, value in fields if field == "param")
    told = dict(fields)
    optional = (told.get(field) for field in ("question", "severity", "source", "principle"))
    return Query(name, summaries[0], parameters, text, *optional)


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


def _parameter(query: str, value: str, text: str) -> Parameter:
    name, _, description = value.partition(" ")
    match = _values(name).search(text)
    if match is None or not description:
        raise ValueError(
            f'{query}.rq: parameter {name} needs a description and a default, VALUES ?{name} {{ "…" }}'
        )
    return Parameter(name, description, match["value"])


def _values(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<before>VALUES \?{re.escape(name)} \{{ ){_LITERAL}")


def _literal(value: str) -> str:
    return '"' + "".join(_ESCAPES.get(character, character) for character in value) + '"'


def _replace(literal: str, match: re.Match[str]) -> str:
    return match["before"] + literal
