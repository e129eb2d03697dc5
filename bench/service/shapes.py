"""What is asked: seven shapes of query (`shapes/*.rq`) and five of Parley's own questions, with drawn values.

A template holds `@pool@`, for which a name of the generated graph is drawn, and `@number@`, a bound that
nothing comes near, for which each request has another number: no two requests are the same text, and no cache
of whole answers can help. (Of the shape with 100,000 rows the bound is the number of rows, and grows by one.)
"""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import queries

HERE = Path(__file__).with_name("shapes")
_BOUND = "7000000"  # seven digits, so that numbers that count up from it stay as long
_ROWS = "0100000"
_ORDER = ("point", "hops", "aggregate", "ordered", "optional", "construct", "rows")
_QUESTIONS = {  # and the pool that their parameter is drawn from; those that end within seconds on a million
    "accusations": None,
    "conditional-statements": None,
    "declared-support": ("name", "supporter name"),
    "stances-on-one-proposition": None,
    "statements-by-speaker": ("name", "speaker name"),
}
_TITLE = re.compile(r"#\+ shape: (.+)\n")
_DRAWN = re.compile(r"@(\w+)@")
_LEXICAL = re.compile(r'"(.*)"(?:@\w+)?')


@dataclass(frozen=True)
class Shape:
    """A kind of query; `text` draws its values."""

    name: str
    title: str
    template: str
    drawn: tuple[str, str] | None = None  # parameter and pool, of a question

    @property
    def constructs(self) -> bool:
        return "CONSTRUCT" in self.template

    @property
    def any_rows(self) -> bool:
        """Whether an engine may choose which rows it gives."""
        return self.name == "rows"

    @property
    def number(self) -> str:
        """What stands for `@number@` in a text, until a request has its own, counted up from it."""
        return _ROWS if self.any_rows else _BOUND

    def text(self, pools: Mapping[str, list[str]], draw: random.Random) -> str:
        """One query, with values drawn for its parameters."""
        template = self.template
        if self.drawn:
            parameter, pool = self.drawn
            template = queries.parse(self.name, template).bind(
                **{parameter: _lexical(draw.choice(pools[pool]))}
            )
        return _DRAWN.sub(lambda found: self._value(found[1], pools, draw), template)

    def _value(self, name: str, pools: Mapping[str, list[str]], draw: random.Random) -> str:
        return self.number if name == "number" else draw.choice(pools[name])


def load() -> tuple[Shape, ...]:
    """The seven shapes, then the five questions."""
    return (*map(_shape, _ORDER), *_questions())


def _shape(name: str) -> Shape:
    text = (HERE / f"{name}.rq").read_text("utf-8")
    title = _TITLE.match(text)
    if title is None:
        raise ValueError(f"{name}.rq has no line '#+ shape: …' at its start")
    return Shape(name, title[1], text[title.end() :])


def _questions() -> Iterator[Shape]:
    held = queries.load()
    for name, drawn in _QUESTIONS.items():
        where, order, by = held[name].text.rpartition("}\nORDER BY")
        yield Shape(name, name, f"{where}  FILTER(?start < @number@)\n{order}{by}", drawn)


def _lexical(literal: str) -> str:
    found = _LEXICAL.fullmatch(literal)
    return found[1] if found else literal
