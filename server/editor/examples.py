"""The shipped questions as examples: by topic, without the header that the editor shows beside them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

import queries
from queries import Query


@dataclass(frozen=True)
class Topic:
    """A heading and the questions below it."""

    title: str
    queries: tuple[Query, ...]


@cache
def topics() -> tuple[Topic, ...]:
    """Every shipped question under its heading. Raises ValueError for a name in `topics.toml` of none."""
    shipped = queries.load()
    listed = tomllib.loads(resources.files(__package__).joinpath("topics.toml").read_text("utf-8"))["topic"]
    named = [name for topic in listed for name in topic["queries"]]
    if unknown := set(named) - shipped.keys():
        raise ValueError(f"topics.toml names {sorted(unknown)}, which queries/ has not")
    rest = [name for name in shipped if name not in named]
    found = [Topic(topic["title"], tuple(shipped[name] for name in topic["queries"])) for topic in listed]
    last = Topic(found[-1].title, (*found[-1].queries, *(shipped[name] for name in rest)))
    return tuple(topic for topic in (*found[:-1], last) if topic.queries)


def title(query: Query) -> str:
    """The name of a question as a heading: `Refused rounds`."""
    return query.name.replace("-", " ").capitalize()


def runnable(query: Query) -> str:
    """The text without its `#+` header."""
    kept = [line for line in query.text.splitlines() if not line.startswith("#+")]
    return "\n".join(kept).strip() + "\n"
