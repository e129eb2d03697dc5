"""Options and arguments that several commands share."""

import os
import re
import sys
from collections.abc import Callable
from datetime import date as Day
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from kg.store import KEPT, DataFolder
from kg.vocab import Base
from kg.writable import WritableFolder

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


class _BaseIri(click.ParamType[Base]):
    """An http or https address that instances can be put below."""

    name = "IRI"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Base:
        if not _BASE.fullmatch(value):
            self.fail(f"{value!r} is not an http(s) address that ends with a slash", param, ctx)
        return Base(value)


class _DataFolder(click.ParamType[DataFolder]):
    """The folder that holds texts and graph."""

    name = "DIR"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> DataFolder:
        return value if isinstance(value, DataFolder) else DataFolder(Path(value))


def data(command: Command) -> Command:
    """`--data DIR`, from PARLEY_DATA or `data` where it is not given."""
    return click.option(
        "--data",
        "folder",
        type=_DataFolder(),
        envvar="PARLEY_DATA",
        default="data",
        show_default=True,
        help="Where texts and graph are kept; else $PARLEY_DATA.",
    )(command)


def kept(command: Command) -> Command:
    """`--data DIR`, and `--kept N` for how many generations it keeps."""

    @wraps(command)
    def called(folder: DataFolder, kept: int, **given: Any) -> Any:
        return command(folder=DataFolder(folder.path, kept), **given)

    option = click.option(
        "--kept",
        type=click.IntRange(2, 1000),
        envvar="PARLEY_KEPT",
        default=KEPT,
        show_default=True,
        help="Versions of the graph that are kept; else $PARLEY_KEPT.",
    )
    return cast(Command, data(option(called)))


def either(command: Command) -> Command:
    """`--data DIR` or `--store DIR`, as the folder of generations that is meant."""

    @wraps(command)
    def called(folder: DataFolder, store: Path | None, **given: Any) -> Any:
        return command(folder=WritableFolder(store) if store else folder, **given)

    option = click.option(
        "--store",
        type=click.Path(path_type=Path),
        metavar="DIR",
        envvar="PARLEY_STORE",
        help="A writable store, instead of the built graph; else $PARLEY_STORE.",
    )
    return cast(Command, data(option(called)))


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
