"""Which texts need a direction of their own: those with letters that are written from right to left."""

from unicodedata import bidirectional

from markupsafe import Markup

_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))  # classes of Unicode Standard Annex 9, section 3.2


def direction(text: str) -> Markup:
    """The attribute for an element that holds this text; nothing where it would change nothing."""
    if text.isascii() or not any(bidirectional(sign) in _RIGHT_TO_LEFT for sign in text):
        return Markup("")
    return Markup(' dir="auto"')
