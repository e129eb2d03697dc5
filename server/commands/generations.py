"""`parley generations` and `parley rollback`: the states that are kept of a graph, and the way back."""

from datetime import UTC, datetime

import click

from kg.errors import StoreError
from kg.generation import Generation
from kg.generations import Generations
from server.commands import folders, options, tables

_GENERATIONS = """List the states that are kept of a graph, newest last: what made each, and which is served.

A built graph has one for each build that changed it, a writable store one for each change.

\b
Examples:
  parley generations
  parley generations --store ~/annotations
"""

_ROLLBACK = """Serve a former state again, by default the one before. A running server follows at once.

GENERATION is a number or a version of `parley generations`. The state that is left is kept as well, so that
one can go back to it. The texts of a built graph stay what they are: the next build has them all again.

\b
Examples:
  parley rollback
  parley rollback 41 --store ~/annotations
  parley rollback --back 2
"""


@click.command(help=_GENERATIONS, short_help="List the states that are kept of a graph.")
@folders.either
def generations(folder: Generations) -> None:
    current = (
        folder.current_version() or folder.current().version
    )  # which says what to do where there is none
    rows = [_row(one, one.version == current) for one in folder.generations()]
    click.echo(tables.render(("", "number", "version", "since", "triples", "made by"), rows))


@click.command(help=_ROLLBACK, short_help="Serve a former state of a graph again.")
@click.argument("generation", required=False)
@click.option("--back", type=click.IntRange(1), metavar="K", help="How many states before the current one.")
@folders.either
def rollback(generation: str | None, back: int | None, folder: Generations) -> None:
    if generation and back:
        raise click.UsageError("Name a GENERATION, or how far to go --back, not both.")
    before = folder.current_version()
    if before is None:
        folder.current()  # says what to do
    wanted = _named(folder, generation) if generation else _earlier(folder, before, back or 1)
    if wanted == before:
        click.echo(f"Nothing to do: version {wanted} is served already")
        return
    found = folder.rollback(wanted)
    triples = options.plural(found.manifest["triples"], "triple")
    click.echo(f"Back to version {found.version}: {triples}. To undo this: parley rollback {before}")


def _row(generation: Generation, current: bool) -> tuple[str, ...]:
    manifest = generation.manifest
    when = datetime.fromtimestamp(generation.since, UTC).isoformat(" ", "seconds").removesuffix("+00:00")
    return (
        "→" if current else "",
        str(manifest.get("number", "")),
        generation.version,
        f"{when} UTC",
        f"{manifest['triples']:,}",
        manifest.get("change") or options.plural(len(manifest["built_from"]), "text"),
    )


def _named(folder: Generations, given: str) -> str:
    """The one version that has this number, or begins so."""
    kept = folder.generations()
    found = [one.version for one in kept if given in (str(one.manifest.get("number")), one.version)]
    found = found or [one.version for one in kept if one.version.startswith(given)]
    if len(found) != 1:
        what = f"{len(found) or 'no'} versions that are kept have the number or start {given}"
        raise StoreError(what, str(folder.path), "See them with: parley generations")
    return found[0]


def _earlier(folder: Generations, version: str | None, steps: int) -> str:
    """What the version was made from, and that, and so on; of a built graph, what was served before it."""
    kept = {one.version: one for one in folder.generations()}
    order = [name for name in kept if name != version]
    for _ in range(steps):
        made = kept.get(version or "")
        before = order.pop() if order else None
        version = made.manifest["parent"] if made and "parent" in made.manifest else before
        if version not in kept:
            what = f"what was there {options.plural(steps, 'state')} before the current one is not kept"
            raise StoreError(what, str(folder.path), "See what is kept with: parley generations")
    return str(version)
