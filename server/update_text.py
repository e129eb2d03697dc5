"""What a SPARQL update is, told from its text: its operations, and where in the text their parts stand.

pyoxigraph follows LOAD with no switch to stop it and takes no dataset for an update, so the text is read
before it runs: LOAD is refused or replaced, and the protocol's graphs are written into it. What stands in
braces is passed over, and so are not parsed here; everything else is SPARQL 1.1 Update, section 19.8 of the
Query Language, productions 29 to 50. A keyword may touch what follows it, as for the engine: `LOAD:x`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from server.query_tokens import IRI, PLAIN, PREFIXED, STRING
from server.update_blocks import TO_SIGN, Unclosed, closing, past
from server.update_operations import Load, NotUnderstood, Operation, Span, Using

_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\r\n]*)*")
_NAME = re.compile(rf"{IRI}|{PREFIXED}", re.DOTALL)
_PREFIX = re.compile(r"(?:[^\W\d_](?:[\w.·-]*[\w·-])?)?:")
_STRING = re.compile(STRING, re.DOTALL)


def operations(text: str) -> tuple[Operation, ...]:
    """All of them, in order. Raises NotUnderstood."""
    return tuple(_Reader(text).all())


@dataclass
class _Reader:
    text: str
    at: int = 0
    prologue: list[str] = field(default_factory=list)

    def all(self) -> Iterator[Operation]:
        """What the text says, to its end."""
        self._prologue()
        while not self._ended():
            yield self._operation()
            if self._ended():
                return
            self._need(self._word(";"))
            self._prologue()

    def _operation(self) -> Operation:
        self._gap()
        start = self.at
        for word, rest in _KINDS.items():
            if self._word(word):
                return rest(self, start=start)
        raise NotUnderstood(self.at)

    def _done(self, kind: str, start: int, **parts: object) -> Operation:
        return Operation(kind, start, self.at, " ".join(self.prologue) + "\n", **parts)  # type: ignore[arg-type]

    def _load(self, start: int) -> Operation:
        silent, source = self._word("silent"), self._name()
        target = None
        if self._word("into"):
            self._need(self._word("graph"))
            target = self._name()
        return self._done("LOAD", start, load=Load(source, target, silent))

    def _graphs(self, start: int, kind: str) -> Operation:
        """CLEAR, DROP, CREATE: one graph, or all of a kind."""
        self._word("silent")
        if self._word("graph"):
            self._name()
        else:
            self._need(self._word("default") or self._word("named") or self._word("all"))
        return self._done(kind, start)

    def _copying(self, start: int, kind: str) -> Operation:
        """ADD, MOVE, COPY: from one graph to another."""
        self._word("silent")
        self._graph_or_default()
        self._need(self._word("to"))
        self._graph_or_default()
        return self._done(kind, start)

    def _graph_or_default(self) -> None:
        if not self._word("default"):
            self._word("graph")
            self._name()

    def _insert(self, start: int) -> Operation:
        if self._word("data"):
            return self._data("INSERT DATA", start)
        self._block()
        return self._modify("INSERT", start, None)

    def _delete(self, start: int) -> Operation:
        if self._word("data"):
            return self._data("DELETE DATA", start)
        fits = self.at
        if self._word("where"):
            pattern = self._block()
            return self._done("DELETE WHERE", start, using_at=fits, pattern=pattern)
        self._block()
        return self._inserting("DELETE", start, None)

    def _with(self, start: int) -> Operation:
        self._name()
        if self._word("delete"):
            self._block()
            return self._inserting("DELETE", start, start)
        self._need(self._word("insert"))
        self._block()
        return self._modify("INSERT", start, start)

    def _inserting(self, kind: str, start: int, dataset_at: int | None) -> Operation:
        if self._word("insert"):
            self._block()
            kind += "/INSERT"
        return self._modify(kind, start, dataset_at)

    def _data(self, kind: str, start: int) -> Operation:
        opened, closed = self._block(PLAIN)
        return self._done(kind, start, data=(opened + 1, closed - 1))

    def _modify(self, kind: str, start: int, dataset_at: int | None) -> Operation:
        self._gap()
        fits, usings = self.at, list[Using]()
        while self._word("using"):
            dataset_at = fits if dataset_at is None else dataset_at
            began = self.at - len("using")
            if self._word("named"):
                self._name()
            else:
                usings.append(Using(self._name(), began, self.at))
        self._need(self._word("where"))
        self._block()
        return self._done(kind, start, using_at=fits, dataset_at=dataset_at, usings=tuple(usings))

    def _prologue(self) -> None:
        while True:
            self._gap()
            start = self.at
            if self._word("base"):
                self._name()
            elif self._word("prefix"):
                self._need(self._match(_PREFIX))
                self._name()
            elif self._word("version"):
                self._need(self._match(_STRING))
            else:
                return
            self.prologue.append(self.text[start : self.at])

    def _block(self, plain: re.Pattern[str] | None = None) -> Span:
        """What stands in braces, which must be closed; `plain` passes over what holds no bracket."""
        self._gap()
        start = self.at
        if not self.text.startswith("{", start):
            raise NotUnderstood(start)
        try:
            self.at = closing(self.text, start, plain or TO_SIGN)
        except Unclosed:
            raise NotUnderstood(start) from None
        return start, self.at

    def _name(self) -> str:
        self._gap()
        found = _NAME.match(self.text, self.at)
        if found is None:
            raise NotUnderstood(self.at)
        self.at = found.end()
        return found.group()

    def _word(self, word: str) -> bool:
        self._gap()
        end = self.at + len(word)
        if self.text[self.at : end].lower() != word:
            return False
        self.at = end
        return True

    def _match(self, pattern: re.Pattern[str]) -> bool:
        self._gap()
        before, self.at = self.at, past(pattern, self.text, self.at)
        return self.at > before

    def _need(self, met: bool) -> None:
        if not met:
            raise NotUnderstood(self.at)

    def _gap(self) -> None:
        self.at = past(_GAP, self.text, self.at)

    def _ended(self) -> bool:
        self._gap()
        return self.at == len(self.text)


_KINDS: dict[str, Callable[..., Operation]] = {
    "load": _Reader._load,
    "clear": partial(_Reader._graphs, kind="CLEAR"),
    "drop": partial(_Reader._graphs, kind="DROP"),
    "create": partial(_Reader._graphs, kind="CREATE"),
    "add": partial(_Reader._copying, kind="ADD"),
    "move": partial(_Reader._copying, kind="MOVE"),
    "copy": partial(_Reader._copying, kind="COPY"),
    "insert": _Reader._insert,
    "delete": _Reader._delete,
    "with": _Reader._with,
}
