"""The names, titles and holders of offices that the reader knows; `kg.authority` takes them from its data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Name:
    """One reading of a surface form: what it names and how.

    `how` is name, alias, demonym, or metonym: a city that stands for the body which sits there. Then
    `key` and `type` are those of the body, and `place_key` is that of the city.
    """

    form: str
    key: str
    type: str
    how: str
    place_key: str | None = None


@dataclass(frozen=True)
class Title:
    """A title that news puts before or beside a name; `of` only where the title alone says of whom.

    `office` is what all the words for one office share: a foreign secretary is a foreign minister.
    """

    form: str
    of: str | None = None
    category: str = ""
    office: str = ""


@dataclass(frozen=True)
class Tenure:
    """A person in an office of a state or body, from one day to another as far as the data are sure of it.

    `names` are the words for the office, the official one first. Only the days from `first` to `last` are
    certain; a source may have the person in office for longer.
    """

    of: str
    names: tuple[str, ...]
    holder: str
    first: date
    last: date


@dataclass(frozen=True)
class Lexicon:
    """Surface forms with their readings, titles, and what is known of each key."""

    names: Mapping[str, tuple[Name, ...]]
    titles: tuple[Title, ...]
    labels: Mapping[str, str]
    types: Mapping[str, str]
    capitals: Mapping[str, str]
    tenures: Mapping[tuple[str, str], tuple[Tenure, ...]] = field(default_factory=dict)
    served: Mapping[str, frozenset[str]] = field(default_factory=dict)  # at any time
    authorities: Mapping[str, str] = field(default_factory=dict)  # who runs a place that others claim too
    missions: Mapping[str, str] = field(default_factory=dict)  # their class; they are read as bodies

    def holder(self, office: str, of: str, on: date | None) -> str | None:
        """Who holds an office of a state or body on a day: the key of a person, or None.

        None where the day or the office is unknown, where nobody is sure to be in office on that day, and on
        the day on which one follows another.
        """
        if on is None:
            return None
        found = {t.holder for t in self.tenures.get((of, office), ()) if t.first <= on <= t.last}
        return found.pop() if len(found) == 1 else None
