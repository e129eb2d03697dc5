"""A reading stands on the text alone: take a sentence away, and only what it alone supports goes."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace

import pytest
from readings import Fact, facts, spans

from kg import known
from kg.model import Reading, Source, Span
from kg.reading import Index, read
from kg.reading.text.document import read_document

SENTENCES = {"article": 27, "report": 32}  # as the reader counts them; fewer would test less


@pytest.fixture(scope="module")
def index() -> Index:
    return known.index()


@pytest.mark.parametrize("kind", ["article", "report"])
def test_a_deleted_sentence_takes_away_what_it_alone_supports(
    kind: str, index: Index, request: pytest.FixtureRequest
) -> None:
    """What stands only on a sentence goes with it, what goes had leaned on it, and nothing new comes.

    What may come is another value in a place whose old value leaned on the cut: the text that is left gives
    a pronoun, or "those talks", another antecedent, and says something else. So may a lesser reading of the
    very words whose reading leaned on it, or of some of them: "refused to take part in them" refuses a round
    that is cut away, and a quotation whose first sentence is gone is still closed by its mark.
    """
    source: Source = request.getfixturevalue(f"{kind}_source")
    whole = read(source, index)
    cuts = list(without_each_sentence(source))
    assert len(cuts) >= SENTENCES[kind]
    wrong = [line for cut, rest in cuts for line in complaints(whole, read(rest, index), cut)]
    assert wrong == []


def without_each_sentence(source: Source) -> Iterator[tuple[Span, Source]]:
    """Each sentence, and the source without it."""
    document = read_document(source.text)
    for sentence in document.sentences:
        cut = document.span(sentence)
        yield cut, replace(source, text=source.text[: cut.start] + source.text[cut.end :])


def complaints(whole: Reading, rest: Reading, cut: Span) -> list[str]:
    """What is wrong with the reading of the rest, one line each."""
    before, after = facts(whole), facts(rest)
    place = whole.source.text[cut.start : cut.start + 30]
    leans = leaning(whole, cut)
    only_here = [fact for fact, records in before.items() if all(stands_in(r, cut) for r in records)]
    elsewhere = [
        f for f, records in before.items() if f not in after and not any(r.key in leans for r in records)
    ]
    lost = {slot(fact) for fact, records in before.items() if any(r.key in leans for r in records)}
    known = {same_person(fact) for fact in before}
    words = {words_of(whole, r) for records in before.values() for r in records if r.key in leans} - {()}
    new = [
        fact
        for fact, records in after.items()
        if same_person(fact) not in known
        and slot(fact) not in lost
        and not all(_among(words_of(rest, r), words) for r in records)
    ]
    return [
        *(f"{place}… still read: {fact}" for fact in only_here if fact in after),
        *(f"{place}… lost, though it stands elsewhere: {fact}" for fact in elsewhere),
        *(f"{place}… read only without it: {fact}" for fact in new),
    ]


def _among(part: tuple[str, ...], whole: set[tuple[str, ...]]) -> bool:
    """Whether each passage of a record lies in one of a record that leaned on the cut."""
    return bool(part) and any(
        all(any(said in other for other in others) for said in part) for others in whole
    )


def words_of(reading: Reading, record: object) -> tuple[str, ...]:
    """The words that support a record; a cut before them moves their offsets."""
    text = reading.source.text
    return tuple(text[span.start : span.end] for span in spans(record))


def stands_in(record: object, cut: Span) -> bool:
    """Whether a record has spans and all of them lie in the cut."""
    where = spans(record)
    return bool(where) and all(cut.start <= span.start and span.end <= cut.end for span in where)


def leaning(reading: Reading, cut: Span) -> set[str]:
    """Keys of the records that lean on the cut, by their own spans or by a record that they refer to."""
    records = {r.key: r for f in fields(reading) if f.name != "source" for r in getattr(reading, f.name)}
    actors = {entity.key for entity in reading.entities}  # they stand in many sentences
    found = {key for key, record in records.items() if leans_on(record, cut)}
    while True:
        more = {
            key for key, record in records.items() if key not in found and found & refers_to(record) - actors
        }
        if not more:
            return found
        found |= more


def leans_on(record: object, cut: Span) -> bool:
    """Whether a span of the record, or what a pronoun or name in it was resolved by, lies in the cut."""
    where = [*spans(record), *getattr(record, "antecedents", ())]
    return any(cut.start <= span.start and span.end <= cut.end for span in where)


def refers_to(record: object) -> set[str]:
    """The keys of other things that a record names."""
    values = [getattr(record, field.name) for field in fields(record) if field.name != "key"]  # type: ignore[arg-type]
    flat = [part for value in values for part in (value if isinstance(value, tuple) else (value,))]
    return {part for part in flat if isinstance(part, str) and re.match(r"[a-z]+/", part)}


def slot(fact: Fact) -> Fact:
    """What a fact is about without its value: a pronoun may mean somebody else without its antecedent."""
    return fact[:-1] if len(fact) > 2 else fact


def same_person(fact: Fact) -> Fact:
    """Somebody whose full name is cut away is still there by surname: the same person under a lesser name."""
    return tuple(re.sub(r"^person/(.*-)?", "person/", part) for part in fact)
