"""Markdown without its markup: the words of headings, paragraphs, lists and quotations (CommonMark 0.31).

A text without markup stays as it is, to the character. In others the blocks are parted by blank lines. Code
blocks, images, comments and HTML tags are left out: they hold no words of an article.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_PLAIN = {"paragraph_open", "paragraph_close", "inline"}
_BREAKS = {"softbreak", "hardbreak"}
_WORDS = {"text", "text_special", "code_inline"}


def without_markup(text: str) -> str:
    """The text as a reader of the page sees it."""
    from markdown_it import MarkdownIt  # takes a moment, which most files need not

    blocks = MarkdownIt("commonmark").enable("table").parse(text)
    if all(map(_is_plain, blocks)):
        return text
    return "\n\n".join(filter(None, map(_words, blocks))) + "\n"


def _is_plain(block: "Token") -> bool:
    children = block.children or ()
    return block.type in _PLAIN and all(child.type in {"text", "softbreak"} for child in children)


def _words(block: "Token") -> str:
    return "".join(_parts(block)).strip() if block.type == "inline" else ""


def _parts(block: "Token") -> Iterator[str]:
    for child in block.children or ():
        if child.type in _BREAKS:
            yield "\n"
        elif child.type in _WORDS:
            yield child.content
