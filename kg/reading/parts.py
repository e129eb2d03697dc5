"""How the parts of a reading are put in order: sorted by key, each key once."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar, Protocol, TypeVar

from kg.model import Span


class _Keyed(Protocol):
    """What one part of a reading consists of."""

    @property
    def key(self) -> str: ...


class _Evidenced(_Keyed, Protocol):
    """What several passages may tell of."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def evidence(self) -> tuple[Span, ...]: ...


Part = TypeVar("Part", bound=_Keyed)
Told = TypeVar("Told", bound=_Evidenced)


def unique(items: Iterable[Told]) -> tuple[Told, ...]:
    """Sorted by key; of two with one key the first, with the evidence of both."""
    kept: dict[str, list[Told]] = {}
    for item in items:
        kept.setdefault(item.key, []).append(item)
    return by_key(_joined(told) for told in kept.values())


def by_key(items: Iterable[Part]) -> tuple[Part, ...]:
    """Sorted by key."""
    return tuple(sorted(items, key=lambda item: item.key))


def _joined(told: list[Told]) -> Told:
    if len(told) == 1:
        return told[0]
    return replace(told[0], evidence=tuple(sorted({span for item in told for span in item.evidence})))
