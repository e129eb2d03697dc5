"""What is worked out from the files that ship, kept by the machine so that later starts need not do it again.

It lies in the user's cache folder ($XDG_CACHE_HOME, else ~/.cache), which may be emptied at any time. What is
not there, comes of other files, is damaged or is another user's is made anew; where nothing can be kept, the
work is done at each start.
"""

import hashlib
import io
import os
import pickle
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, is_dataclass
from datetime import date
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from kg import durable, fingerprint
from kg.identifiers import digest

P = ParamSpec("P")
T = TypeVar("T")

_MOST = 6  # makes of one thing that are kept, for as many installations or states of a checkout
_SEAL = hashlib.sha256().digest_size  # bytes before what is kept, by which damage shows
_STARTED = time.time()


def prepared(make: Callable[P, T]) -> Callable[P, T]:
    """As `functools.cache`, and across starts: for what follows from the arguments and the files that ship.

    It must be made of dataclasses of this package, strings, numbers, days, and plain collections of these.
    """
    return prepared_from()(make)


def prepared_from(*modules: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """`prepared`, for what follows from the arguments and these modules, or the first files of packages."""

    def across_starts(make: Callable[P, T]) -> Callable[P, T]:
        @cache
        @wraps(make)
        def given(*arguments: P.args, **options: P.kwargs) -> T:
            told = f"-{digest(repr((arguments, options)))}" if arguments or options else ""
            kept = _Kept(f"{make.__module__}.{make.__name__}{told}", modules)
            if (found := kept.read()) is not None:
                return cast(T, found)
            made = make(*arguments, **options)
            kept.write(made)
            return made

        return cast(Callable[P, T], given)

    return across_starts


def folder() -> Path:
    """Where Parley keeps what it can do without, made or not; raises OSError for a user without a home."""
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "parley")
    except RuntimeError as error:
        raise OSError(str(error)) from error


@dataclass(frozen=True)
class _Kept:
    """What one function made of one call."""

    name: str
    modules: tuple[str, ...] = ()  # that it comes of; without any, of all files that ship

    def read(self) -> Any:
        """What is kept; None where nothing is that could be right."""
        try:
            with self._path.open("rb") as file:
                if os.name != "nt" and os.fstat(file.fileno()).st_uid != os.geteuid():
                    return None
                content = memoryview(file.read())
            seal, kept = content[:_SEAL], content[_SEAL:]
            return _Values(io.BytesIO(kept)).load() if seal == _seal(kept) else None
        except Exception:  # whatever is wrong with it, the work can be done
            return None

    def write(self, made: object) -> None:
        """Keep it, if it can be kept and no file has changed while it was made."""
        with suppress(OSError):  # read-only, full, or no home at all
            path = self._path
            if _state(*self.modules) != _state.__wrapped__(*self.modules):
                return
            kept = pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
            path.parent.mkdir(parents=True, exist_ok=True)
            durable.offer(path, _seal(kept) + kept)
            older = sorted(path.parent.glob(f"{self.name}.*"), key=lambda file: file.stat().st_mtime)
            for file in older[:-_MOST]:
                file.unlink()

    @property
    def _path(self) -> Path:
        if (state := _state(*self.modules)) is None:
            raise FileNotFoundError("what runs may be other code than the files have now")
        return folder() / f"{self.name}.{state}"


@cache
def _state(*modules: str) -> str | None:
    """What the files have been since this process began; None if they have changed, or are none."""
    try:
        state, changed = fingerprint.state(*modules)
    except OSError:
        return None
    return digest(state, sys.version) if changed < _STARTED else None


def _seal(kept: bytes | memoryview) -> bytes:
    return hashlib.sha256(kept).digest()


class _Values(pickle.Unpickler):
    """Makes values and nothing else: it calls no function that what it reads may name."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("datetime", "date"):
            return date
        found = super().find_class(module, name) if module.startswith("kg.") else None
        if isinstance(found, type) and (is_dataclass(found) or hasattr(found, "__dataclass_transform__")):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value")
