"""`parley evaluate`: how well the reader does on texts of which a person wrote down what they tell."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from kg.errors import EvaluationError
from kg.evaluation import Evaluation, Folder, evaluate
from kg.known import index
from server.commands.misses import misses_of
from server.commands.options import plural
from server.commands.tables import render

_HELP = """Score the reader on a folder of texts with gold: NAME.txt or NAME.md with NAME.gold.json, and
NAME.meta.json for title, publisher and date. Gold is what a person found in the text beforehand.

Precision, recall and F1 are shown for each kind, micro-averaged over the texts; n counts items of the gold.
With --json they go to standard output as {kind: {precision, recall, f1, n}}, and the rest to standard error.
Exit code 1 if a text could not be scored for a fault in it or its gold.

\b
Examples:
  parley evaluate gold
  parley evaluate gold --misses 5
  parley evaluate gold --json > figures.json
"""
_USUAL = 700  # words of an article, for speeds that can be compared


@click.command("evaluate", help=_HELP, short_help="Score the reader on texts with gold.")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
@click.option("--misses", type=click.IntRange(0), default=0, metavar="N", help="List up to N misses a kind.")
def evaluate_(folder: Path, as_json: bool, misses: int) -> None:
    found = Folder.of(folder)
    if found.without_gold:
        _left_out(found.without_gold)
    result = evaluated(found)
    for error in result.errors:
        click.echo(f"parley: {error}", err=True)
    if not result.scored:
        raise EvaluationError("no text could be scored", str(folder), "Put texts beside their gold")
    click.echo(_as_json(result) if as_json else table(result))
    for line in (*summary(result), *misses_of(result, misses)):
        click.echo(line, err=as_json)
    if result.errors:
        raise click.exceptions.Exit(1)


def evaluated(folder: Folder) -> Evaluation:
    """What the reader makes of the texts of the folder, with the authority data that ship."""
    from kg.reading import read  # takes a second, which `parley --help` need not

    known = index()
    return evaluate(folder, lambda source: read(source, known), known.lexicon)


def table(result: Evaluation) -> str:
    """One row for each kind."""
    rows = [
        (kind.replace("_", " "), f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}", f"{one.n:,}")
        for kind, one in result.figures().items()
    ]
    return render(("kind", "precision", "recall", "F1", "n"), rows)


def summary(result: Evaluation) -> Iterator[str]:
    """What is counted apart, a line each: texts, traps, speed and memory, values that no table has."""
    here = f"{plural(len(result.scored), 'text')} scored"
    missing = ", ".join(result.not_here)
    yield f"{here}; {len(result.not_here)} with gold only, text not here: {missing}" if missing else here
    hit, traps = result.traps()
    if traps:
        yield f"{hit} of {plural(traps, 'trap')} hit"
    if result.scored:
        texts, words = result.speed()
        memory = f"{result.peak / 2**20:,.0f} MB of memory at most"
        yield f"{texts:,.1f} texts a second and core, {words / _USUAL:,.1f} of {_USUAL} words; {memory}"
    if result.unknown:
        shown = (f"{kind} {value!r} ({count}×)" for (kind, value), count in sorted(result.unknown.items()))
        yield f"values that stand for none of ours, not scored: {', '.join(shown)}"


def _left_out(texts: Sequence[Path]) -> None:
    names = ", ".join(file.name for file in texts)
    click.echo(f"{plural(len(texts), 'text')} without gold left out: {names}", err=True)


def _as_json(result: Evaluation) -> str:
    return json.dumps({kind: asdict(one) for kind, one in result.figures().items()}, indent=2)
