"""Pages of reports and articles: the text with every passage marked, who speaks, and what stayed unread."""

import re
from pathlib import Path

import httpx
import pytest
from conftest import Built
from lxml import html
from pyoxigraph import QuerySolutions
from server_graph import put

from kg import texts
from kg.model import Citation, Source
from kg.sources import load, shipped_reports
from kg.store import DataFolder
from server import urls
from server.app import create_app
from server.engine.local import StoreEngine

BASE = "https://w3id.org/parley/"
NS = f"{BASE}ns#"
SEED = "report/daily-sabah-2023-12-06-azerbaijan-wants-us-to-consider-new-61c46c"
LIMIT = 100_000  # bytes of HTML


def text_of(tree: html.HtmlElement) -> str:
    """The words of the marked text, without signs and numbers of notes."""
    return "\n".join(
        "".join(piece.text or "" for piece in row.xpath(".//*[@data-c]"))
        for row in tree.xpath("//p[@class='text']")
    )


def selected(built: Built, query: str) -> list[tuple[str, ...]]:
    found = built.store.query(f"PREFIX parley: <{NS}> {query}", use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return [tuple(term.value for term in row) for row in found]


@pytest.fixture(scope="module")
def pages(server_url: str) -> dict[str, str]:
    """The page of each shipped report, by its key."""
    keys = [load(path).source.key for path in shipped_reports()]
    assert len(keys) == 14
    found = {key: httpx.get(f"{server_url}/page/{key}", timeout=30) for key in keys}
    assert {answer.status_code for answer in found.values()} == {200}
    return {key: answer.text for key, answer in found.items()}


def test_a_report_is_there_word_for_word(pages: dict[str, str]) -> None:
    """The page of each has its whole text, and stays small."""
    for path in shipped_reports():
        source = load(path).source
        shown = text_of(html.fromstring(pages[source.key]))
        lines = [line.strip() for line in source.text.split("\n") if line.strip()]
        assert shown.split("\n") == lines, source.key
        assert len(pages[source.key].encode()) < LIMIT


def test_every_passage_has_an_address(built: Built, pages: dict[str, str]) -> None:
    """Whatever the graph has as evidence of anything can be gone to, and begins at the words it names."""
    found = selected(
        built,
        f"SELECT DISTINCT ?start ?end ?text {{ ?thing parley:evidence ?span . ?span parley:exactText ?text ;"
        f" parley:spanOf <{BASE}id/{SEED}> ; parley:startOffset ?start ; parley:endOffset ?end }}",
    )
    assert len(found) > 150
    tree = html.fromstring(pages[SEED])
    for start, end, words in found:
        (place,) = tree.xpath(f"//*[@id='char={start},{end}']")
        following = "".join(
            place.xpath("descendant-or-self::*[@data-c]/text() | following::*[@data-c]/text()")
        )
        assert re.sub(r"\s", "", following).startswith(re.sub(r"\s", "", words)[:20]), (start, end)


def test_words_are_coloured_by_who_says_them(built: Built, pages: dict[str, str]) -> None:
    """Each statement has a note that leads to it and names its speaker; the signs tell speakers apart."""
    said = selected(
        built,
        f"SELECT DISTINCT ?s {{ ?s a parley:Statement ; parley:reportedIn <{BASE}id/{SEED}> }}",
    )
    tree = html.fromstring(pages[SEED])
    notes = tree.xpath("//ul[@class='notes']/li[contains(@class, 'statement')]")
    assert {link for note in notes for link in note.xpath("./a/@href")} == {
        iri.removeprefix(BASE.rstrip("/")) for (iri,) in said
    }
    signs = tree.xpath("//fieldset[contains(@class, 'speakers')]//*[contains(@class, 'sign-of')]/text()")
    assert len(signs) == len({*signs}) == 5
    (line,) = [
        piece
        for piece in tree.xpath("//*[@data-c]")
        if piece.text == ' has "nullified" its strategic ties with '
    ]
    assert "said-by" in line.get("class")
    assert "event" in line.get("class").split()  # two layers in the same words
    (note,) = [note for note in notes if "damages ties with" in note.text_content()]
    assert "Ilham Aliyev accuses" in note.text_content()


def test_the_shares_of_the_words_add_up(pages: dict[str, str]) -> None:
    """The parts of those who speak and of all others are a hundred, but for rounding."""
    for key, page in pages.items():
        shares = [int(share) for share in re.findall(r"(\d+)\s%\sof\sthe\swords", page)]
        assert abs(sum(shares) - 100) <= len(shares), key


def test_what_stayed_unread_is_told(built: Built, pages: dict[str, str]) -> None:
    """Each passage that was not placed is marked, and listed with the reason."""
    found = selected(
        built,
        "SELECT DISTINCT ?source ?text ?reason { ?x a parley:UnreadPassage ; parley:reason ?reason ;"
        " parley:evidence ?span . ?span parley:exactText ?text ; parley:spanOf ?source }",
    )
    assert len(found) > 15
    for source, words, reason in found:
        tree = html.fromstring(pages[source.removeprefix(f"{BASE}id/")])
        listed = tree.xpath("//ul[contains(@class, 'unread-list')]/li")
        assert [item for item in listed if words in item.text_content() and reason in item.text_content()]


def test_a_report_never_passes_for_the_article(pages: dict[str, str]) -> None:
    """Each says that its words are ours, and none stands in a quotation."""
    for page in pages.values():
        assert "in our own words" in page
        assert "<blockquote" not in page


def test_passages_elsewhere_lead_to_the_marked_words(server_url: str, pages: dict[str, str]) -> None:
    """The place of a passage on any page is a link to just these characters."""
    tree = html.fromstring(httpx.get(f"{server_url}/statements.html?stance=deny", timeout=30).text)
    links = tree.xpath("//p[@class='place']/a[contains(@href, '#char=')]/@href")
    assert len(links) >= 5
    for link in links:
        page, _, anchor = link.partition("#")
        assert html.fromstring(pages[page.removeprefix("/page/")]).xpath(f"//*[@id='{anchor}']")


# What may be read of an article under a value of the setting, as a pattern about ?thing and ?span.
SHOWN = {
    "said": "{ ?thing parley:contentSpan|parley:cueSpan ?span }"
    " UNION { ?thing a parley:AttributedLabel ; parley:evidence ?span }",
    "cited": "?thing parley:evidence ?span",
}


@pytest.mark.parametrize("setting", SHOWN)
def test_an_article_is_shown_in_part(article_built: Built, article_source: Source, setting: str) -> None:
    """Only words that the setting allows stand in their places, and no other word of the text is sent."""
    cited = selected(
        article_built,
        f"SELECT DISTINCT ?start ?end {{ {SHOWN[setting]} ."
        " ?span parley:startOffset ?start ; parley:endOffset ?end }",
    )
    shown = {offset for start, end in cited for offset in range(int(start), int(end))}
    with create_app(StoreEngine(article_built.folder), articles=setting).test_client() as client:
        tree = html.fromstring(client.get(f"/page/{article_source.key}").text)
    pieces = {int(piece.get("data-c")): piece for piece in tree.xpath("//*[@data-c]")}
    gaps = [piece for piece in pieces.values() if piece.get("class") == "gap"]
    assert len(gaps) > 10
    assert len(pieces) > 100
    for start, piece in pieces.items():
        words = piece.text or ""
        if piece not in gaps:
            assert article_source.text[start : start + len(words)] == words
            assert {*range(start, start + len(words))} <= shown


def test_what_is_said_is_shown_unless_more_is_allowed(article_built: Built, article_source: Source) -> None:
    """Without a setting it is as with `said`; the page says that the rest is left out."""
    pages = []
    engine = StoreEngine(article_built.folder)
    for app in (create_app(engine), create_app(engine, articles="said")):
        with app.test_client() as client:
            pages.append(client.get(f"/page/{article_source.key}").text)
    assert pages[0] == pages[1]
    assert "the rest is left out" in pages[0]


def test_the_owner_of_a_server_may_show_articles(article_built: Built, article_source: Source) -> None:
    """With the setting, an article is there word for word, and as what it is: the publisher's."""
    app = create_app(StoreEngine(article_built.folder), articles="whole")
    with app.test_client() as client:
        page = client.get(f"/page/{article_source.key}").text
    lines = [line.strip() for line in article_source.text.split("\n") if line.strip()]
    assert text_of(html.fromstring(page)).split("\n")[: len(lines)] == lines
    assert "in our own words" not in page
    with create_app(StoreEngine(article_built.folder)).test_client() as client:
        less = client.get(f"/page/{article_source.key}")
    with app.test_client() as client:
        assert client.get(f"/page/{article_source.key}").headers["ETag"] != less.headers["ETag"]


LINE = "It was said on that day that the talks would go on in the spring. " * 10
LONG = "\n\n".join(LINE.strip() for _ in range(18))  # twelve thousand characters in all


def test_a_long_text_comes_in_parts(tmp_path: Path) -> None:
    """Each passage, also at a seam and over several paragraphs, is on the part that its address names."""
    spans = [(at, at + 30) for at in range(0, len(LONG) - 30, 400)] + [
        (4990, 5010),
        (9950, 10100),
        (1200, 1500),
    ]
    told = "".join(
        f"""<{BASE}id/span/{n}> parley:spanOf <{BASE}id/report/long> ; parley:startOffset {start} ;
        parley:endOffset {end} . <{BASE}id/event/e{n}> parley:evidence <{BASE}id/span/{n}> ;
        <http://www.w3.org/2000/01/rdf-schema#label> "Event {n}" ."""
        for n, (start, end) in enumerate(spans)
    )
    about = f"""<{BASE}id/report/long> parley:restatementOf <{BASE}id/article/long> ;
        parley:characters {len(LONG)} ."""
    put(folder := DataFolder(tmp_path), "one", f"@prefix parley: <{NS}> . <http://e/g> {{ {about} {told} }}")
    texts.write(folder.current().folder, [Source("report", Citation("Long"), LONG, "", "long")])
    with create_app(StoreEngine(folder)).test_client() as client:
        parts = [client.get(f"/page/report/long?part={part}") for part in (1, 2, 3, 4)]
        assert [part.status_code for part in parts] == [200, 200, 200, 404]
        assert all(len(part.data) < LIMIT for part in parts)
        with client.application.test_request_context():
            places = [urls.passage("report", "long", start, end) for start, end in spans]
        trees = {f"?part={n}" if n > 1 else "": html.fromstring(parts[n - 1].text) for n in (1, 2, 3)}
        for place in places:
            page, _, anchor = place.partition("#")
            assert trees[page.removeprefix("/page/report/long")].xpath(f"//*[@id='{anchor}']"), place
        assert (
            "".join({line for tree in trees.values() for line in text_of(tree).split("\n")}) == LINE.strip()
        )
