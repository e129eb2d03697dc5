"""The options that name a folder of graphs, which several commands share."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from kg.store import KEPT, DataFolder
from kg.writable import WritableFolder

Command = TypeVar("Command", bound=Callable[..., Any])


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
