"""Whatever has no portrait of its own, such as a place or a post: names, what happens there, who held it."""

from dataclasses import dataclass

from server.engine.contract import Engine
from server.portraits import material
from server.portraits.memberships import Membership, memberships
from server.portraits.records import Happening, each, first, happening
from server.portraits.strip import Strip, strip
from server.portraits.terms import Term, terms


@dataclass(frozen=True)
class Plain:
    """What the page of any thing shows, beside the statements about it and where sources speak of it."""

    key: str
    terms: tuple[Term, ...]
    events: tuple[Happening, ...]
    corridors: tuple[Membership, ...]
    strip: Strip


def draw(engine: Engine, iri: str, part: int) -> Plain | None:
    """What there is of a thing; further parts of its page have more statements, and what the graph says."""
    if part > 1:
        return None
    found = material.gather(engine, "portrait-general", iri, said=(), supported=(("term", "item"),))
    base = found.base
    return Plain(
        key=iri.removeprefix(f"{base.iri}id/"),
        terms=terms(found, iri),
        events=each(
            first(found.ordered("event", "from", "item", back=True), "item"), lambda row: happening(row, base)
        ),
        corridors=memberships(found),
        strip=strip(found.ordered("office", "from", "who", back=True), material.day(engine), base),
    )
