"""Which IRI an address of this site stands for: things of the graph, values and codes, and their schemes."""

from dataclasses import dataclass

from kg.vocab import CAMEO, CONTEXT, DEFAULT_BASE, LOADED, MODE, PAX, PLOVER, VAL, Base

# First part of the path of a value or code, and its namespace; these stay where they are, whatever the base.
CODES = {
    "value": str(VAL),
    "plover": str(PLOVER),
    "plover-mode": str(MODE),
    "plover-context": str(CONTEXT),
    "cameo": str(CAMEO),
    "pax": str(PAX),
    "loaded": str(LOADED),
}
SCHEME = "scheme"  # the kind, in addresses of documents, of the lists that values and codes stand in
SCHEMES = tuple(name for name in CODES if name != "value")  # values have no list of all
_LONGEST = 2000  # characters


@dataclass(frozen=True)
class Resource:
    """A thing by the two parts of the addresses of its documents, and by its IRI."""

    kind: str
    slug: str
    iri: str


def resource(kind: str, slug: str, base: Base) -> Resource | None:
    """What /page/<kind>/<slug> is about; None for what can be part of no IRI."""
    iri = _iri(kind, slug, base)
    broken = set(iri) & set('<>"{}|^`\\') or any(ord(sign) <= ord(" ") for sign in iri)
    return None if broken or len(iri) > _LONGEST else Resource(kind, slug, iri)


def _iri(kind: str, slug: str, base: Base) -> str:
    if kind == SCHEME and slug in SCHEMES:
        return f"{DEFAULT_BASE}{slug}"
    return f"{CODES[kind]}{slug}" if kind in CODES else f"{base.iri}id/{kind}/{slug}"
