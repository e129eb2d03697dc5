"""Checked access to JSON: each value knows the file, the key and the index where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import EvaluationError
from kg.evaluation.offsets import Offsets
from kg.model import Span


@dataclass(frozen=True)
class Field:
    """One value of a file, such as the one at `statements[3].content`; None where there is none."""

    value: Any
    file: str
    path: str = ""

    def fault(self, what: str, mend: str) -> EvaluationError:
        """The error that this value is."""
        return EvaluationError(what, f"{self.file}, {self.path}" if self.path else self.file, mend)

    def members(self) -> Mapping[str, Any]:
        """The value as an object. EvaluationError: it is none."""
        if not isinstance(self.value, dict):
            raise self.fault("is not a JSON object", 'Write it as {"key": value}')
        return self.value

    def key(self, name: str) -> "Field":
        """What the object has under this name."""
        return Field(self.members().get(name), self.file, f"{self.path}.{name}" if self.path else name)

    def items(self) -> list["Field"]:
        """Each value of the array; nothing for null. EvaluationError: it is no array."""
        if self.value is None:
            return []
        if not isinstance(self.value, list):
            raise self.fault("is not an array", "Put it between [ and ]")
        return [Field(value, self.file, f"{self.path}[{n}]") for n, value in enumerate(self.value)]

    def several(self) -> list["Field"]:
        """The values of an array, or the one value that stands there without one."""
        return self.items() if isinstance(self.value, list | None) else [self]

    def text(self) -> str | None:
        """The value as text; None for null and blank. EvaluationError: an array, an object, true or false."""
        if self.value is None:
            return None
        if isinstance(self.value, bool | dict | list | float):
            raise self.fault("is not text", "Put it in quotes")
        # A lone surrogate is legal in JSON and cannot be printed.
        return str(self.value).encode("utf-8", "backslashreplace").decode().strip() or None

    def needed(self) -> str:
        """The value as text. EvaluationError: there is none."""
        found = self.text()
        if found is None:
            raise self.fault("is missing", "Give it as text")
        return found

    def span(self, offsets: Offsets) -> Span:
        """The value, [start, end), in the stored text. EvaluationError: no such pair, empty, outside."""
        value = self.value
        if not isinstance(value, list) or len(value) != 2 or not all(type(offset) is int for offset in value):
            raise self.fault("is not a span", "Write [start, end], counted in code points")
        start, end = value
        if not 0 <= start < end <= offsets.length:
            raise self.fault(
                f"[{start}, {end}] is not within the text, which has {offsets.length} code points",
                "Count offsets in code points of the text as it is stored, the end exclusive",
            )
        return offsets.span(start, end)

    def spans(self, offsets: Offsets) -> tuple[Span, ...]:
        """The value as spans, in order and each once; one span may stand without an array around it."""
        alone = isinstance(self.value, list) and self.value and not isinstance(self.value[0], list)
        fields = [self] if alone else self.items()
        return tuple(sorted({field.span(offsets) for field in fields}))

    def passage(self, offsets: Offsets) -> tuple[Span, ...]:
        """At least one span. EvaluationError: none is given."""
        found = self.spans(offsets)
        if not found:
            raise self.fault("is missing", "Give the characters that tell of it as [[start, end], …]")
        return found
