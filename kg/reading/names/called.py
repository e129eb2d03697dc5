"""What a name stands for, and by which shorter names people are called."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.identifiers import slug
from kg.lexicon import Lexicon
from kg.reading.text.tokens import Range
from kg.reading.words.names import name_table


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that the text names: under which key, of what type, and how its forms are written."""

    key: str
    type: str
    label: str
    known: bool = False
    form: str = "name"
    antecedents: tuple[Range, ...] = ()


@dataclass(frozen=True)
class People:
    """Listed people by their names without particles and accents."""

    by_name: dict[tuple[str, ...], Named]

    @classmethod
    def of(cls, lexicon: Lexicon) -> "People":
        """Every listed name of two or more words."""
        found = {
            folded(form): Named(name.key, name.type, lexicon.labels[name.key], known=True)
            for form, names in lexicon.names.items()
            for name in names
            if name.type == "Person" and " " in form
        }
        return cls(found)


def folded(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, hyphens and particles."""
    words = slug(name).split("-")
    return tuple(word for word in words if len(word) > 1 and word not in name_table().people.particles)


def short_forms(name: str) -> Iterator[str]:
    """How a person is called later: by the first or last word, without "al-", or with "van der"."""
    words = name.split()
    last = words[-1]
    yield words[0]
    yield last
    if "-" in last:
        yield last.rpartition("-")[2]
    particles = name_table().people.particles
    first = next((i for i in range(len(words) - 1, 0, -1) if words[i - 1].lower() not in particles), 0)
    if 0 < first < len(words) - 1:
        yield " ".join(words[first:])
