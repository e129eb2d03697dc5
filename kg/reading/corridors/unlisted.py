"""Routes that nobody lists: "the Rasht-Astara railway", and capitalised names before "pipeline"."""

import re
from collections.abc import Iterator

from kg.identifiers import slug
from kg.reading.analysis import Analysis
from kg.reading.names.references import PLACES, Reference
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table

_LONGEST = 8  # tokens of such a name


def unlisted_routes(analysis: Analysis) -> Iterator[Reference]:
    """Every such name; whether it is a route is known only once its course is told."""
    for index in analysis.document.positions(noun_table().route.nouns):
        place = _named_place(analysis, index)
        if place or _is_head(analysis, index):
            first = place.range.first if place else _first(analysis, index)
            if first < index:
                part = Range(first, index + 1)
                words = analysis.document.words(part)
                yield Reference(
                    part, f"corridor/{slug(words)}", "TransportCorridor", "name", words, known=False
                )


def _named_place(analysis: Analysis, index: int) -> Reference | None:
    """ "Castello Road": what looks like a place that nobody lists."""
    place = analysis.references.at(index)
    road = place is not None and place.type == "Place" and not place.known and place.form == "name"
    return place if road and place and place.range.last == index + 1 else None


def _is_head(analysis: Analysis, index: int) -> bool:
    """A noun for a route that no further one follows ("the Five Nations Railway Corridor")."""
    tokens, nouns = analysis.document.tokens, noun_table().route.nouns
    follows = index + 1 < len(tokens) and tokens[index + 1].lower in nouns
    return not follows and analysis.references.at(index) is None


def ends_in_name(analysis: Analysis, name: Range) -> list[Reference]:
    """The places that hyphens join in a name but for its last word: "Rasht-Astara"."""
    tokens = analysis.document.tokens
    pieces: list[list[str]] = [[]]
    for token in tokens[name.first : name.last - 1]:
        if token.text in {"-", "–"}:
            pieces.append([])
        else:
            pieces[-1].append(token.text)
    if len(pieces) < 2 or not all(pieces):
        return []
    words = [" ".join(piece) for piece in pieces]
    places = (r for r in analysis.references.items if r.type in PLACES and not r.adjective)
    named = {analysis.document.words(place.range): place for place in places}
    return [named[word] for word in words] if named.keys() >= set(words) else []


def ends_in_label(analysis: Analysis, name: Reference) -> list[Reference]:
    """The places in a listed name, "China–Pakistan Economic Corridor", that the text names too."""
    pieces = re.split("[-–]", name.label) if name.known else []
    if len(pieces) < 2:
        return []
    places = [r for r in analysis.references.items if r.type in PLACES and not r.adjective]
    found = [next((p for p in places if _opens(piece.strip(), p.label)), None) for piece in pieces]
    ends = [place for place in found if place]
    return ends if len(ends) == len(pieces) else []


def _opens(piece: str, label: str) -> bool:
    """Whether a place is what a piece of the name begins with."""
    return piece == label or piece.startswith(f"{label} ")


def _first(analysis: Analysis, head: int) -> int:
    """Where the capitalised words before a noun begin."""
    tokens, opening = analysis.document.tokens, analysis.document.sentence(head).first
    at = head
    while at > max(opening, head - _LONGEST):
        token = tokens[at - 1]
        inner = token.text in {"-", "–"} and at - 1 > opening and tokens[at - 2].end == token.start
        noun = at < head + 1 and token.lower in noun_table().route.nouns | {"gas", "oil", "rail", "transport"}
        if not (inner or noun or (token.text[0].isupper() and token.lower not in grammar().determiners)):
            break
        at -= 1
    return at if any(t.text[0].isupper() for t in tokens[at:head]) else head
