"""Posts: their keys and labels, the same wherever a text or the authority data speak of one."""

from kg.identifiers import slug

_SMALL = frozenset({"of", "for", "the", "and", "to"})


def capitalised(title: str) -> str:
    """ "assistant secretary of state" as it is written before a name."""
    return " ".join(w if w in _SMALL else w[0].upper() + w[1:] for w in title.split())


def post_key(title: str, of: str | None) -> str:
    """The key of a post from its capitalised title and the key of the state or body that it serves."""
    return f"post/{slug(title)}-of-{of.split('/', 1)[1]}" if of else f"post/{slug(title)}"


def post_label(title: str, body: str | None) -> str:
    """The label of a post from its capitalised title and the label of what it serves."""
    if body is None or " for " in title:
        return title
    return f"{title}{',' if ' of ' in title else ' of'} {body}"
