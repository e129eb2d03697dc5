"""What an index of names is made from: rows of a graph, by what they tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

LABEL, ALIAS, TERM, INITIALS = "label", "alias", "term", "initials"  # roles of a name
IDENTIFIER = "identifier"  # of what stands for a thing and is no name

# What people know by a name. Other things are described: their labels are made of what they consist of.
NAMED = frozenset(
    (
        "agreement",
        "corridor",
        "format",
        "group",
        "organisation",
        "person",
        "place",
        "post",
        "process",
        "round",
        "state",
    )
)
# What is there for the sake of something else, which is found instead.
UNSEARCHED = frozenset(("activity", "label", "link", "software", "span", "time", "unread"))

Texts = Sequence[tuple[str, str]]  # IRI of a thing, and a text


@dataclass(frozen=True)
class Term:
    """A class or property: its IRI, what to call it, what it means, and how many things have it."""

    iri: str
    label: str = ""
    description: str = ""
    things: int = 0


@dataclass(frozen=True)
class Facts:
    """Rows of a graph; each IRI may come in many, or none.

    `names` has the role of each name third. `types` come with the most telling first. `descriptions` come in
    the order in which they are worth telling. `broader` has pairs of classes, the narrower one first.
    """

    names: Sequence[tuple[str, str, str]]
    types: Texts = ()
    identifiers: Texts = ()
    descriptions: Texts = ()
    said: Texts = ()
    mentions: Mapping[str, int] = field(default_factory=dict)
    classes: Sequence[Term] = ()
    broader: Texts = ()
    properties: Sequence[Term] = ()
