"""Pages made for a kind of thing: which portrait a thing has, by the kind in its IRI or else by its classes.

A portrait is a function that gathers what is worth reading of a thing, and a template that shows it above
all that the graph says. To add one: a module here, `templates/portraits/<name>.html`, and a row below.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from kg.vocab import NS
from server.engine.contract import Engine
from server.portraits import actor, corridor, event, general, source, statement, track

# Of an engine, the IRI of a thing, and a part of its page, from 1.
Drawing = Callable[[Engine, str, int], object | None]


@dataclass(frozen=True)
class Portrait:
    """How things of some kinds, as IRIs name them, or of some classes are shown.

    `draw` gives a frozen record, which its template knows as `shown`, or None where a further part of the
    page has nothing of the portrait. `cards`: the page lists, in parts, all statements about the thing;
    without it the portrait has its own way of showing them. `parts`: how many parts its page has at least.
    """

    name: str
    draw: Drawing
    kinds: frozenset[str] = field(default_factory=frozenset)
    classes: frozenset[str] = field(default_factory=frozenset)
    cards: bool = False
    parts: Callable[[Engine, str], int] | None = None

    @property
    def template(self) -> str:
        return f"portraits/{self.name}.html"


_GENERAL = Portrait("general", general.draw, cards=True)
_PORTRAITS = (
    Portrait("actor", actor.draw, kinds=frozenset(("state", "person", "organisation", "group"))),
    Portrait("format", track.draw, kinds=frozenset(("format", "agreement", "process"))),
    Portrait("corridor", corridor.draw, kinds=frozenset(("corridor",))),
    Portrait("event", event.draw, kinds=frozenset(("event", "round"))),
    Portrait("statement", statement.draw, kinds=frozenset(("statement",))),
    Portrait("source", source.draw, kinds=frozenset(("report", "article")), parts=source.parts),
)


def portrait(kind: str, classes: Callable[[], Collection[str]]) -> Portrait:
    """The portrait of a thing of this kind, or one for its classes, which are asked for only then."""
    by_kind = next((one for one in _PORTRAITS if kind in one.kinds), None)
    for_classes = [one for one in _PORTRAITS if one.classes]
    if by_kind or not for_classes:
        return by_kind or _GENERAL
    names = {iri.removeprefix(str(NS)) for iri in classes()}
    return next((one for one in for_classes if one.classes & names), _GENERAL)
