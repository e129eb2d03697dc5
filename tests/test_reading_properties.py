"""Whatever the text, a reading stands on it, names only what it defines, and comes in time."""

import gc
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date as Day

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_cases import source

from kg import known
from kg.assembly import assemble
from kg.identifiers import UNKNOWN_SPEAKER
from kg.model import Reading, Span
from kg.reading import read
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table
from kg.vocab import Base

BASE = Base()
INDEX = known.index()
PUBLISHED = Day(2024, 3, 1)
# Fields of records that hold the keys of others.
KEY_FIELDS = {
    "of", "holder", "subject", "objects", "speakers", "propositions", "addressees", "conditions",
    "communique", "ground_for", "issuer", "agents", "participants", "place", "causes", "alleged_in",
    "refuses", "parties", "addresses", "process", "format", "within", "formats", "asserted_by",
    "corridor", "next", "thing", "user", "area", "contributors", "mandated_by", "monitors", "states",
    "imposed_by", "targets", "agreement", "binds", "signed_by", "signed_for", "before", "demanded_by",
    "demands", "stated_in", "demanded_of", "resumes", "sanction", "moves_from", "moves_to",
}  # fmt: skip
MARKS = [*'",.;:?!()-', "“", "”", "‘", "’", "'s", "’s", "–", "—", "\n", "\n\n"]
MOST = 7  # times as long for a text four times as long; quadratic work would take sixteen times as long
SPARE = 0.2  # seconds that do not count, so that small texts cannot fail by chance


def vocabulary() -> list[str]:
    """The words that the rules look for, the names and titles of the authority data, times and marks."""
    closed = {word for name in type(grammar()).__annotations__ for word in getattr(grammar(), name)}
    nouns = {*event_table().nouns, *noun_table().sides, *noun_table().common}
    names = random.Random(1).sample(sorted(INDEX.lexicon.names), 300)
    titles = [title.form for title in INDEX.lexicon.titles]
    times = ["on Monday", "in October 2020", "2023-12-06", "last week", "by the end of the year"]
    rules = sorted(closed | nouns | set(verb_table().forms))
    return [*rules, *names, *titles, *times, *(MARKS * 20), "Ada Lorimer", "Xoriland", "according to"]


WORDS = vocabulary()
SALADS = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
TEXTS = st.one_of(
    st.text(max_size=300), SALADS, st.lists(st.one_of(SALADS, st.text(max_size=20))).map("\n".join)
)


@given(TEXTS)
@settings(max_examples=120, deadline=None, derandomize=True)
def test_any_text_gives_a_reading_that_stands_on_it(text: str) -> None:
    """Spans lie in the text and hold something, keys lead to records, and the same text reads the same."""
    reading = read(source(text, PUBLISHED), INDEX)
    assert list(bad_spans(reading)) == []
    assert dangling(reading) == set()
    assert len(assemble(reading, BASE)) > 0
    assert read(source(text, PUBLISHED), INDEX) == reading


TITLES_OF = [title.form for title in INDEX.lexicon.titles if title.of]


@pytest.mark.parametrize("title", TITLES_OF)
def test_a_body_that_only_a_title_implies_is_an_entity_of_the_reading(title: str) -> None:
    """The post is of that body, so the graph of the text has to hold it."""
    reading = read(source(f"{title.title()} Ada Lorimer met Pope Francis.", PUBLISHED), INDEX)
    bodies = {post.of for post in reading.posts if post.of}
    assert bodies
    assert bodies <= {entity.key for entity in reading.entities}
    assert len(assemble(reading, BASE)) > 0


def test_a_listed_format_that_no_talks_bear_out_is_no_part_of_a_statement() -> None:
    """What the reading has no record of is nothing that its statements could be about."""
    text = "Kenya said Uganda agreed to six-party talks with African leaders."
    reading = read(source(text), INDEX)
    assert reading.statements
    assert len(assemble(reading, Base())) > 0


def bad_spans(value: object) -> Iterator[Span]:
    """The spans anywhere in a reading that lie outside its text or are empty."""
    assert isinstance(value, Reading)
    length = len(value.source.text)
    for field in fields(value):
        if field.name != "source":
            found = spans(getattr(value, field.name))
            yield from (span for span in found if not 0 <= span.start < span.end <= length)


def spans(value: object) -> Iterator[Span]:
    """Every span in a record or in a tuple of records."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from spans(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from spans(getattr(value, field.name))


def dangling(reading: Reading) -> set[str]:
    """The keys that records refer to and that neither the reading nor the authority data define."""
    records = [r for field in fields(reading) if field.name != "source" for r in getattr(reading, field.name)]
    known = {record.key for record in records} | set(INDEX.lexicon.labels) | {UNKNOWN_SPEAKER}
    return {key for record in records for key in references(record) if key not in known}


def references(record: object) -> Iterator[str]:
    """The keys that a record refers to."""
    for field in fields(record):  # type: ignore[arg-type]
        if field.name in KEY_FIELDS:
            value = getattr(record, field.name)
            yield from value if isinstance(value, tuple) else (value,) if value else ()


def unknown_names(count: int) -> str:
    """So many capitalised words, no two alike, that no list names, before a verb of speech."""
    letters = "abcdefghij"
    words = ("X" + "".join(letters[int(digit)] for digit in str(number)) + "or" for number in range(count))
    return " ".join(words) + " said"


PLAIN = (
    "the envoy of Kenya said that Sudan and Chad would hold talks in Doha on Monday after President Ada "
    "Lorimer accused rebels of attacks ,"
)
HARD: dict[str, tuple[int, Callable[[int], str]]] = {
    "one sentence without an end": (6_000, lambda n: "the envoy of Kenya met a minister and " * (n // 8)),
    "clauses without an end": (2_000, lambda n: "Kenya said Sudan attacked Chad and " * (n // 6)),
    "quotation marks": (100_000, lambda n: '"' * n),
    "quotation marks apart": (20_000, lambda n: '" ' * n),
    "single quotation marks": (20_000, lambda n: "'a " * n),
    "quotations never closed": (1_200, lambda n: "“Kenya will attack Sudan. " * n),
    "he said": (2_000, lambda n: "he said " * n),
    "he said, in sentences": (1_200, lambda n: '"It is," he said. ' * n),
    "the sides": (2_000, lambda n: "the sides " * n),
    "the sides, in sentences": (1_600, lambda n: "The sides met. " * n),
    "unknown names": (2_000, unknown_names),
    "unknown names, each in a sentence": (2_000, lambda n: " said. ".join(unknown_names(n).split())),
    "control characters": (1_000, lambda n: "".join(map(chr, range(32))) * n),
    "wars": (600, lambda n: "The war between Kenya and Sudan went on. " * n),
    "operations": (1_200, lambda n: "An operation began in Goma. " * n),
    "attacks by nobody": (1_200, lambda n: "The rebels attacked the rebels. " * n),
    "an attack told again": (1_200, lambda n: "Kenya attacked Goma.\n\n" * n),
    "headlines in one line": (200, lambda n: "Kenya Attacks Chad As Sudan Rejects Talks " * n),
    "one number": (160_000, lambda n: "7" * n),
    "refusals": (500, lambda n: "Kenya refused to attend talks with Sudan. " * n),
    "mediators": (300, lambda n: "Talks between Chad and Mali are mediated by Kenya. " * n),
    "titles": (2_000, lambda n: "President of Kenya " * n),
    "conditions": (500, lambda n: "Kenya said it would leave if Sudan came, " * n),
    "times": (1_200, lambda n: "on Monday in October 2020 " * n),
    "one word": (100_000, lambda n: "a" * n),
    "a list": (5_000, lambda n: "Kenya and " * n),
    "a million quotation marks": (1_000_000, lambda n: '"' * n),
    "ten thousand words in one sentence": (
        10_000,
        lambda n: " ".join(random.Random(2).choices(PLAIN.split(), k=n)),
    ),
    "brackets never closed": (200_000, lambda n: "(" * n),
    "zero-width and direction marks": (60_000, lambda n: "Kenya\u200b\u202e " * (n // 8)),
    "letters with marks": (60_000, lambda n: "e\u0301" * (n // 2)),
    "letters beyond the basic plane": (60_000, lambda n: "𝔘 " * (n // 2)),
    "a table of figures": (60_000, lambda n: "2019\t1,204\t3.5 %\n" * (n // 17)),
}


@pytest.mark.parametrize("name", HARD)
def test_a_text_four_times_as_long_takes_about_four_times_as_long(name: str) -> None:
    """Texts made to hit one rule again and again, which no article would be."""
    size, made = HARD[name]
    gc.freeze()  # what was there before, or looking through it would take most of the time
    gc.disable()  # it would look through all that other tests left, by chance in one of the two
    try:
        taken = seconds(made(size // 4)), seconds(made(size))
        if _is_out_of_proportion(*taken):  # by chance, once, on a busy machine
            taken = tuple(map(min, taken, (seconds(made(size // 4)), seconds(made(size)))))
    finally:
        gc.enable()
        gc.unfreeze()
    assert not _is_out_of_proportion(*taken), f"{size // 4} and {size}: {taken} s"


def _is_out_of_proportion(short: float, long: float) -> bool:
    return long > MOST * short + SPARE


def seconds(text: str) -> float:
    """Processor time for one reading."""
    gc.collect()
    begun = time.process_time()
    read(source(text, PUBLISHED), INDEX)
    return time.process_time() - begun
