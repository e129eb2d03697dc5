"""What the reader knows of names, from the authority data that ship."""

from typing import TYPE_CHECKING

from kg.prepared import prepared

if TYPE_CHECKING:
    from kg.reading import Index


@prepared
def index() -> "Index":
    """All of it, indexed once; keys are the same under every base."""
    # Here, because most starts find it prepared, and rdflib takes a tenth of a second to import.
    from kg import authority
    from kg.reading import Index
    from kg.vocab import Base

    return Index.of(authority.lexicon(Base()))
