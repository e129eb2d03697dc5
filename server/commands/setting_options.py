"""A flag for each setting of the server, made from the table of settings."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path

import click

from server.setting import Setting
from server.setting_sources import CONFIG, load
from server.settings import SECTIONS, TABLE, Settings

_FLAGS = tuple(row for row in TABLE if row.flag)


def every(command: Callable[[Settings], None]) -> Callable[..., None]:
    """The flags of all settings and `--config FILE`; the command gets the settings in force."""

    @wraps(command)
    def called(config: Path | None, **given: str | None) -> None:
        flags = {row.key: text for row in _FLAGS if (text := given[_name(row)]) is not None}
        command(load(flags, config=config))

    file = click.Path(path_type=Path)
    wrapped: Callable[..., None] = click.option(
        "--config", type=file, metavar="FILE", help=f"A TOML file; else ${CONFIG}."
    )(called)
    for row in _FLAGS:
        wrapped = _option(row)(wrapped)
    return wrapped


class Sectioned(click.Command):
    """Shows its many options in the sections of the settings."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """All options, those that are no setting first."""
        by_name = {parameter.name: parameter.get_help_record(ctx) for parameter in self.get_params(ctx)}
        for section, meaning in SECTIONS.items():
            names = [_name(row) for row in _FLAGS if row.section == section]
            with formatter.section(meaning.rstrip(".")):
                formatter.write_dl([found for name in names if (found := by_name.pop(name))])
        with formatter.section("Options"):
            formatter.write_dl([found for found in by_name.values() if found])


def _option(row: Setting) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        str(row.flag), _name(row), metavar=row.kind.name, help=f"{row.meaning} [{row.default}]"
    )


def _name(row: Setting) -> str:
    return f"{row.section}_{row.field}"
