"""Scoring: cases whose counts were worked out by hand, and what holds whatever is scored."""

import csv
import itertools
import random
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ontology
from kg.errors import EvaluationError
from kg.evaluation import KINDS
from kg.evaluation.compare import Comparison, compare
from kg.evaluation.dates import interval
from kg.evaluation.fields import Field
from kg.evaluation.figures import Counts, Figures, counted, figures
from kg.evaluation.gold import account
from kg.evaluation.items import Account
from kg.evaluation.matching import match
from kg.evaluation.offsets import Offsets
from kg.evaluation.values import Values, tables
from kg.vocab import PLOVER, VAL

FOLDER = Path(__file__).with_name("cases")
LENGTH = 200  # code points of the text that the cases imagine
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['name']}")
    for file in sorted((FOLDER / "evaluation").glob("*.toml"))
    for case in tomllib.loads(file.read_text("utf-8"))["case"]
]
FIELDS = {"name", "gold", "found", "expect", "not_scored", "unknown", "traps"}


def read(table: dict[str, Any], values: Values | None = None) -> Account:
    """What a gold file with this table tells."""
    return account(Field(table, "case"), Offsets(LENGTH), values or Values())


def scored(gold: dict[str, Any], found: dict[str, Any]) -> dict[str, list[int]]:
    """Of each kind the items that are right, in the gold, and in the reading."""
    return shown(compare(read(gold), read(found)))


def shown(comparison: Comparison) -> dict[str, list[int]]:
    counts = counted([comparison.outcomes])
    return {kind: [one.right, one.expected, one.offered] for kind, one in counts.items()}


def test_no_case_is_lost() -> None:
    """Every case of every file is run, and has only the fields that are read here."""
    assert len(CASES) == 48
    assert all(case.values[0].keys() <= FIELDS for case in CASES)


@pytest.mark.parametrize("case", CASES)
def test_a_case_has_the_counts_worked_out_by_hand(case: dict[str, Any]) -> None:
    """Right items, items of the gold and items read are those of the case, for every kind that it names."""
    values = Values()
    comparison = compare(read(case["gold"], values), read(case["found"]))
    counts = shown(comparison)
    assert {kind: counts.get(kind) for kind in case["expect"]} == case["expect"]
    assert not counts.keys() & set(case.get("not_scored", ()))
    assert [f"{kind} {value}" for kind, value in values.unknown] == case.get("unknown", [])
    if "traps" in case:
        assert [len(comparison.hit), len(comparison.traps)] == case["traps"]


@pytest.mark.parametrize(
    ("counts", "wanted"),
    [
        (Counts(6, 8, 12), Figures(0.5, 0.75, 0.6, 8)),
        (Counts(0, 4, 0), Figures(0.0, 0.0, 0.0, 4)),
        (Counts(0, 0, 4), Figures(0.0, 0.0, 0.0, 0)),
        (Counts(0, 0, 0), Figures(1.0, 1.0, 1.0, 0)),
        (Counts(1, 2, 2) + Counts(5, 6, 10), Figures(0.5, 0.75, 0.6, 8)),
    ],
)
def test_figures_follow_from_counts(counts: Counts, wanted: Figures) -> None:
    """Precision, recall and F1 are those of the added counts; nothing expected and nothing read is right."""
    assert counts.figures() == wanted


def test_a_point_without_matched_items_fares_as_the_items_do() -> None:
    """Where no statement matched, stance is 0; where none was expected or read, it is 1."""
    nothing = Counts()
    assert figures({"statements": Counts(0, 2, 2), "stance": nothing})["stance"] == Figures(0.0, 0.0, 0.0, 0)
    assert figures({"statements": nothing, "stance": nothing})["stance"] == Figures(1.0, 1.0, 1.0, 0)


SPAN = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 40)).map(
    lambda pair: [pair[0], min(sum(pair), LENGTH)]
)
SPANS = st.lists(SPAN, min_size=1, max_size=3)
ID = st.sampled_from("abcd")
IDS = st.lists(ID, max_size=3, unique=True)


def items(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(st.fixed_dictionaries(fields), max_size=5)


GOLD = st.fixed_dictionaries(
    {
        # Nothing could tell apart things whose mentions are all the same: each has a place of its own.
        "entities": st.tuples(*(SPANS for _ in "abcd")).map(
            lambda of: [
                {"id": id_, "type": "Person", "mentions": [*mentions, [n, n + 1]]}
                for n, (id_, mentions) in enumerate(zip("abcd", of, strict=True))
            ]
        ),
        "statements": items(
            speaker=ID | st.just("?somebody") | IDS,
            stance=st.sampled_from(("assert", "deny")),
            modality=st.just("asserted"),
            content=SPANS,
        ),
        "events": items(
            plover=st.sampled_from(("CONSULT", "AGREE", None)),
            participants=IDS,
            status=st.sampled_from(("occurred", "planned")),
            date=st.sampled_from((None, "2023", "2023-10-05")),
            evidence=SPANS,
        ),
        "formats": items(name=st.sampled_from("fgh"), members=IDS, mediators=IDS, evidence=SPANS),
        "corridors": items(name=st.uuids().map(str), aliases=st.just(["x"]), members=IDS, evidence=SPANS),
    }
)


@given(GOLD)
def test_gold_held_against_itself_is_perfect(gold: dict[str, Any]) -> None:
    """Nothing is missed and nothing is spurious; the items of one gold may overlap as they like."""
    comparison = compare(read(gold), read(gold))
    assert not [kind for kind, of in comparison.outcomes.items() if of.missed or of.spurious]
    assert comparison.outcomes.keys() == KINDS.keys()
    assert all(one.f1 == 1 for one in figures(counted([comparison.outcomes])).values())


@given(GOLD, GOLD, st.randoms(use_true_random=False))
def test_the_order_of_items_makes_no_difference(
    gold: dict[str, Any], found: dict[str, Any], chance: random.Random
) -> None:
    """Both files may list their items in any order."""
    assert scored(gold, found) == scored(shuffled(gold, chance), shuffled(found, chance))


def shuffled(table: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    return {key: chance.sample(part, len(part)) for key, part in table.items()}


@given(GOLD, GOLD)
def test_no_item_is_counted_twice(gold: dict[str, Any], found: dict[str, Any]) -> None:
    """Of no kind more is right than there is on either side, and points are judged on what is right."""
    counts = scored(gold, found)
    assert all(right <= min(expected, offered) for right, expected, offered in counts.values())
    assert counts["stance"][1] == counts["modality"][1] == counts["statements"][0]
    assert counts["mentions"][1] == sum(len({*map(tuple, e["mentions"])}) for e in gold["entities"])


LEAF = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(("a", "?", "x"))
VALUE = st.recursive(LEAF, lambda of: st.lists(of, max_size=3) | st.dictionaries(st.text(), of, max_size=3))


@given(GOLD, st.data())
def test_whatever_stands_in_a_gold_file_is_read_or_is_a_fault(
    gold: dict[str, Any], data: st.DataObject
) -> None:
    """A value of any kind in any place is read, or reported in one line that names the place."""
    key = data.draw(st.sampled_from(sorted(gold)))
    fields = data.draw(st.sampled_from([(gold, key), *((item, name) for item in gold[key] for name in item)]))
    fields[0][fields[1]] = data.draw(VALUE)
    said = _fault(gold)
    assert "\n" not in said
    assert not said or said.startswith("case")


def _fault(gold: dict[str, Any]) -> str:
    try:
        compare(read(gold), read({}))
    except EvaluationError as error:
        return str(error)
    return ""


PAIRS = st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(0, 9), max_size=12)


@given(PAIRS)
def test_a_matching_is_the_best_of_all(weights: dict[tuple[int, int], int]) -> None:
    """As many pairs as can be made, and of these choices one of the most weight."""
    found = match(weights)
    assert len(set(found.values())) == len(found)
    worth = len(found), sum(weights[pair] for pair in found.items())
    assert worth == max((len(pairs), sum(map(weights.__getitem__, pairs))) for pairs in _matchings(weights))


def _matchings(weights: dict[tuple[int, int], int]) -> Iterator[tuple[tuple[int, int], ...]]:
    for count in range(6):
        for pairs in itertools.combinations(weights, count):
            if all(len({pair[side] for pair in pairs}) == count for side in (0, 1)):
                yield pairs


def test_times_of_the_reader_are_dates_that_can_be_judged() -> None:
    """The EDTF text of every dated case of the reader means the days that the case gives."""
    with (FOLDER / "dates.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    dated = [row for row in rows if row["earliest"] and row["latest"] and " ; " not in row["edtf"]]
    assert len(dated) > 100
    for row in dated:
        meant = interval(row["edtf"])
        assert meant, row
        bounds = [str(bound) if bound else "" for bound in (meant.earliest, meant.latest)]
        assert bounds == [row["earliest"], row["latest"]], row


@pytest.mark.parametrize(
    "text", ["", "soon", "2023-13", "2023-02-30", "2023-10-05/2023-10-01", "../..", "23"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    """Words, days that do not exist, intervals that run backwards or are open on both sides mean no days."""
    assert interval(text) is None


def test_every_value_that_others_map_to_is_defined() -> None:
    """Stances, modalities, statuses and classes of the table are those of the ontology, and all of them."""
    defined = {str(subject) for subject in ontology.load().subjects()}
    own = {kind: set(table.values()) for kind, table in tables().items()}
    for kind in ("stance", "modality", "status"):
        ours = {name.removeprefix(f"{VAL}{kind}-") for name in defined if name.startswith(f"{VAL}{kind}-")}
        assert own[kind] >= ours
        assert own[kind] - ours <= {
            "alleged",
            "hypothetical",
        }  # of events: in the ontology it is the factuality
    classes = {name.removeprefix(str(PLOVER)) for name in defined if name.startswith(str(PLOVER))}
    assert own["plover"] == classes | {"none"}
    assert own["event"] <= own["plover"]
