"""How to cite the data set, things, statements, reports and views, in forms that other programs read."""

import json
import re
from pathlib import Path
from urllib.parse import quote

import bibtexparser
import httpx
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html

from server.citing import bibtex, csl, ris, sentence
from server.citing.work import Original, Work, plain, project

SIGNS = st.characters(codec="utf-8")
TEXTS = st.text(
    alphabet=st.one_of(SIGNS, st.sampled_from("{}\\%&$#_^~\"'<>|@,=*-–\n\r\u2028ə́Éçğışüöāß")), max_size=40
)
ODD = "a--b ''c'' ``d`` ?` 50 % of {\\TeX} & $1_000 #1 ~^ {\nER  - \r\nTY  - JOUR Əliyev’s “Müstəqillik” İı"
STATEMENT = "ilham-aliyev-deny-36d227891b"
MEDIA = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
    "txt": "text/x-bibliography",
}


def work(title: str, publisher: str = "", url: str = "") -> Work:
    original = Original(title, restated=True, publisher=publisher, url=url)
    return Work("statement", "statement-x", title, "https://w3id.org/parley/id/statement/x", "v1", original)


def read_bibtex(text: str) -> dict[str, str]:
    """The fields of the one entry, as a reader sees them."""
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks, library.failed_blocks
    (entry,) = LatexDecodingMiddleware(keep_math_mode=False).transform(library).entries
    return {name: field.value for name, field in entry.fields_dict.items()} | {"key": entry.key}


def squeezed(text: str) -> str:
    """Without what decoding TeX makes of spaces."""
    return re.sub(r"\s", "", text).replace("ˆ", "^")  # which is how that reader knows \\textasciicircum


@settings(max_examples=80)
@given(TEXTS, TEXTS)
@example(ODD, ODD)
def test_bibtex_gives_back_what_went_in(title: str, publisher: str) -> None:
    """Whatever a title has in it, a reader of BibTeX finds one entry with just that, its capitals kept."""
    written = bibtex.written(work(title, publisher))
    fields = read_bibtex(written)
    assert fields["key"] == "parley-statement-x"
    assert squeezed(fields["title"]) == squeezed(plain(title))
    assert squeezed(plain(publisher)) in squeezed(fields["note"])
    assert written.count("\n@") == 0
    inner = re.search(r"title = \{\{(.*)\}\},\n", written)
    assert inner is not None
    depth = 0
    for sign in inner[1]:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0


@settings(max_examples=80)
@given(TEXTS, TEXTS)
@example(ODD, ODD)
def test_ris_gives_back_what_went_in(title: str, publisher: str) -> None:
    """Whatever a title has in it, a reader of RIS finds one record, and no line of it that is no field."""
    written = ris.written(work(f"T{title}", publisher))
    lines = written.split("\r\n")
    assert lines[-1] == ""
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert not re.search(r"[^\r]\n|\r[^\n]", written)
    (entry,) = rispy.loads(written.replace("\r\n", "\n"))
    assert entry["type_of_reference"] == "DATA"
    assert entry["title"] == plain(f"T{title}")
    assert plain(publisher) in entry["notes"][0]


@settings(max_examples=40)
@given(TEXTS)
@example(ODD)
def test_csl_and_the_sentence_keep_the_words(title: str) -> None:
    """The item of CSL has the title as it is; the sentence is one line, and leaves the access open."""
    (item,) = json.loads(csl.written(work(title)))
    assert item.get("title", "") == plain(title)
    told = sentence.written(work(title))
    assert told.count("\n") == 1
    assert plain(title) in told
    assert told.endswith(" Accessed [date].\n")


def test_addresses_are_taken_as_they_stand() -> None:
    """Signs of an address are not escaped, but for those that would end a field."""
    url = "https://example.org/a_b%20c?x=1&y={z}#w~"
    written = bibtex.written(work("T", "P", url))
    assert "\\url{https://example.org/a_b%20c?x=1&y=%7Bz%7D#w~}" in written
    assert url in ris.written(work("T", "P", url))


def test_it_is_what_citation_cff_says() -> None:
    """Title, authors and day are those of the file that says how to cite the project."""
    told = (Path(__file__).parents[1] / "CITATION.cff").read_text("utf-8")
    assert f'\ntitle: "{project()["title"]}"\n' in told
    assert re.findall(r"^  - name: (.+)$", told, re.MULTILINE) == project()["authors"]
    assert f"\ndate-released: {project()['released']}\n" in told


@pytest.mark.parametrize("ending", MEDIA)
def test_a_statement_in_a_report_is_cited_as_one(server_url: str, ending: str) -> None:
    """Each form names the statement, the version of the data, and the report with the article it restates."""
    answer = httpx.get(f"{server_url}/cite/statement/{STATEMENT}.{ending}", timeout=30)
    assert answer.headers["Content-Type"] == f"{MEDIA[ending]}; charset=utf-8"
    version = answer.headers["Parley-Data-Version"]
    for shown in (
        f"https://w3id.org/parley/id/statement/{STATEMENT}",
        version,
        "Report restating",
        "Daily Sabah",
    ):
        assert shown in answer.text
    assert answer.headers["ETag"]


@pytest.mark.parametrize("ending", MEDIA)
def test_the_address_of_the_article_is_given(server_url: str, ending: str) -> None:
    """Where the publisher's address is known, it stands in every form."""
    key = "trt-world-2023-10-04-azerbaijan-president-refuses-to-attend-eu-c72e00"
    answer = httpx.get(f"{server_url}/cite/report/{key}.{ending}", timeout=30)
    assert "https://www.trtworld.com/article/15249605" in answer.text
    assert "TRT World" in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    {
        "/cite/statement/no-such.bib": 404,
        f"/cite/statement/{STATEMENT}.doc": 404,
        "/cite/state/%3Cb%3E.bib": 400,
        "/cite/view.bib": 400,
        "/cite/view.bib?of=https://example.org/timeline": 400,
        "/cite/view.bib?of=//example.org/timeline": 400,
        "/cite/view.bib?of=http://[": 400,
        "/cite/view.bib?of=//%E2%84%80/timeline": 400,
        "/cite/view.bib?of=/no-such-page": 400,
        "/cite/view.bib?of=/queries/no-such": 400,
        "/cite/view.bib?of=/statements&what=1": 400,
    }.items(),
)
def test_what_is_not_there_cannot_be_cited(server_url: str, path: str, status: int) -> None:
    """Unknown things, forms and addresses, and those of other sites, are refused."""
    assert httpx.get(server_url + path, timeout=30).status_code == status


PAGES = {
    f"/page/statement/{STATEMENT}": "Ilham Aliyev (deny): Neither civilians",
    "/page/dataset/parley": "The Parley contributors (2026). Parley: a knowledge graph",
    "/dataset": "The Parley contributors (2026). Parley: a knowledge graph",
    "/page/state/france": "France [entry]. In: The Parley contributors (2026)",
    "/statements?stance=deny": "Statements (stance: deny) [view of the data]",
    "/timeline": "Timeline [view of the data]",
    "/queries/refused-rounds?from=2023-10-01": "Refused rounds (from: 2023-10-01) [view of the data]",
    "/timeline?process=process%2Farmenia-azerbaijan": "Timeline (process: process/armenia-azerbaijan) [view",
}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_how_to_cite_it(server_url: str, path: str) -> None:
    """Things and views have a sentence to copy, and links to the same in each form, which say the same."""
    tree = html.fromstring(httpx.get(server_url + path, headers={"Accept": "text/html"}, timeout=30).text)
    told = tree.xpath("string(//p[@class='citation'])")
    assert told.startswith(PAGES[path])
    links = tree.xpath("//p[@class='citation']/following-sibling::p[1][@class='ways']/a/@href")
    assert [link.partition("?")[0].rpartition(".")[2] for link in links] == [*MEDIA]
    answer = httpx.get(server_url + links[-1], timeout=30)
    assert answer.text == f"{told}\n"
    assert quote("stance=deny") in links[0] or "stance" not in path
