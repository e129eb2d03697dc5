"""Inputs for fuzzing: texts of the cases and reports, changed by what real files and hostile ones hold."""

import gzip
import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from kg.sources import load, shipped_reports

_CASES = Path(__file__).parent / "cases"
_MOST = 4_000  # characters of a text, so that an example takes a moment
# Direction marks, zero width, soft hyphens, controls, line ends, combining and astral characters, marks.
_ODD = [
    *"\u200e\u200f\u202b\u202e\u2066\u2069\u200b\u200c\u200d\u2060\ufeff\u00ad",
    *"\x00\x07\x08\x0b\x0c\x1b\x1c\x7f\x85\x9b\r\t\n\u2028\u2029\u00a0\u3000",
    *"\u0301\u0323\u20dd\u0488\ufe0f",
    *("🕊️", "𝔘𝔫", "👩‍👩‍👧", "\ufffe", "\ue000", "\U0010ffff", "İ", "ß", "ﬁ", "Ⅳ", "٣", "’s"),
    *"\"'“”‘’«»„‟`´()[]{}<>&*_#|\\—–-…;:,.!?/@",
    *(
        "\r\n",
        "\n\n",
        ". ",
        ", ",
        "<script>alert(1)</script>",
        "&nbsp;",
        "\x1b[31m",
        "\x1b]0;x\x07",
        "%s",
        "{0}",
    ),
]
_OTHERS = [
    "Le ministre a dit que les négociations ne sont pas terminées.",
    "Вчера министр заявил, что переговоры продолжаются.",
    "قال الوزير إن المحادثات مستمرة.",
    "大臣は交渉が続いていると述べた。",
    "Year 2019 2020 2021\nDead 1,204 3,118 97\nShare 4.5 % 7.1 % 0.3 %\n",
]


def _seeds() -> list[str]:
    """Each text of the cases of the reader, of languages, and of the shipped reports."""
    tables = [tomllib.loads(path.read_text("utf-8")) for path in sorted((_CASES / "reading").glob("*.toml"))]
    cases = [case["text"] for table in tables for case in table["case"] if "text" in case]
    reports = [load(path).source.text[:_MOST] for path in shipped_reports()]
    return [*cases, *reports]


SEEDS = _seeds()
_Change = Callable[[str, int, int, int], str]  # of a text, between two places, by a small number


def _repeat(text: str, start: int, end: int, number: int) -> str:
    return text[:end] + text[start:end] * (number**2) + text[end:]


def _remove(text: str, start: int, end: int, number: int) -> str:
    return text[:start] + text[end:]


def _odd(text: str, start: int, end: int, number: int) -> str:
    return text[:start] + _ODD[(start + 7 * number) % len(_ODD)] * (number % 3 + 1) + text[start:]


def _odd_often(text: str, start: int, end: int, number: int) -> str:
    return text[:start] + _ODD[(end + number) % len(_ODD)].join(text[start:end]) + text[end:]


def _many_marks(text: str, start: int, end: int, number: int) -> str:
    return text[:start] + '"“‘\'”’«»„"'[number] * (end - start + 1) + text[start:]


def _other_language(text: str, start: int, end: int, number: int) -> str:
    return text[:start] + _OTHERS[number % len(_OTHERS)] + text[start:]


def _splice(text: str, start: int, end: int, number: int) -> str:
    return text[:start] + SEEDS[(start * 31 + end + number) % len(SEEDS)] + text[end:]


def _one_sentence(text: str, start: int, end: int, number: int) -> str:
    return text[:start] + text[start:end].replace(".", (",", " and", ";", "")[number % 4]) + text[end:]


def _never_closed(text: str, start: int, end: int, number: int) -> str:
    return text[:start] + text[start:end].translate(dict.fromkeys(map(ord, "”’"))) + text[end:]


def _other_case(text: str, start: int, end: int, number: int) -> str:
    part = text[start:end]
    return text[:start] + (part.upper(), part.lower(), part.title())[number % 3] + text[end:]


def _other_spaces(text: str, start: int, end: int, number: int) -> str:
    space = ("\n", "\u00a0", "  ", "\t", "", "\n\n", "-", "\u2009")[number % 8]
    return text[:start] + text[start:end].replace(" ", space) + text[end:]


def _other_order(text: str, start: int, end: int, number: int) -> str:
    words = text[start:end].split(" ")
    return text[:start] + " ".join(sorted(words, key=lambda word: hash_of(word, number))) + text[end:]


def hash_of(word: str, number: int) -> int:
    """An order of words that a number decides, the same on each run."""
    return sum(ord(letter) * (number + 3) ** place for place, letter in enumerate(word[:9])) % 1009


_CHANGES: list[_Change] = [
    *(_repeat, _remove, _odd, _odd_often, _many_marks, _other_language, _splice),
    *(_one_sentence, _never_closed, _other_case, _other_spaces, _other_order),
]


@st.composite
def texts(draw: st.DrawFn, most: int = _MOST) -> str:
    """A seed with a few changes; without any where hypothesis shrinks it so far."""
    text = draw(st.one_of(st.sampled_from(SEEDS), st.text(max_size=200)))
    for change in draw(st.lists(st.sampled_from(_CHANGES), max_size=6)):
        start, end = sorted(draw(st.tuples(*[st.integers(0, max(len(text), 1))] * 2)))
        text = change(text, start, end, draw(st.integers(0, 9)))[:most]
    return text


@st.composite
def encoded(draw: st.DrawFn) -> bytes:
    """A text as bytes, in one encoding or another, some of them changed or cut."""
    name = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp1254", "utf-16-be"]))
    content = bytearray(draw(texts()).encode(name, "ignore"))
    for place, byte in draw(st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 255)), max_size=4)):
        content[place : place + byte % 2] = bytes([byte])
    return bytes(content)


def packed(content: bytes, how: int) -> bytes:
    """The bytes with gzip, whole, cut, or with one byte changed."""
    whole = gzip.compress(content, mtime=0)
    place = how % len(whole)
    return (whole, whole[:place], whole[:place] + b"\xff" + whole[place + 1 :])[how % 3]


_HEADERS = [
    *("", "+++\n", "---\ntitle: x\ndate: 2024-03-05\n---\n", '+++\ntitle = "x"\n+++\n', "---\n- a\n---\n"),
    *("# ", "> ", "- ", "1. ", "```\n", "| a | b |\n|---|---|\n", "[a](b) ", "<div>\n", "\ufeff---\n"),
]
MARKDOWN = st.builds(lambda header, text: header + text, st.sampled_from(_HEADERS), texts())
_TAGS = [
    "p",
    "div",
    "article",
    "h1",
    "script",
    "style",
    "table",
    "td",
    "blockquote",
    "a",
    "!--",
    "svg",
    "br/",
]


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A page whose tags are in any order, closed or not."""
    parts = [draw(st.sampled_from(["<html><body><article>", "<!doctype html><title>x</title>", ""]))]
    for paragraph in draw(texts()).split("\n")[:30]:
        tag, closed = draw(st.sampled_from(_TAGS)), draw(st.booleans())
        parts.append(f"<{tag}>{paragraph}" + (f"</{tag}>" if closed else ""))
    return "".join(parts)


_VALUES: st.SearchStrategy[Any] = st.one_of(
    texts(), st.none(), st.booleans(), st.integers(), st.floats(), st.lists(st.text(max_size=5), max_size=2),
    st.sampled_from(["2024-03-05", "soon", "https://example.org/a b", "\ud83d"]),
)  # fmt: skip
_KEYS = st.sampled_from(["text", "title", "publisher", "author", "date", "url", "kind", "licence", "x"])
_RECORD = st.one_of(
    st.dictionaries(_KEYS, _VALUES, max_size=5).map(json.dumps),
    st.builds(lambda text: json.dumps({"text": text}), texts()),
    st.text(max_size=30),
)
RECORDS = st.lists(_RECORD, max_size=5).map("\n".join)
