"""Which texts need a direction of their own: those with letters that are written from right to left."""

from unicodedata import bidirectional

_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))  # classes of Unicode Standard Annex 9, section 3.2


def turned(text: str) -> bool:
    """Whether the element that holds this text is to say dir="auto"; it changes nothing for others."""
    return not text.isascii() and any(bidirectional(sign) in _RIGHT_TO_LEFT for sign in text)
