"""What a server of the shipped reports says of its data, the files that it hands out, and what robots get."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import httpx
import pytest
from conftest import Built
from pyoxigraph import NamedNode, parse
from rdflib import DCAT, DCTERMS, RDF, VOID, Graph, Namespace, URIRef

from kg import void
from kg.dumps import THINGS
from kg.formats import RDF_FORMATS
from kg.generation import Generation
from kg.shapes import validate
from kg.void.counts import TOTALS
from server import lists, site_map
from server.data_services import _TABLE
from server.pictures.shown import PICTURES

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SPDX = Namespace("http://spdx.org/rdf/terms#")
PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def client(server_url: str) -> Iterator[httpx.Client]:
    """A client of the shipped reports."""
    with httpx.Client(base_url=server_url, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def told(client: httpx.Client) -> Graph:
    """The description that is served."""
    return Graph().parse(data=client.get("/void.nt").text, format="nt")


def _node(built: Built, key: str) -> URIRef:
    return built.generation.base.id(key)


@pytest.mark.parametrize("path", ["/.well-known/void", "/dataset"])
def test_one_description_in_every_syntax(client: httpx.Client, told: Graph, path: str) -> None:
    """By negotiation and by extension, the same triples come in six syntaxes, with links to the others."""
    found = set()
    for row in RDF_FORMATS:
        answer = client.get(path, headers={"Accept": row.media_type})
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, row.content_type)
        assert answer.content == client.get(f"/void.{row.extension}").content
        assert f'/void.{row.extension}>; rel="alternate"' in answer.headers["Link"]
        found.add(frozenset(quad.triple for quad in parse(answer.content, row.writer)))
    assert [len(triples) for triples in found] == [len(told)]


def test_other_asks(client: httpx.Client) -> None:
    """Nothing asked is Turtle, a page comes at /dataset alone, an unknown syntax is a 404, an odd one 406."""
    assert client.get("/.well-known/void").headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert client.get("/dataset", headers=PAGE).headers["Content-Type"] == "text/html; charset=utf-8"
    assert client.get("/.well-known/void", headers=PAGE).status_code == 406
    assert client.get("/dataset", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/void.pdf").status_code == 404


def test_it_keeps_the_rules_of_catalogues(told: Graph) -> None:
    """The served description breaks no rule of DCAT-AP, of VoID, or of ours."""
    assert validate(told, void.shapes()) == []


def test_its_counts_are_what_queries_count(built: Built, client: httpx.Client, told: Graph) -> None:
    """Who asks the endpoint for the totals, without the description's own graph, gets the same numbers."""
    apart = built.generation.base.graph("void")
    triples = f"{{ SELECT DISTINCT ?s ?p ?o {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{apart}>) }} }}"
    counted = "(COUNT(*) AS ?triples) " + " ".join(
        f"(COUNT(DISTINCT ?{column}) AS ?{name})"
        for column, name in (("p", "properties"), ("s", "distinctSubjects"), ("o", "distinctObjects"))
    )
    answer = client.post("/sparql", data={"query": f"SELECT {counted} {triples}", "format": "json"})
    (row,) = answer.json()["results"]["bindings"]
    whole = void.dataset(built.generation.base)
    for name in set(TOTALS) & row.keys():
        assert str(told.value(whole, VOID[name])) == row[name]["value"], name
    assert len(set(TOTALS) & row.keys()) == 4
    parts = list(told.objects(whole, VOID.classPartition))
    assert len(parts) > 50
    typed = f"{{ SELECT DISTINCT ?s ?c {{ GRAPH ?g {{ ?s a ?c }} FILTER(?g != <{apart}>) }} }}"
    classes = f"SELECT ?c (COUNT(*) AS ?n) {typed} GROUP BY ?c"
    rows = client.post("/sparql", data={"query": classes, "format": "json"}).json()["results"]["bindings"]
    found = {row["c"]["value"]: row["n"]["value"] for row in rows if row["c"]["type"] == "uri"}
    assert {
        str(told.value(part, VOID["class"])): str(told.value(part, VOID.entities)) for part in parts
    } == found


def test_it_is_in_the_data(built: Built, client: httpx.Client, told: Graph) -> None:
    """All but addresses, files and services can be queried, in graph/void."""
    answer = client.get("/graph/void", headers={"Accept": "application/n-triples"})
    held = Graph().parse(data=answer.text, format="nt")
    assert set(held) < set(told)
    added = {predicate for _, predicate, _ in set(told) - set(held)}
    assert DCAT.downloadURL in added
    assert not {VOID.classPartition, DCAT.distribution, DCAT.mediaType} & added
    assert (void.dataset(built.generation.base), DCTERMS.license, void.LICENCE) in held


def test_distributions_are_what_they_say(built: Built, client: httpx.Client, told: Graph) -> None:
    """Each file is where the description says, with the size, checksum and type that it says."""
    distributions = list(told.subjects(RDF.type, DCAT.Distribution))
    version = built.generation.version
    files = client.get(f"/dumps/{version}/manifest.json").json()["files"]
    distributed = {file["name"]: file["conforms_to"] for file in files if "conforms_to" in file}
    assert len(distributions) == len(distributed) == 24
    for one in distributions:
        answer = client.get(str(told.value(one, DCAT.downloadURL)), headers={"Accept-Encoding": "identity"})
        assert answer.status_code == 200
        assert len(answer.content) == int(str(told.value(one, DCAT.byteSize)))
        assert distributed[str(told.value(one, DCTERMS.title))] == str(told.value(one, DCTERMS.conformsTo))
        checksum = told.value(told.value(one, SPDX.checksum), SPDX.checksumValue)
        assert hashlib.sha256(answer.content).hexdigest() == str(checksum)
        packed = told.value(one, DCAT.compressFormat)
        kind = str(packed or told.value(one, DCAT.mediaType)).partition("media-types/")[2]
        assert answer.headers["Content-Type"].partition(";")[0] == kind
        assert packed is None or gzip.decompress(answer.content)


def test_services_answer(client: httpx.Client, told: Graph) -> None:
    """Each service that is told of answers, and so does its description; of the table only those are told."""
    services = list(told.subjects(RDF.type, DCAT.DataService))
    assert 2 <= len(services) <= len(_TABLE)
    for one in services:
        for place in (DCAT.endpointURL, DCAT.endpointDescription):
            answer = client.get(str(told.value(one, place)), follow_redirects=True)
            assert answer.status_code in (200, 400, 405), place  # some want parameters, or another method


def test_page_has_the_words_of_schema_org(built: Built, client: httpx.Client, told: Graph) -> None:
    """The page carries schema.org's Dataset, with the same files, and no script that could run."""
    page = client.get("/dataset", headers=PAGE).text
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert page.count("<script") == 1
    found = json.loads(block)
    assert (found["@type"], found["version"]) == ("Dataset", built.generation.version)
    assert {"name", "description", "license", "keywords", "temporalCoverage", "creator"} <= found.keys()
    downloads = {str(value) for value in told.objects(None, DCAT.downloadURL)}
    assert {one["contentUrl"] for one in found["distribution"]} == downloads
    for row in RDF_FORMATS:
        assert f'href="/void.{row.extension}"' in page


def test_each_graph_is_a_file(built: Built, client: httpx.Client) -> None:
    """A graph is handed out in each syntax, whole with its checksum, and in ranges; the list leads there."""
    version, base = built.generation.version, built.generation.base
    page = client.get(f"/dumps/{version}/graphs/", headers=PAGE).text
    node = NamedNode(str(base.graph("links")))
    wanted = {quad.triple for quad in built.store.quads_for_pattern(None, None, None, node)}
    for row in RDF_FORMATS:
        for ending in (row.extension, f"{row.extension}.gz"):
            place = f"/dumps/{version}/graphs/links.{ending}"
            assert f'href="{place}"' in page
            answer = client.get(place, headers={"Accept-Encoding": "identity"})
            assert answer.headers["ETag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'
            plain = gzip.decompress(answer.content) if ending.endswith("gz") else answer.content
            assert {quad.triple for quad in parse(plain, row.writer)} == wanted
            middle = len(answer.content) // 2
            halves = [
                client.get(place, headers={"Range": r}) for r in (f"bytes=0-{middle}", f"bytes={middle + 1}-")
            ]
            assert [half.status_code for half in halves] == [206, 206]
            assert b"".join(half.content for half in halves) == answer.content
    latest = client.get("/dumps/latest/graphs/links.nq")
    assert (latest.status_code, latest.headers["Location"]) == (302, f"/dumps/{version}/graphs/links.nq")
    for path in ("links.pdf", "nothing.nq", "links", "../parley.nq.nq"):
        assert client.get(f"/dumps/{version}/graphs/{path}").status_code == 404
    assert client.get(f"/dumps/{version}/graphs/?part=2", headers=PAGE).status_code == 404


def test_sitemap_keeps_the_protocol(built: Built, client: httpx.Client) -> None:
    """UTF-8, one namespace, whole addresses of this host, each once, with the time of the data."""
    answer = client.get("/sitemap.xml")
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert root.tag == f"{SITEMAP}urlset"
    places = [entry.findtext(f"{SITEMAP}loc") or "" for entry in root]
    assert 5_000 < len(places) == len(set(places)) <= site_map.MOST_PAGES
    assert len(answer.content) <= site_map.MOST_BYTES
    assert all(place.startswith(f"{client.base_url}") and len(place) < 2048 for place in places)
    changed = {entry.findtext(f"{SITEMAP}lastmod") or "" for entry in root}
    (time,) = map(datetime.fromisoformat, changed)
    assert int(time.timestamp()) == int(built.generation.since)
    assert {child.tag for entry in root for child in entry} == {f"{SITEMAP}loc", f"{SITEMAP}lastmod"}
    assert client.get("/sitemap-1.xml").content == answer.content
    assert client.get("/sitemap-2.xml").status_code == 404


def test_sitemap_leads_to_pages(client: httpx.Client) -> None:
    """What it lists answers with a page: all that is not of one thing, and some of the things."""
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    places = [entry.findtext(f"{SITEMAP}loc") or "" for entry in root]
    things = [place for place in places if urlsplit(place).path.startswith("/page/")]
    asked = [
        p for p in places if not urlsplit(p).path.startswith(("/page/", "/queries/", "/shapes", "/graph/"))
    ]
    names = {urlsplit(place).path for place in asked}
    assert names >= {f"/{name}" for name in (*lists.NAMES, *PICTURES, "cookbook", "dataset", "quality")}
    codes = [place for place in things if urlsplit(place).path.startswith(("/page/value/", "/page/cameo/"))]
    assert len(codes) > 400
    for place in (*asked, *things[::3000], *codes[::100]):
        answer = client.get(place, headers=PAGE)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8"), (
            place
        )
    assert len(asked) >= 7


def _generation(folder: Path, count: int, letters: int) -> Generation:
    (folder / "dumps").mkdir(parents=True)
    things = "".join(f"thing/{n:0{letters}}\n" for n in range(count))
    (folder / "dumps" / THINGS).write_text(things, "utf-8")
    return Generation(folder.name, folder, {"base": "https://e.example/", "graphs": {}})


@pytest.mark.parametrize(
    ("pages", "size"), [(50_000, 52_428_800), (50_000, 2_500_000)], ids=["pages", "bytes"]
)
def test_a_long_sitemap_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: int, size: int
) -> None:
    """Past 50,000 pages or 50 MB there are several, each within both limits, with each page in one."""
    monkeypatch.setattr(site_map, "_listed", lambda present, home: [home])
    assert (site_map.MOST_PAGES, site_map.MOST_BYTES) == (50_000, 52_428_800)
    monkeypatch.setattr(site_map, "MOST_BYTES", size)
    count = 60_000 if size == 52_428_800 else 30_000
    present, home = _generation(tmp_path / "one", count, 5), "https://e.example/"
    parts = site_map.parts(present, home)
    assert len(parts) == 2
    assert [parts[0].start, parts[0].stop, parts[1].stop] == [0, parts[1].start, count + 1]
    for part in parts:
        text = site_map.sitemap(site_map.pages(present, home, part), "2026-11-29T00:00:00+00:00")
        assert text.count("<url>") == len(part) <= pages
        assert len(text.encode()) <= size
    places = (f"{home}sitemap-{number}.xml" for number in (1, 2))
    index = ElementTree.fromstring(site_map.index(places, "2026-11-29T00:00:00+00:00"))
    assert [entry.tag for entry in index] == [f"{SITEMAP}sitemap"] * 2


def test_odd_names_are_escaped(tmp_path: Path) -> None:
    """What XML or an address cannot hold as it is comes in its escaped form."""
    present = _generation(tmp_path / "one", 0, 1)
    (present.dumps / THINGS).write_text("thing/a&b<c>'\"é %\n", "utf-8")
    monkeyed = site_map.sitemap([*site_map._things(present, "https://e.example/")], "2026-11-29")
    (entry,) = ElementTree.fromstring(monkeyed)
    assert entry.findtext(f"{SITEMAP}loc") == "https://e.example/page/thing/a&b%3Cc%3E'%22%C3%A9%20%25"


def test_robots(client: httpx.Client) -> None:
    """Robots keep out of queries and services, may read pages, data and dumps, and learn of the sitemap."""
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    rules = [line.partition(": ")[::2] for line in answer.text.splitlines() if line]
    assert [value for name, value in rules if name == "User-agent"] == ["*"]
    assert dict(rules)["Sitemap"] == str(client.base_url.join("/sitemap.xml"))
    assert {name for name, _ in rules} == {"User-agent", "Disallow", "Allow", "Sitemap"}
    refused = ("/sparql?query=ASK%7B%7D", "/graph-store?default", "/search?q=x", "/reconcile?queries=%7B%7D")
    refused += (
        "/fragments?subject=x",
        "/actors?kind=state",
        "/queries/refused-rounds?format=csv",
        "/suggest?q=x",
    )
    allowed = ("/", "/sparql", "/page/state/france", "/id/state/france", "/data/state/france.ttl", "/dumps/")
    allowed += ("/page/state/france?part=2", "/sitemap.xml", "/queries/refused-rounds", "/.well-known/void")
    assert [path for path in refused if _may(rules, path)] == []
    assert [path for path in allowed if not _may(rules, path)] == []


def _may(rules: list[tuple[str, str]], path: str) -> bool:
    """Whether a robot may fetch this: the longest rule that fits, and the kinder of two (RFC 9309, 2.2.2)."""
    fitting = [
        (len(rule), name == "Allow")
        for name, rule in rules
        if name in ("Allow", "Disallow") and _fits(rule, path)
    ]
    return max(fitting, default=(0, True))[1]


def _fits(rule: str, path: str) -> bool:
    pattern = ".*".join(map(re.escape, rule.removesuffix("$").split("*")))
    return re.match(pattern + ("$" if rule.endswith("$") else ""), path) is not None
