"""All settings of the server together, and the table of them (see setting_sections for what there is)."""

# ruff: noqa: RUF009 - the defaults are values that never change

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, cast

from server.setting import Setting
from server.setting_sections import Cache, Data, Federation, Listen, Log, Pool, Public, Query, Request, Update

MEMORY = Path(":memory:")  # as `data.store`: a store that no file holds
STDOUT = Path("-")  # as a log: standard output


@dataclass(frozen=True)
class Settings:
    """All of them, checked."""

    listen: Listen = Listen()
    data: Data = Data()
    public: Public = Public()
    query: Query = Query()
    pool: Pool = Pool()
    cache: Cache = Cache()
    request: Request = Request()
    update: Update = Update()
    federation: Federation = Federation()
    log: Log = Log()

    def variables(self) -> dict[str, str]:
        """Those that differ from the defaults, as environment variables; paths are absolute."""
        values = {row: self.value(row) for row in TABLE}
        return {
            row.variable: _written(row, value)
            for row, value in values.items()
            if value != _DEFAULT.value(row)
        }

    def value(self, row: Setting) -> Any:
        """The value of one setting."""
        return getattr(getattr(self, row.section), row.field)


def _written(row: Setting, value: Any) -> str:
    is_place = isinstance(value, Path) and value not in (MEMORY, STDOUT)
    return str(value.absolute()) if is_place else str(row.kind.write(value))


def _table() -> Iterator[Setting]:
    for section in fields(Settings):
        for column in fields(cast(Any, section.default)):
            facts = dict(column.metadata)
            name = facts.pop("name") or f"{section.name}-{column.name}".replace("_", "-")
            yield Setting(section.name, column.name, name, **facts)


_DEFAULT = Settings()
TABLE = tuple(_table())
SECTIONS = {section.name: str(type(section.default).__doc__) for section in fields(Settings)}
