"""Names as people write them: variants of labels by kind, and names that nobody bears."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_KINDS = ("person", "state", "organisation", "group", "place")
_GERMAN = (("sh", "sch"), ("ch", "tsch"), ("zh", "sch"), ("kh", "ch"), ("y", "j"), ("v", "w"))
_MARKED = dict(zip("aceginosuz", "áçéğıñöşüž", strict=True))


@dataclass(frozen=True)
class Case:
    """A text, the kind of variant that it is, and the key of what it means; None: it means nothing."""

    kind: str
    text: str
    meant: str | None


def cases(names: Sequence[tuple[str, str]], things: int, chance: random.Random) -> Iterator[Case]:
    """Variants of labels of as many things, and combinations of persons' names that nobody bears.

    What two things are called, or would be in that kind of variant, is left out: there is no right answer.
    """
    labels = {key: text for key, text in reversed(names) if key.partition("/")[0] in _KINDS}
    taken = chance.sample(sorted(labels), things)
    for kind, change in VARIANTS.items():
        bearers = defaultdict(set)
        for key, text in names:
            bearers[_plain(change(text, random.Random(0)) or "")].add(key)
        for key in taken:
            text = change(labels[key], chance)
            if (text and text != labels[key]) or kind == "label":
                of_all = bearers[_plain(change(labels[key], random.Random(0)) or "")]
                if of_all <= {key}:
                    yield Case(kind, text or "", key)
    yield from _nobody(labels, {_plain(text) for _, text in names}, things, chance)


def _nobody(labels: dict[str, str], known: set[str], most: int, chance: random.Random) -> Iterator[Case]:
    persons = sorted(text for key, text in labels.items() if key.startswith("person/") and " " in text)
    for _ in range(most):
        text = f"{chance.choice(persons).split()[0]} {chance.choice(persons).split()[-1]}"
        if _plain(text) not in known:
            yield Case("nobody", text, None)


def _plain(text: str) -> str:
    return text.casefold()


def _reversed(text: str, chance: random.Random) -> str | None:
    first, _, last = text.rpartition(" ")
    return f"{last}, {first}" if first else None


def _initial(text: str, chance: random.Random) -> str | None:
    words = text.split()
    return f"{words[0][0]}. {' '.join(words[1:])}" if len(words) > 1 else None


def _typo(text: str, chance: random.Random) -> str | None:
    places = [at for at in range(1, len(text)) if text[at].isalpha() and text[at].islower()]
    if len(text) < 6 or not places:
        return None
    at = chance.choice(places)
    return f"{text[:at]}{chance.choice('bdfklmnprt')}{text[at + 1 :]}"


def _swapped(text: str, chance: random.Random) -> str | None:
    places = [
        at for at in range(1, len(text) - 1) if text[at : at + 2].islower() and text[at] != text[at + 1]
    ]
    if len(text) < 6 or not places:
        return None
    at = chance.choice(places)
    return f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}"


def _german(text: str, chance: random.Random) -> str | None:
    """As German newspapers write names; one pass, so that no change is changed again."""
    written, at = "", 0
    while at < len(text):
        old, new = next((pair for pair in _GERMAN if text.startswith(pair[0], at)), (text[at], text[at]))
        written, at = written + new, at + len(old)
    return written


def _marked(text: str, chance: random.Random) -> str | None:
    return "".join(_MARKED.get(letter, letter) for letter in text)


def _shorter(text: str, chance: random.Random) -> str | None:
    words = text.split()
    return " ".join(words[:-2] + words[-1:]) if len(words) > 2 else None


VARIANTS: dict[str, Callable[[str, random.Random], str | None]] = {
    "label": lambda text, chance: text,
    "capitals": lambda text, chance: text.upper(),
    "marks": _marked,
    "reversed": _reversed,
    "initial": _initial,
    "German spelling": _german,
    "one letter wrong": _typo,
    "two letters swapped": _swapped,
    "a word left out": _shorter,
}
