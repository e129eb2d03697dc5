"""`parley query`: ask the graph, by a shipped question, a file, or standard input."""

import difflib
import sys
from pathlib import Path

import click
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    Triple,
    parse_query_results,
)

import queries
from kg.errors import QueryError
from kg.formats import RDF_FORMATS, RESULT_FORMATS, find
from kg.store import DataFolder
from kg.vocab import PREFIXES, Base
from server.commands import folders, options, tables
from server.engine.contract import Answer, Formats, Question
from server.engine.local import StoreEngine

_HELP = """Ask the graph. QUERY is a file with SPARQL, `-` for standard input, or the name of a shipped
question; without it, the questions are listed. All named graphs count as one, unless the query says FROM.

\b
Examples:
  parley query
  parley query refused-rounds
  parley query statements-by-speaker --param name="Ilham Aliyev" --param stance=refuse
  parley query refused-rounds --param refuser=person/ilham-aliyev --limit 10
  parley query my-question.rq --format csv > answer.csv
  echo 'SELECT (COUNT(*) AS ?n) {?s ?p ?o}' | parley query -
"""
_ALL = 1_000_000_000  # rows


@click.command(help=_HELP, short_help="Ask the graph.")
@click.argument("query", required=False)
@click.option(
    "--param",
    "parameters",
    metavar="NAME=VALUE",
    multiple=True,
    help="A value for the question; an unknown name lists its parameters.",
)
@click.option("--limit", type=click.IntRange(1), help="How many rows of the question to give at most.")
@click.option("--offset", type=click.IntRange(0), default=0, help="How many rows of it to leave out first.")
@click.option("--format", "spelling", metavar="NAME", help="table, csv, tsv, json, xml, turtle, ntriples, …")
@folders.data
def query(
    query: str | None,
    parameters: tuple[str, ...],
    limit: int | None,
    offset: int,
    spelling: str | None,
    folder: DataFolder,
) -> None:
    if query is None:
        click.echo(tables.render(("query", "what its rows are"), _questions()))
        return
    text = _text(query, dict(map(_parameter, parameters)), folder)
    if limit is not None or offset:
        text = _part(query, text, limit or _ALL, offset)
    wanted = spelling or ("table" if options.is_terminal() else "csv")
    answer = StoreEngine(folder).ask(Question(text, _formats(wanted)))
    if spelling and wanted != "table" and spelling.strip().lower() not in answer.format.spellings:
        raise QueryError(
            f"the answer cannot be written as {spelling}", query, f"Use {answer.format.name}, say"
        )
    if wanted == "table" and answer.format in RESULT_FORMATS:
        click.echo(_table(answer, folder.current().base))
    else:
        sys.stdout.buffer.write(answer.body)


def _questions() -> list[tuple[str, str]]:
    return [(question.name, question.summary) for question in queries.load().values()]


def _parameter(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals:
        raise click.UsageError(f"--param {given}: write it as NAME=VALUE.")
    return name.strip().removeprefix("?"), value


def _part(query: str, text: str, limit: int, offset: int) -> str:
    if query not in queries.load():
        raise click.UsageError("--limit and --offset go with a shipped question: write them into your own.")
    return queries.paged(text, limit, offset)


def _text(query: str, parameters: dict[str, str], folder: DataFolder) -> str:
    """The SPARQL that is meant, with its parameters in place."""
    shipped = queries.load()
    if query in shipped:
        base = folder.current().base.iri if parameters else ""
        try:
            return shipped[query].bind(base, **parameters)
        except ValueError as error:
            raise QueryError(str(error)) from error
    if parameters:
        raise click.UsageError("--param goes with a shipped question only: write the values into your own.")
    return _read(Path(query))


def _read(path: Path) -> str:
    try:
        return (sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()).decode()
    except FileNotFoundError as error:
        near = difflib.get_close_matches(path.name, queries.load(), n=3)
        mend = f"Did you mean: {', '.join(near)}" if near else "List the shipped ones with: parley query"
        raise QueryError("no such file, and no shipped question", str(path), mend) from error
    except UnicodeDecodeError as error:
        raise QueryError("is not text in UTF-8", str(path), "Give SPARQL in UTF-8") from error


def _formats(wanted: str) -> Formats:
    """The wanted syntax for whichever kind of answer it fits; JSON carries a table's terms to us."""
    results = find("json" if wanted == "table" else wanted, RESULT_FORMATS)
    graphs = find(wanted, RDF_FORMATS)
    if wanted != "table" and results is None and graphs is None:
        names = ["table", *(row.name for row in RESULT_FORMATS), *(row.name for row in RDF_FORMATS)]
        raise QueryError(f"no format is called {wanted!r}", mend=f"Use one of: {', '.join(names)}")
    return Formats(results or RESULT_FORMATS[0], graphs or RDF_FORMATS[0])


def _table(answer: Answer, base: Base) -> str:
    found = parse_query_results(answer.body, format=QueryResultsFormat.JSON)
    if isinstance(found, QueryBoolean):
        return "yes" if found else "no"
    names = [variable.value for variable in found.variables]
    rows = [[_shown(solution[name], base) for name in names] for solution in found]
    return f"{tables.render(names, rows)}\n{options.plural(len(rows), 'row')}" if names else "no columns"


def _shown(term: NamedNode | BlankNode | Literal | Triple | None, base: Base) -> str:
    """A term as a person reads it: a literal's text, a key for an instance, a prefixed name for a word."""
    if term is None:
        return ""
    if not isinstance(term, NamedNode):
        return term.value if isinstance(term, Literal) else str(term)
    spaces = {"": base.id("")} | {f"{prefix}:": iri for prefix, iri in PREFIXES.items()}
    for prefix, iri in spaces.items():
        if term.value.startswith(iri):
            return prefix + term.value.removeprefix(iri)
    return term.value
