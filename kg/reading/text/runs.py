"""Characters without a space between them as words and marks, just as spaCy's English tokenizer cuts them.

These do as spaCy's rules do with the letters and marks of English news; its exceptions it lists itself. A run
with anything else in it is left to spaCy itself, which takes a second to load and ten times as long to ask.
"""

import re
from collections.abc import Mapping
from functools import cache

from kg.reading.text.exceptions import exceptions

# What we ask of spaCy beyond its own rules: `U.S.-led`, `EU- and`, `/TASS/.`, quotation marks with no space
# beside them, and "Caliber.Az" whole, which is an address and no full stop between two sentences.
OWN_PREFIXES = ("/",)
OWN_SUFFIXES = (r"(?<=[A-Za-z.])-", r"(?<=[A-Za-z])/", r"(?<=/)\.")
OWN_INFIXES = (
    r"(?<=\.)-(?=[A-Za-z])",
    r"(?<=[A-Za-z0-9.,;:?!)…'’])[\"“”](?=[A-Za-z(—–…])",
    r"(?<=[A-Za-z0-9]),(?=[\"“”])",
    r"(?<=[\"“”])[—–](?=[A-Za-z])",
)
NO_ADDRESS = r"(?!(?:Az|Am|Ge|Ru|Ua|Tr|Ir|Kz|Com|Net|Org|Info|News|Tv|Media)\b)"

_MOST_MARKS = 7  # tokens of a listed run such as ":-)))"
_LATIN = [chr(code) for code in (*range(0xC0, 0x250), 0x259, *range(0x1E00, 0x1F00))]
# Korean, Chinese, Japanese and Arabic, with which names are explained.
_UNCASED = "\uac00-\ud7af\u4e00-\u9fff\u3040-\u30ff\u0620-\u064a\u066e-\u06d5"
_LOWER = "a-zа-яёіїєґ" + "".join(letter for letter in _LATIN if letter.islower()) + _UNCASED
_UPPER = "A-ZА-ЯЁІЇЄҐ" + "".join(letter for letter in _LATIN if letter.isupper()) + _UNCASED
_LETTER = _LOWER + _UPPER
_ICON = "©®™°■□▪▫▲△▶►▼▽◆◇●○★☆☎✓✔✗✘➡☠"  # marks of lists and ends that spaCy cuts off, of many
_QUOTE = "'\"”“‘’`,«»"
_MARK = r"…,:;!?()\[\]{}<>_#*&|"
_UNIT = "km/h|kmh|km|hPa|Pa|mbar|mph|m/s|[mdc]?m|ha|nm|yd|in|ft|k?g|mg|t|lb|oz|[kmgt]b|[KMGT]B?|%"

_KNOWN = re.compile(rf"[{_LETTER}0-9{_QUOTE}{_MARK}{_ICON}.\-–—‑/\\~$£€%+=@•½¼¾ʻʼʾʿ]+")
_PLAIN = re.compile(f'([{_LETTER}]+)([,;:?!)”"]|(?<=[{_LOWER}])\\.)?')  # with one mark behind it, or none
_PREFIXES = (
    f"[%=—–…,:;!?()\\[\\]{{}}<>_#*&'\"”“‘’`«»$£€{_ICON}]",
    r"\+(?![0-9])",
    r"\.\.+",
    r"US\$|C\$|A\$",
    *OWN_PREFIXES,
)
_SUFFIXES = (
    f"……|[…,:;!?()\\[\\]{{}}<>_#*&\"”“‘’'`«»—–{_ICON}]",
    r"\.\.+",
    "['’][sS]",
    rf"(?<=[0-9])(?:\+|\$|£|€|US\$|C\$|A\$|{_UNIT})",
    rf"(?<=[0-9{_LOWER}%\-+{_MARK}{_QUOTE}])\.",
    rf"(?<=[{_UPPER}][{_UPPER}])\.",
    *OWN_SUFFIXES,
)
_INFIXES = (
    rf"\.\.+|[…{_ICON}]",
    r"(?<=[0-9])[+\-*^](?=[0-9-])",
    rf"(?<=[{_LOWER}{_QUOTE}])\.{NO_ADDRESS}(?=[{_UPPER}{_QUOTE}])",
    rf"(?<=[{_LETTER}]),(?=[{_LETTER}])",
    rf"(?<=[{_LETTER}0-9])(?:---|--|-|–|——|—|~)(?=[{_LETTER}])",
    rf"(?<=[{_LETTER}0-9])[:<>=/](?=[{_LETTER}])",
    *OWN_INFIXES,
)
_PREFIX, _INFIX = (re.compile("|".join(rules)) for rules in (_PREFIXES, _INFIXES))
_SUFFIX = re.compile(rf"(?:{'|'.join(_SUFFIXES)})\Z")


def words_of(run: str) -> list[str] | None:
    """The words and marks that make up a run; None for one that only spaCy can cut."""
    listed = exceptions()
    if run in listed:
        return listed[run]
    if plain := _PLAIN.fullmatch(run):
        word, mark = plain.groups()
        return _rejoined([*listed.get(word, [word]), mark]) if mark else [run]
    return _rejoined(_cut(run, listed)) if _KNOWN.fullmatch(run) else None


def _cut(run: str, listed: Mapping[str, list[str]]) -> list[str]:
    """Without the marks at its ends, one by one, then at those inside."""
    core, before, behind = _without_affixes(run, listed)
    inside = listed.get(core) or ([core] if core.isalpha() else _split(core))
    return [*before, *inside, *reversed(behind)]


def _rejoined(words: list[str]) -> list[str] | None:
    """With an exception that ends in marks put together again ("):"); None where there are several."""
    listed, openings = _marked_exceptions(), _marked_openings()
    if openings.isdisjoint(words):
        return words
    spans = [
        (first, last)
        for first, word in enumerate(words)
        if word in openings
        for last in range(first + 2, min(first + _MOST_MARKS, len(words)) + 1)
        if tuple(words[first:last]) in listed
    ]
    if len(spans) > 1:
        return None
    for first, last in spans:
        words = [*words[:first], *listed[tuple(words[first:last])], *words[last:]]
    return words


def _without_affixes(run: str, listed: Mapping[str, list[str]]) -> tuple[str, list[str], list[str]]:
    """What is left of a run without the marks at its ends, and these: in order, and from the last one on."""
    before: list[str] = []
    behind: list[str] = []
    while run and run not in listed:
        found = _PREFIX.match(run)
        prefix = found[0] if found else ""
        rest = run[len(prefix) :]
        if prefix and rest in listed:
            before.append(prefix)
            return rest, before, behind
        last = _SUFFIX.search(rest)
        suffix = last[0] if last else ""
        if suffix and run[: -len(suffix)] in listed:
            behind.append(suffix)
            return run[: -len(suffix)], before, behind
        before += [prefix] if prefix else []
        behind += [suffix] if suffix else []
        run = rest[: len(rest) - len(suffix)]
        if not (prefix or suffix):
            break
    return run, before, behind


def _split(core: str) -> list[str]:
    """At hyphens, strokes and dots between letters."""
    found, start = [], 0
    for mark in _INFIX.finditer(core):
        if mark.start() == 0:
            continue
        found += [core[start : mark.start()], mark[0]]
        start = mark.end()
    return [word for word in (*found, core[start:]) if word]


@cache
def _marked_openings() -> frozenset[str]:
    """The words and marks with which these begin."""
    return frozenset(parts[0] for parts in _marked_exceptions())


@cache
def _marked_exceptions() -> dict[tuple[str, ...], list[str]]:
    """Those that the rules for marks would cut: what they would make of them → what it stays."""
    cut = ((tuple(_cut(run, {})), words) for run, words in exceptions().items() if _KNOWN.fullmatch(run))
    return {parts: words for parts, words in cut if len(parts) > 1}
