"""Where settings come from: flags, over the environment, over a TOML file, over the defaults."""

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from server.cache import SMALLEST
from server.quantities import in_seconds
from server.setting import Setting, SettingsError
from server.settings import MEMORY, SECTIONS, STDOUT, TABLE, Settings

CONFIG = "PARLEY_CONFIG"
RUN = "PARLEY_RUN"  # the folder of a server that runs, which `parley serve` makes
_BY_KEY = {row.key: row for row in TABLE}
_BY_VARIABLE = {row.variable: row for row in TABLE}
_ELSEWHERE = {
    CONFIG,
    RUN,
    "PARLEY_SHARED",
    "PARLEY_TEXTS",
    "PARLEY_W3C",
}  # a file's name; what tests and `bench/` read
# What Kubernetes and Docker links set where a service is called parley; PARLEY_PORT is an address there.
_LINKED = re.compile(r"PARLEY_(?:\w+_)?(?:SERVICE_(?:HOST|PORT(?:_\w+)?)|PORT_\d+_(?:TCP|UDP|SCTP)(?:_\w+)?)")
_LINK = re.compile(r"(?:tcp|udp|sctp)://")


@dataclass(frozen=True)
class Given:
    """A value as somebody wrote it, where, and the folder that its paths start from."""

    text: str
    where: str
    folder: Path = Path()


def load(
    flags: Mapping[str, str] | None = None,
    environment: Mapping[str, str] = os.environ,
    config: Path | None = None,
) -> Settings:
    """The settings in force; `flags` are values by key (`query.timeout`), `config` wins over PARLEY_CONFIG.

    Raises SettingsError for unknown names, values out of bounds, values that contradict each other.
    """
    given = gather(flags or {}, environment, config)
    values: dict[str, dict[str, Any]] = {section: {} for section in SECTIONS}
    for key, found in given.items():
        row = _BY_KEY[key]
        values[row.section][row.field] = _read(row, found)
    present = Settings()
    settings = Settings(
        **{name: replace(getattr(present, name), **fields) for name, fields in values.items()}
    )
    _check(settings, given)
    return settings


def gather(
    flags: Mapping[str, str], environment: Mapping[str, str] = os.environ, config: Path | None = None
) -> dict[str, Given]:
    """What was written for each key, from the source that wins. Raises SettingsError."""
    path = config or (Path(environment[CONFIG]) if environment.get(CONFIG) else None)
    in_file = _from_file(path) if path else {}
    by_flag = {key: Given(text, str(_BY_KEY[key].flag)) for key, text in flags.items()}
    return in_file | dict(_from_environment(environment)) | by_flag


def hand_on(settings: Settings) -> None:
    """Put the settings into the environment, from where processes that this one starts read them."""
    for name in (CONFIG, *_BY_VARIABLE):
        os.environ.pop(name, None)
    os.environ.update(settings.variables())


def _read(row: Setting, given: Given) -> Any:
    try:
        value = row.kind.read(given.text)
    except ValueError as error:
        shown = str(error) if not row.secret else "the value cannot be used"
        raise SettingsError(shown, given.where) from None
    is_place = isinstance(value, Path) and value not in (MEMORY, STDOUT)
    return given.folder / value.expanduser() if is_place else value


def _from_environment(environment: Mapping[str, str]) -> Iterator[tuple[str, Given]]:
    for name, text in environment.items():
        if not name.startswith("PARLEY_") or name in _ELSEWHERE or _is_link(name, text):
            continue
        row = _BY_VARIABLE.get(name)
        if row is None:
            raise _unknown("no such variable", name, name, _BY_VARIABLE)
        if text:  # set to nothing is how many tools leave a variable out
            yield row.key, Given(text, name)


def _is_link(name: str, text: str) -> bool:
    return bool(_LINKED.fullmatch(name)) or (name.endswith("_PORT") and bool(_LINK.match(text)))


def _from_file(path: Path) -> dict[str, Given]:
    folder = path.absolute().parent
    return {
        row.key: Given(_text(row, value, path), f"{path}, {row.key}", folder)
        for row, value in _rows(_parsed(path), path)
    }


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"cannot be read: {error.strerror}", str(path), "Name a TOML file") from None
    except ValueError as error:  # of TOML, or of UTF-8
        raise SettingsError(f"is not TOML: {error}", str(path)) from None


def _rows(parsed: Mapping[str, Any], path: Path) -> Iterator[tuple[Setting, Any]]:
    for section, content in parsed.items():
        if section not in SECTIONS:
            raise _unknown(f"there is no section [{section}]", str(path), section, [*SECTIONS, *_BY_KEY])
        if not isinstance(content, dict):
            raise SettingsError(f"{section} is a section", str(path), f"Write [{section}] and its keys below")
        for name, value in content.items():
            row = _BY_KEY.get(f"{section}.{name}")
            if row is None:
                raise _unknown(
                    f"there is no setting {section}.{name}", str(path), f"{section}.{name}", _BY_KEY
                )
            if row.secret:
                mend = f"Put it into a file and name that with {row.key}_file, or set {row.variable}"
                raise SettingsError(f"{row.key} is a secret", str(path), mend)
            yield row, value


def _text(row: Setting, value: Any, path: Path) -> str:
    """A value of TOML as the text that a variable or flag would have."""
    if isinstance(value, list) and row.kind.is_list and all(isinstance(item, str) for item in value):
        return ",".join(value) or "none"
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value)
    form = "a list of texts" if row.kind.is_list else "a text or a number"
    raise SettingsError(f"the value is not {form}", f"{path}, {row.key}")


def _unknown(what: str, where: str, name: str, known: Iterable[str]) -> SettingsError:
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1)
    mend = f"Did you mean {near[0]}?" if near else f"There is: {', '.join(names)}"
    return SettingsError(what, where, mend)


def _check(settings: Settings, given: Mapping[str, Given]) -> None:
    """Raises SettingsError where two settings contradict each other."""
    query, request, public, update = settings.query, settings.request, settings.public, settings.update
    rules = (
        (
            query.timeout > query.timeout_cap,
            "query.timeout",
            f"is longer than query.timeout_cap, {in_seconds(query.timeout_cap)}",
            "Raise that too",
        ),
        (
            0 < settings.cache.size < SMALLEST,
            "cache.size",
            f"is too small for anything to be kept: {SMALLEST // 2**20} MiB is the least",
            "Take more, or 0 to keep nothing",
        ),
        (
            max(request.size, request.update_size) > request.bodies,
            "request.bodies",
            "is less than one body may have, by request.size or request.update_size",
            "Raise it, or lower those",
        ),
        (
            bool(public.url and "public.prefix" in given),
            "public.prefix",
            "is told by public.url too",
            "Leave one of them out",
        ),
        (
            bool(update.token and update.token_file),
            "update.token_file",
            "is set beside PARLEY_UPDATE_TOKEN",
            "Leave one of them out",
        ),
    )
    for broken, key, what, mend in rules:
        if broken:
            raise SettingsError(what, given[key].where if key in given else key, mend)
