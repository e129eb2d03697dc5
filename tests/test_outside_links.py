"""What the authority data link to outside: how much, how it is proven, and what is refused."""

from collections import defaultdict
from functools import cache
from pathlib import Path

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
# so do actors and places together; of organisations and groups no public source was found that proves more.
SHARES = {"state": 1.0, "place": 0.8, "person": 0.8, "organisation": 0.6, "group": 0.5}


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


def test_links_are_proven() -> None:
    """Each link has its thing, its identifier, its source, the fields that prove it and what they held."""
    links = set(shipped().subjects(RDF.type, NS.OutsideLink))
    assert len(links) > 2000
    for link in links:
        for predicate in (NS.linkOf, NS.linksTo, DCTERMS.source, NS.proofField, NS.proofValue):
            assert len(list(shipped().objects(link, predicate))) == 1, (link, predicate)
        assert (
            shipped().value(link, NS.linkOf),
            SKOS.exactMatch,
            shipped().value(link, NS.linksTo),
        ) in shipped()
    assert len(list(shipped().subject_objects(SKOS.exactMatch))) == len(links)


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
