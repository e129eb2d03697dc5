"""Pages made for a kind of thing: what they tell of it, fact, claim and framing apart."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import html
from pyoxigraph import Literal, NamedNode

from kg.formats import RDF_FORMATS
from kg.vocab import VAL
from server.engine.contract import Row
from server.portraits.times import in_words

CASES = tomllib.loads((Path(__file__).parent / "cases" / "portraits.toml").read_text("utf-8"))
LARGEST = 100_000  # bytes of a page


def test_no_case_is_lost() -> None:
    """Actors, tracks, corridors, events, a round and a thing without a portrait of its own are looked at."""
    assert len(CASES) == 15
    assert {key.partition("/")[0] for key in CASES} == {
        *("state", "person", "format", "corridor", "event", "round", "process", "agreement", "post"),
        *("place", "organisation"),
    }


@pytest.fixture(scope="module")
def pages(server_url: str) -> dict[str, str]:
    """Each page that a case is about."""
    with httpx.Client(base_url=server_url, timeout=60) as client:
        return {key: client.get(f"/page/{key}").raise_for_status().text for key in CASES}


def words(element: Any) -> str:
    """What a reader sees, without a space before a sign that ends something."""
    for unseen in element.xpath(".//*[@class='unseen' or @aria-hidden]"):
        unseen.getparent().remove(unseen) if not unseen.tail else unseen.clear(keep_tail=True)
    text = " ".join(" ".join(element.itertext()).split())
    return re.sub(r" ([.,:;)])", r"\1", text).replace("( ", "(")


def part(tree: Any, name: str) -> str:
    """The words of the part under the heading with this id."""
    if name == "facts":
        return words(tree.xpath("//dl[contains(@class, 'who')]")[0])
    (section,) = tree.xpath(f"//section[@aria-labelledby='{name}']")
    for quoted in section.xpath(".//q"):
        quoted.text, quoted.tail = f"“{quoted.text}”", quoted.tail
    return words(section)


@pytest.mark.parametrize("key", CASES)
def test_a_reader_finds_what_is_told(pages: dict[str, str], key: str) -> None:
    """Each part of a page tells what the sources tell, by whom, and how sure it is."""
    for name, told in CASES[key].items():
        tree = html.fromstring(pages[key])
        text = words(tree.xpath("//main")[0]) if name == "lacks" else part(tree, name)
        assert [one for one in told if (one in text) is (name == "lacks")] == [], (name, text)


@pytest.mark.parametrize("key", CASES)
def test_all_that_the_graph_says_is_one_click_away(pages: dict[str, str], key: str) -> None:
    """IRI, every syntax, SPARQL, JSON-LD and the raw properties are on each page, which is not large."""
    kind, _, slug = key.partition("/")
    tree = html.fromstring(pages[key])
    assert len(pages[key].encode()) < LARGEST
    assert tree.xpath("string(//p[@class='iri'])") == f"https://w3id.org/parley/id/{key}"
    links = [*tree.xpath("//main//a/@href")]
    assert [f"/data/{kind}/{slug}.{row.extension}" in links for row in RDF_FORMATS] == [True] * 6
    assert [link for link in links if link.startswith("/sparql?query=")]
    assert tree.xpath("//link[@rel='canonical']/@href")[0].endswith(f"/page/{key}")
    assert len(tree.xpath("//link[@rel='alternate']")) == 6
    assert json.loads(tree.xpath("string(//script[@type='application/ld+json'])"))["@id"].endswith(key)
    assert tree.xpath("//details//table[@class='properties']")
    sections = {f"#{place}" for place in tree.xpath("//main//h2/@id")}
    assert {link for link in links if link.startswith("#")} <= sections


@pytest.mark.parametrize("key", CASES)
def test_no_restatement_is_a_quotation(pages: dict[str, str], key: str) -> None:
    """Words of our reports are marked as ours wherever they stand, and no page has them in a quotation."""
    tree = html.fromstring(pages[key])
    assert not tree.xpath("//blockquote")
    passages = tree.xpath("//div[contains(@class, 'passage')]")
    assert passages or key == "organisation/daily-sabah"  # of an outlet there may be none
    assert [one for one in passages if "Report, in our words:" not in one.text_content()] == []


# What a source fixes of a time: its label, precision and bounds; and the words for that.
TIMES = {
    ("6 December 2023", "day", "2023-12-06", "2023-12-06"): "on 6 December 2023",
    ("October 2023", "month", "2023-10-01", "2023-10-31"): "in October 2023 (the source tells no day)",
    ("autumn 2020", "season", "2020-09-01", "2020-11-30"): "in autumn 2020 (the source tells no month)",
    ("2022", "year", "2022-01-01", "2022-12-31"): "in 2022 (the source tells the year only)",
    ("about 2022", "year", "2022-01-01", "2022-12-31"): "about 2022 (the source tells the year only)",
    (
        "1 May 2023 to 4 May 2023",
        "interval",
        "2023-05-01",
        "2023-05-04",
    ): "between 1 May 2023 and 4 May 2023",
    (
        "about 11 October 2022 to 21 October 2022",
        "interval",
        "2022-10-11",
        "2022-10-21",
    ): "roughly between 11 October 2022 and 21 October 2022",
    ("from 1 May 2023", "open", "2023-05-01", ""): "from 1 May 2023 on",
    ("until 1 May 2023", "open", "", "2023-05-01"): "until 1 May 2023",
    ("some day", "open", "", ""): "some day",
    ("a day", "open", "none", ""): "from none on",
}


@pytest.mark.parametrize("fixed", TIMES)
def test_times_say_how_finely_they_are_fixed(fixed: tuple[str, str, str, str]) -> None:
    """A time is told with its precision, and as a stretch where a source gives its bounds."""
    label, precision, first, last = fixed
    row: Row = {
        "timeLabel": Literal(label),
        "kind": NamedNode(f"{VAL}precision-{precision}"),
        **({"from": Literal(first)} if first else {}),
        **({"to": Literal(last)} if last else {}),
    }
    assert in_words(row) == TIMES[fixed]
