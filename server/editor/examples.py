"""The shipped questions as the editor shows them: a name that reads, and a text without its header."""

from queries import Query


def title(query: Query) -> str:
    """The name of a question as a heading: `Refused rounds`."""
    return query.name.replace("-", " ").capitalize()


def runnable(query: Query) -> str:
    """The text without its `#+` header, which the editor shows beside it."""
    kept = [line for line in query.text.splitlines() if not line.startswith("#+")]
    return "\n".join(kept).strip() + "\n"
