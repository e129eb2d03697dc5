"""`parley evaluate`: how well the reader does on texts of which a person wrote down what they tell."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from kg import authority
from kg.errors import EvaluationError
from kg.evaluation import Evaluation, Folder, Scored, evaluate
from kg.evaluation.items import Item
from kg.model import Source
from kg.vocab import DEFAULT_BASE, Base
from server.commands.options import plural
from server.commands.tables import render

_HELP = """Score the reader on a folder of texts with gold: NAME.txt or NAME.md with NAME.gold.json, and
NAME.meta.json for title, publisher and date. Gold is what a person read in the text beforehand.

Precision, recall and F1 are shown for each kind, micro-averaged over the texts; n counts items in the gold.
With --json they go to standard output as {kind: {precision, recall, f1, n}}, and the rest to standard error.

\b
Examples:
  parley evaluate gold
  parley evaluate gold --misses 5
  parley evaluate gold --json
"""
_QUOTED = 120  # characters of an item's words that are shown


@click.command("evaluate", help=_HELP, short_help="Score the reader on texts with gold.")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
@click.option("--misses", type=click.IntRange(0), default=0, metavar="N", help="List up to N misses a kind.")
def evaluate_(folder: Path, as_json: bool, misses: int) -> None:
    found = Folder.of(folder)
    if found.without_gold:
        names = ", ".join(file.name for file in found.without_gold)
        click.echo(f"{plural(len(found.without_gold), 'text')} without gold left out: {names}", err=True)
    result = _evaluated(found)
    for error in result.errors:
        click.echo(f"parley: {error}", err=True)
    if not result.scored:
        raise EvaluationError("no text could be scored", str(folder), "Put texts beside the gold")
    if as_json:
        figures = {kind: asdict(one) for kind, one in result.figures().items()}
        click.echo(json.dumps(figures, indent=2))
    else:
        click.echo(table(result))
    for line in (*summary(result), *_misses(result, misses)):
        click.echo(line, err=as_json)
    if result.errors:
        raise click.exceptions.Exit(1)


def _evaluated(folder: Folder) -> Evaluation:
    from kg.reading import Index, read  # takes a second, which `parley --help` need not

    lexicon = authority.lexicon(Base(DEFAULT_BASE))
    index = Index.of(lexicon)
    return evaluate(folder, lambda source: read(source, index), lexicon)


def table(result: Evaluation) -> str:
    """One row for each kind."""
    rows = [
        (kind.replace("_", " "), f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}", f"{one.n:,}")
        for kind, one in result.figures().items()
    ]
    return render(("kind", "precision", "recall", "F1", "n"), rows)


def summary(result: Evaluation) -> Iterator[str]:
    """What is counted apart, a line each."""
    hit, traps = result.traps()
    scored, missing = len(result.scored), len(result.not_here)
    yield f"{plural(scored, 'text')} scored" + (
        f", {missing} not here: " + ", ".join(result.not_here) if missing else ""
    )
    if traps:
        yield f"{hit} of {plural(traps, 'trap')} hit"
    yield f"{result.speed():.1f} texts a second, {result.peak / 2**20:.0f} MB of memory at most"
    if result.unknown:
        shown = (f"{kind} {value!r} ({count}×)" for (kind, value), count in sorted(result.unknown.items()))
        yield f"values without a match in ours, not scored: {', '.join(shown)}"


def _misses(result: Evaluation, most: int) -> Iterator[str]:
    """For each kind those that were missed, then those that are spurious, the longest first."""
    if not most:
        return
    for kind in result.figures():
        for what in ("missed", "spurious"):
            found = [
                (one, item)
                for one in result.scored
                if kind in one.comparison.outcomes
                for item in getattr(one.comparison.outcomes[kind], what)
            ]
            found.sort(key=lambda pair: -sum(span.end - span.start for span in pair[1].spans))
            if found:
                yield f"\n{kind.replace('_', ' ')} {what} ({min(most, len(found))} of {len(found)})"
            yield from (_shown(one, item) for one, item in found[:most])


def _shown(one: Scored, item: Item) -> str:
    words = " … ".join(_words(one.source, span.start, span.end) for span in item.spans)
    return f"  {one.name}: {item.told()} “{words[:_QUOTED]}” [{item.spans[0].start if item.spans else ''}]"


def _words(source: Source, start: int, end: int) -> str:
    return " ".join(source.text[start:end].split())
