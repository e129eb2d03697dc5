"""What belongs to the page around a text: "Read more: …", "PUBLISHED: 10:22 …", "1.2k shares"."""

import re

from kg.reading.text.tokens import Range, Token
from kg.reading.words.names import name_table

_COUNTED = re.compile(
    r"[\d.,]+[km]?\+?\s+(?:shares?|comments?|views?|likes?|retweets?|min(?:ute)?s?\s+(?:read|ago)|hours?\s+ago)\W*",
    re.IGNORECASE,
)
_SHORT = 12  # tokens; a longer paragraph that opens with "Follow" or "Watch" tells something


def is_furniture(text: str, tokens: tuple[Token, ...], paragraph: Range) -> bool:
    """Whether a paragraph belongs to the page, not to the text, by its opening words or as a mere count."""
    words = [token.lower for token in tokens[paragraph.first : min(paragraph.first + 3, paragraph.last)]]
    openings = {" ".join(words[:count]) for count in (1, 2, 3)}
    longer = openings & name_table().other.furniture
    short = paragraph.last - paragraph.first < _SHORT
    if any(" " in opening for opening in longer) or (longer and (short or words[1:2] == [":"])):
        return True
    start, end = tokens[paragraph.first].start, tokens[paragraph.last - 1].end
    return short and _COUNTED.fullmatch(text, start, end) is not None
