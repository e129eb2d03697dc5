"""Which of the offered representations a request gets: Accept and `format=`, by RFC 9110, section 12.5.1.

Werkzeug's own matching is not used: it finds nothing for `application/ld+json;profile=…` or
`text/turtle;charset=utf-8`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

# A quote that nothing closes runs to the end, so that no text is read twice: time is linear in its length.
_QUOTED = r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)'
_PART = re.compile(rf'(?:[^,"]|{_QUOTED})+', re.DOTALL)
_FIELD = re.compile(rf'(?:[^;"]|{_QUOTED})+', re.DOTALL)
_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$")


class Offer(Protocol):
    """Anything with a media type: a row of `kg.formats` or a page."""

    @property
    def media_type(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Page:
    """An offer that is not a data format."""

    name: str
    label: str
    media_type: str
    content_type: str
    extension: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> frozenset[str]:
        """Whatever a person may write to ask for it."""
        return frozenset((self.name, self.media_type, *self.aliases))


HTML = Page("html", "HTML", "text/html", "text/html; charset=utf-8", "html", ("application/xhtml+xml",))

AnyOffer = TypeVar("AnyOffer", bound=Offer)


@dataclass(frozen=True)
class Range:
    """One member of an Accept header. Parameters other than q are dropped: no offer differs by them."""

    media: str
    quality: float

    def specificity(self, media_type: str) -> int:
        """3 for the type itself, 2 for `text/*`, 1 for `*/*`, 0 where it does not match."""
        if self.media == media_type:
            return 3
        if self.media == "*/*":
            return 1
        return 2 if self.media == media_type.partition("/")[0] + "/*" else 0


def ranges(header: str | None) -> tuple[Range, ...]:
    """The members of an Accept header that keep its grammar; a missing or empty header means anything."""
    if header is None or not header.strip():
        return (Range("*/*", 1.0),)
    return tuple(Range(media, quality) for media, quality in weighted(header) if "/" in media)


def weighted(header: str) -> Iterator[tuple[str, float]]:
    """The members of a list with weights, such as Accept-Encoding, in lower case, and their `q` (0 to 1).

    Members that break the grammar are left out (RFC 9110, section 12.4.2).
    """
    for part in _PART.findall(header):
        member, *parameters = (field.strip() for field in _FIELD.findall(part) or ("",))
        quality = next((p[2:].strip() for p in parameters if p[:2].lower() == "q="), "1")
        if member and _QUALITY.match(quality):
            yield member.lower(), float(quality)


def choose(header: str | None, offers: Sequence[AnyOffer]) -> AnyOffer | None:
    """The offer that the client likes best, or None if it accepts none.

    Equal quality goes to the type that is named most exactly, then to the order of the offers.
    """
    accepted = ranges(header)
    ranked = [(*_liking(accepted, offer), -place, offer) for place, offer in enumerate(offers)]
    best = max(ranked, key=lambda row: row[:3], default=None)
    return best[3] if best and best[0] > 0 else None


def _liking(accepted: Sequence[Range], offer: Offer) -> tuple[float, int]:
    """Quality and specificity: an offer's own type matches any range, its other names only exact ones."""
    exact = [_weigh(accepted, name) for name in offer.aliases]
    return max([_weigh(accepted, offer.media_type), *(weight for weight in exact if weight[1] == 3)])


def _weigh(accepted: Sequence[Range], name: str) -> tuple[float, int]:
    """Quality and specificity of one name: the most specific range decides."""
    matching = [(member.specificity(name), member.quality) for member in accepted if member.specificity(name)]
    specificity, quality = max(matching, default=(0, 0.0))
    return quality, specificity
