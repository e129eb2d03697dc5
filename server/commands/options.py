"""Options and arguments that several commands share."""

import os
import re
import sys
from collections.abc import Callable
from datetime import date as Day
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from kg.vocab import Base

_BASE = re.compile(r"""https?://[^\s/?#<>"{}|\\^`]+/(?:[^\s?#<>"{}|\\^`]*/)?""")
Command = TypeVar("Command", bound=Callable[..., Any])


class _Day(click.ParamType[Day]):
    """A day written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Day:
        try:
            return value if isinstance(value, Day) else Day.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day that exists, written YYYY-MM-DD", param, ctx)


class _BaseIri(click.ParamType["Base"]):
    """An http or https address that instances can be put below."""

    name = "IRI"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> "Base":
        from kg.vocab import Base  # takes a tenth of a second, which few calls need

        if not _BASE.fullmatch(value):
            self.fail(f"{value!r} is not an http(s) address that ends with a slash", param, ctx)
        return Base(value)


def citation(command: Command) -> Command:
    """`--date` and `--publisher`, which win over what the files say."""
    date = click.option("--date", type=_Day(), help="When the article was published.")
    publisher = click.option("--publisher", metavar="NAME", help="The outlet that published it.")
    return date(publisher(command))


def base(command: Command) -> Command:
    """`--base IRI`."""
    return click.option("--base", type=_BaseIri(), help="What the IRIs of instances begin with.")(command)


def files(command: Command) -> Command:
    """`PATH…`; whether they exist is for the loader to say."""
    return click.argument("paths", nargs=-1, type=click.Path(path_type=Path))(command)


def plural(count: int, one: str, many: str | None = None) -> str:
    """`1 statement`, `2,000 statements`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def is_terminal() -> bool:
    """Whether a person reads standard output."""
    return os.isatty(sys.stdout.fileno())
