"""Authority data: what they hold, what they may never say, and how a mistake in them is reported."""

import itertools
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, RDFS, SDO, BNode, Graph, Literal
from rdflib.term import Node

import ontology
from kg import authority
from kg.errors import AuthorityError
from kg.identifiers import slug
from kg.vocab import NS, REL, Base

BASE = Base("https://example.org/")
HEAD = """@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix parley: <https://w3id.org/parley/ns#> .
"""
GOOD = '<state/chad> a parley:State ; rdfs:label "Chad"@en ; dcterms:source <https://example.org/iso> .\n'


KINDS = ("state", "place", "organisation", "group", "person", "corridor", "format")


@cache
def shipped() -> Graph:
    return authority.load(BASE)


def kind(thing: Node) -> str:
    return str(thing).removeprefix("https://example.org/id/").partition("/")[0]


def load_from(folder: Path, *lines: str) -> Graph:
    (folder / "states.ttl").write_text(HEAD + "".join(lines), "utf-8")
    return authority.load(BASE, folder)


def test_all_states_are_there() -> None:
    """The 193 members of the United Nations and Kosovo, Palestine, Taiwan and Vatican City."""
    assert len(set(shipped().subjects(RDF.type, NS.State))) == 197


def test_enough_of_each_kind_is_there() -> None:
    """No file lost its rows."""
    counts = Counter(kind(thing) for thing in shipped().subjects(RDF.type))
    least = {
        "place": 1400,
        "organisation": 165,
        "group": 100,
        "person": 670,
        "post": 350,
        "tenure": 700,
        "corridor": 28,
        "format": 25,
    }
    assert {kind: counts[kind] for kind, n in least.items() if counts[kind] < n} == {}


def test_things_have_one_label_and_say_where_they_are_documented() -> None:
    """Each thing has one label in English and at least one source outside the graph."""
    for thing in set(shipped().subjects()):
        (label,) = shipped().objects(thing, RDFS.label)
        assert isinstance(label, Literal)
        assert label.language == "en"
        assert all(str(source).startswith("https://") for source in shipped().objects(thing, DCTERMS.source))


def test_keys_follow_labels() -> None:
    """The slug of a thing is that of its label, so that a thing is found where one looks for it."""
    listed = (
        (thing, label) for thing, label in shipped().subject_objects(RDFS.label) if kind(thing) in KINDS
    )
    keys = {str(thing).rpartition("/")[2]: str(label) for thing, label in listed}
    assert {key: label for key, label in keys.items() if slug(label) != key} == {}


def test_states_have_codes_and_seats() -> None:
    """Each state has one ISO code, and a seat unless the city is the state or is contested."""
    states = set(shipped().subjects(RDF.type, NS.State))
    codes = [str(code) for state in states for code in shipped().objects(state, NS.isoCode)]
    assert len(codes) == len(set(codes)) == 197
    without = {
        str(shipped().value(state, RDFS.label)) for state in states if not shipped().value(state, NS.capital)
    }
    assert without == {
        *("Djibouti", "Luxembourg", "Monaco", "San Marino", "Singapore", "Vatican City"),
        *("Israel", "Palestine"),
    }


def test_states_have_the_three_codes_of_iso() -> None:
    """Each state has its alpha-3 and its numeric code; Kosovo, which ISO 3166 leaves out, has no number."""
    states = set(shipped().subjects(RDF.type, NS.State))
    assert len({shipped().value(state, NS.isoAlpha3) for state in states}) == 197
    without = {str(shipped().value(s, RDFS.label)) for s in states if not shipped().value(s, NS.isoNumeric)}
    assert without == {"Kosovo"}


def test_every_state_and_place_lies_somewhere() -> None:
    """Each has one latitude and one longitude, in degrees."""
    for thing in {*shipped().subjects(RDF.type, NS.State), *shipped().subjects(RDF.type, NS.Place)}:
        (latitude,), (longitude,) = (
            list(shipped().objects(thing, SDO[name])) for name in ("latitude", "longitude")
        )
        assert -90 <= float(str(latitude)) <= 90, thing
        assert -180 <= float(str(longitude)) <= 180, thing


def rival_names() -> list[tuple[str, str]]:
    found = shipped().subject_objects(NS.labels)
    return [
        (str(thing)[len("https://example.org/id/") :], str(shipped().value(n, NS.literalForm)))
        for n, thing in found
    ]


def test_rival_names_lead_to_one_thing_and_its_users() -> None:
    """Each name that a side uses for a contested place is read as that place, and has a user and a source."""
    names = authority.lexicon(BASE).names
    lost = [(key, form) for key, form in rival_names() if key not in {n.key for n in names.get(form, ())}]
    assert not lost
    for label in shipped().subjects(RDF.type, NS.AttributedLabel):
        assert (label, NS.usedBy, None) in shipped()
        assert (label, DCTERMS.source, None) in shipped()


@pytest.mark.parametrize(
    ("form", "key"),
    [
        ("Artsakh", "place/karabakh"),
        ("Nagorno-Karabakh", "place/karabakh"),
        ("Shushi", "place/shusha"),
        ("Berdzor", "place/lachin"),
        ("Crimean Peninsula", "place/crimea"),
        ("Southern Provinces", "place/western-sahara"),
        ("Kosovo and Metohija", "state/kosovo"),
        ("Judea and Samaria", "place/west-bank"),
        ("TRNC", "place/northern-cyprus"),
        ("Pridnestrovie", "place/transnistria"),
        ("Malvinas", "place/falkland-islands-malvinas"),
        ("Dokdo", "place/liancourt-rocks"),
        ("TANAP", "corridor/trans-anatolian-natural-gas-pipeline"),
        ("TRIPP", "corridor/trump-route-for-international-peace-and-prosperity"),
        ("Minsk Group", "format/osce-minsk-group"),
        ("Brussels dialogue", "format/belgrade-pristina-dialogue"),
        ("coalition of the willing", "organisation/coalition-of-the-willing"),
    ],
)
def test_one_thing_has_one_node(form: str, key: str) -> None:
    """Whoever's name is used, and however a format or route is called, one node stands for the thing."""
    assert [name.key for name in authority.lexicon(BASE).names[form]] == [key]


# Rounded from the CIA World Factbook, so that no two columns of the table can change places unseen.
@pytest.mark.parametrize(
    ("key", "latitude", "longitude"),
    [
        ("place/yerevan", 40, 44),
        ("place/buenos-aires", -35, -58),
        ("place/goma", -2, 29),
        ("place/cartagena", 10, -76),
        ("state/new-zealand", -41, 174),
        ("place/bakhmut", 49, 38),
    ],
)
def test_places_lie_where_they_are(key: str, latitude: int, longitude: int) -> None:
    """A place is where an atlas has it, to a degree."""
    found = [float(str(shipped().value(BASE.id(key), SDO[name]))) for name in ("latitude", "longitude")]
    assert found == pytest.approx([latitude, longitude], abs=1)


def test_nothing_is_said_that_only_texts_may_say() -> None:
    """No mediator, party, refusal, membership or relation of content is in the data, and no post without
    the time in which somebody held it.
    """
    only_texts = {
        *(
            NS.hasMediatorRole,
            NS.mediatedBy,
            NS.roleHeldBy,
            NS.hasParty,
            NS.partyTo,
            NS.holdsPost,
            NS.refuses,
        ),
        *(NS.refusedBy, NS.hasMembership, NS.membershipIn, NS.statusValue, NS.hasStatusReport, NS.trackOf),
    }
    said = set(shipped().predicates())
    assert not said & only_texts
    assert not any(str(predicate).startswith(str(REL)) for predicate in said)


def test_every_term_is_one_of_the_ontology() -> None:
    """No property or class of ours is used that the ontology does not define."""
    terms = {node for triple in shipped() for node in triple if str(node).startswith(str(NS))}
    assert {str(term) for term in terms - set(ontology.load().subjects())} == set()


def test_no_blank_nodes() -> None:
    """Every thing has an IRI."""
    assert not any(isinstance(node, BNode) for triple in shipped() for node in triple)


def test_the_base_moves_the_things_and_not_the_vocabulary() -> None:
    """Another base gives as many triples, none of them under the first base."""
    moved = authority.load(Base("https://other.example/"))
    assert len(moved) == len(shipped())
    assert not any("https://example.org/" in str(node) for triple in moved for node in triple)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (GOOD.replace("parley:State", "parley:Kingdom"), "unknown type: Kingdom"),
        (GOOD.replace("parley:State", "parley:Person"), "unknown type: Person"),
        (GOOD.replace("<state/chad>", "<sate/chad>"), "kind"),
        (GOOD.replace("<state/chad>", "<state/Chad>"), "kind"),
        (GOOD.replace('"Chad"@en', '"Chad"@en, "Tchad"@en'), "2 labels"),
        (GOOD.replace("dcterms:source <https://example.org/iso>", 'parley:isoCode "TD"'), "no source"),
        (GOOD.replace("dcterms:source", "parley:isoCode 'td' ; dcterms:source"), "td is no country code"),
        (
            GOOD.replace("dcterms:source", "parley:capital <place/ndjamena> ; dcterms:source"),
            "place/ndjamena",
        ),
        (
            GOOD.replace("dcterms:source", "parley:partyTo <event/war> ; dcterms:source"),
            "must not say partyTo",
        ),
        (GOOD.replace("<https://example.org/iso>", "<iso>"), "not listed"),
        (
            GOOD + GOOD.replace("state/chad", "state/tchad"),
            '"Chad" stands for both state/chad and state/tchad',
        ),
        (GOOD.replace(" .\n", "\n"), "line"),
    ],
)
def test_a_mistake_is_named_in_one_line(tmp_path: Path, line: str, complaint: str) -> None:
    """Data that break a rule are refused with what is wrong, where, and how to mend it, in one line."""
    with pytest.raises(AuthorityError) as caught:
        load_from(tmp_path, line)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.mend


def test_a_shared_form_may_be_marked(tmp_path: Path) -> None:
    """A form that two things of one kind share is accepted where both say so."""
    marked = GOOD.replace("dcterms:source", 'parley:ambiguousForm "Chad" ; dcterms:source')
    assert load_from(tmp_path, marked, marked.replace("state/chad", "state/tchad"))


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("state/oz\t1\t1\t", "state/oz is not listed"),
        ("state/chad\t91\t1\t", "91 is no latitude"),
        ("state/chad\t1\teast\t", "east is no longitude"),
        ("state/chad\t1\t1", "line 2"),
    ],
)
def test_a_mistake_in_the_coordinates_is_named(tmp_path: Path, row: str, complaint: str) -> None:
    """A row that speaks of nothing, or gives no place on Earth, is refused in one line."""
    (tmp_path / "coordinates.tsv").write_text(f"key\tlatitude\tlongitude\tgeonames\n{row}\n", "utf-8")
    with pytest.raises(AuthorityError) as caught:
        load_from(tmp_path, GOOD)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("state/oz\tking\tperson/al\t2001\t2002", "state/oz is not listed"),
        ("state/chad\tking\tperson/bo\t2001\t2002", "person/bo is not listed"),
        ("state/chad\tking\tperson/al\tspring\t2002", "spring is no day"),
        ("state/chad\tking\tperson/al\t2001-02-30\t2002", "2001-02-30 is no day"),
        ("state/chad\tking\tperson/al\t2001\t", "nothing is no day"),
        ("state/chad\tking\tperson/al\t2003\t2002", "in office from 2003 until 2002"),
        ("state/chad\tking\tperson/al", "line 2"),
    ],
)
def test_a_mistake_in_the_holders_is_named(tmp_path: Path, row: str, complaint: str) -> None:
    """An office of nobody, a holder who is not listed and a day that is none are refused in one line."""
    person = GOOD.replace("state/chad", "person/al").replace("State", "Person").replace('"Chad"', '"Al"')
    (tmp_path / "holders.tsv").write_text(f"of\toffice\tholder\tfrom\tuntil\n{row}\n", "utf-8")
    with pytest.raises(AuthorityError) as caught:
        load_from(tmp_path, GOOD, person)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_offices_are_called_by_titles() -> None:
    """Every word for an office is a title that the reader knows, or one with what the post is for."""
    titles = {title.form for title in authority.titles()} | {title.office for title in authority.titles()}
    names = {name for _, name in authority.lexicon(BASE).tenures}
    strange = {n for n in names if n not in titles and re.split(" (?:for|of|to|on) ", n)[0] not in titles}
    assert not strange


def test_nobody_holds_an_office_beside_another() -> None:
    """The times in which two people are sure to hold one office do not overlap by more than a day."""
    for (of, office), found in authority.lexicon(BASE).tenures.items():
        for one, next_one in itertools.pairwise(sorted(found, key=lambda tenure: tenure.first)):
            assert one.last <= next_one.first, (of, office, one.holder, next_one.holder)


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [
        ("[[title]\n", "not TOML"),
        ('[[title]]\nforms = ["king"]\n', "category"),
        ('[[title]]\nforms = ["king"]\ncategory = "monarch"\nrank = 1\n', "rank"),
        ('[[title]]\nforms = ["king", "king"]\ncategory = "monarch"\n', "listed twice: king"),
        ('[[title]]\nforms = ["king"]\ncategory = "monarch"\nof = "state/oz"\n', "state/oz is not listed"),
    ],
)
def test_a_mistake_in_the_titles_is_named(tmp_path: Path, toml: str, complaint: str) -> None:
    """Titles that break a rule are refused in one line."""
    (tmp_path / "states.ttl").write_text(HEAD + GOOD, "utf-8")
    (tmp_path / "titles.toml").write_text(toml, "utf-8")
    with pytest.raises(AuthorityError, match=complaint):
        authority.lexicon(BASE, tmp_path)
