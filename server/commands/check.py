"""`parley check`: shapes, check queries and consistency of the graph, for a person to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from kg import library
from kg.store import DataFolder
from server.commands import folders
from server.commands.options import plural

if TYPE_CHECKING:
    from kg.violations import Violation

_HELP = """Check the graph: its shapes, the rules in queries/checks, and whether it contradicts itself.

Exit code 1 if a rule is broken; warnings and remarks alone leave it at 0.

\b
Examples:
  parley check
  parley check --data ~/peace-talks
"""
_BROKEN = "violation"


@click.command(help=_HELP, short_help="Check the graph against its rules.")
@folders.data
def check(folder: DataFolder) -> None:
    generation = folder.current()
    from kg.checks import run_checks  # brings pySHACL and owlready2, which no other command needs

    texts = {
        str(generation.base.id(text.source.key)): text.source.text for text in library.load(folder.sources)
    }
    checked = run_checks(generation.open(), generation.base, texts)
    for line in _lines(checked.violations, generation.base.id("")):
        click.echo(line)
    for line in checked.covered:
        click.echo(f"  checked: {line}")
    if any(violation.severity == _BROKEN for violation in checked.violations):
        raise click.exceptions.Exit(1)


def _lines(found: Sequence[Violation], instances: str) -> Iterator[str]:
    """Each fault with its rule, its node and the words at fault; then how many of each severity."""
    for fault in found:
        yield f"{fault.severity}: {fault.message}"
        yield f"  rule {fault.rule}, at {fault.node.removeprefix(instances)}"
        if fault.span:
            yield f"  {fault.span}"
    counts = Counter(fault.severity for fault in found)
    yield ", ".join(plural(count, severity) for severity, count in counts.items()) or "No rule is broken"
