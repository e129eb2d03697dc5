"""Tests of the page about the data: what to take, how to use it, and how far it can be trusted."""

import json
from pathlib import Path

import httpx
import pytest
from lxml import html

from bench.extraction import MEASURED, SETS

PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def page(server_url: str) -> html.HtmlElement:
    """The page for the shipped graph."""
    answer = httpx.get(f"{server_url}/dataset", headers=PAGE, timeout=60)
    assert answer.status_code == 200
    assert len(answer.content) < 100_000
    return html.fromstring(answer.text)


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_file_can_be_taken(page: html.HtmlElement, server_url: str) -> None:
    """Each file stands once, plain and packed, with a size that is right to the first figures."""
    manifest = httpx.get(f"{server_url}/dumps/latest/manifest.json", follow_redirects=True, timeout=60).json()
    wanted = {file["name"]: file["size"] for file in manifest["files"] if "conforms_to" in file}
    links = page.xpath("//table[contains(@class, 'files')]//td/a")
    shown = {link.get("href").rpartition("/")[2]: link.text for link in links}
    assert shown.keys() == wanted.keys()
    units = {"Bytes": 1, "kB": 1e3, "MB": 1e6}
    for name, size in shown.items():
        number, unit = size.split()
        assert float(number) * units[unit] == pytest.approx(wanted[name], rel=0.06), name


def test_limits_are_told_with_figures(page: html.HtmlElement) -> None:
    """How many sources there are, who speaks most, and how well the program reads stand there."""
    limits = _words(page.xpath("//section[@aria-labelledby = 'limits']")[0])
    assert "14 texts of 14 outlets" in limits
    assert "Ilham Aliyev (16)" in limits
    told = json.loads(MEASURED.read_text("utf-8"))["sets"]["real4-aside"]
    (row,) = page.xpath("//table[@class = 'measures']/tbody/tr[th[starts-with(., 'statements')]]")
    figures = told["figures"]["statements"]
    wanted = (f"{100 * figures['precision']:.0f} %", f"{100 * figures['recall']:.0f} %", str(figures["n"]))
    assert tuple(cell.text for cell in row.xpath("td")) == wanted


def test_measures_are_those_of_the_gold_that_is_here() -> None:
    """The figures that are kept count as many texts and things as the gold of their sets has."""
    kept = json.loads(MEASURED.read_text("utf-8"))["sets"]
    aside = {path.name for path in SETS.glob("*-aside")}
    assert kept.keys() == aside - {"real-aside"}  # whose texts are gone
    for name, told in kept.items():
        gold = [json.loads(path.read_text("utf-8")) for path in _gold(SETS / name)]
        assert told["texts"] == len(gold)
        for kind in ("entities", "events", "formats"):
            assert told["figures"][kind]["n"] == sum(len(one.get(kind, ())) for one in gold), kind


def _gold(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.gold.json"))


def test_it_says_how_to_cite_it(page: html.HtmlElement, server_url: str) -> None:
    """A sentence names the version, and the same comes for programs that keep references."""
    version = httpx.get(f"{server_url}/dataset", headers=PAGE, timeout=60).headers["Parley-Data-Version"]
    assert version in _words(page.xpath("//p[@class = 'citation']")[0])
    links = page.xpath("//p[@class = 'citation']/following-sibling::p[1]/a/@href")
    assert {link.rpartition(".")[2] for link in links} >= {"bib", "ris"}
    for link in links:
        assert version in httpx.get(server_url + link, timeout=60).text, link


def test_it_leads_to_all_ways_of_taking_a_part(page: html.HtmlElement) -> None:
    """Things, lists, answers, names, patterns and graphs each have their way, and programs theirs."""
    links = set(page.xpath("//main//a/@href"))
    wanted = {
        "/statements",
        "/cookbook",
        "/cookbook/match-names",
        "/fragments",
        "/openapi.json",
        "/sparql",
        "/dumps/",
    }
    assert wanted <= links
    assert any(link.startswith("/dumps/") and link.endswith("/graphs/") for link in links)
    assert "curl -L -H 'Accept: text/turtle' http" in page.text_content()
