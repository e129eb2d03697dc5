"""What of a reading is scored: names and no pronouns, events under whatever record they stand, every name."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.evaluation import Folder
from kg.evaluation.items import NO_CLASS, Account
from kg.evaluation.offered import offered
from kg.evaluation.values import Values
from kg.lexicon import Lexicon, Name
from kg.model import (
    Agreement,
    AttributedLabel,
    Citation,
    Corridor,
    Entity,
    Event,
    Format,
    MediatorRole,
    Membership,
    Mention,
    Office,
    Reading,
    Round,
    Source,
    Span,
    Statement,
    TimeSpan,
)

TEXT = (
    "Chad's Foreign Ministry said that it was ready. She agreed, her office said. "
    "The Sand Road links Chad with Niger. Chad and Niger signed a truce in Lome."
)
READING = Reading(Source("article", Citation(""), TEXT, "0" * 64, "case"))
DAY = TimeSpan(date(2024, 3, 4), date(2024, 3, 4), "day", "2024-03-04")
LEXICON = Lexicon({"SR": (Name("SR", "corridor/sand-road", "TransportCorridor", "alias"),)}, (), {}, {}, {})


def at(words: str) -> Span:
    """Where these words stand in the text, for the first time."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


def account(**parts: Any) -> Account:
    return offered(replace(READING, **parts), LEXICON, Values())


def entity(key: str, *mentions: tuple[str, str]) -> Entity:
    return Entity(key, "State", key, True, tuple(Mention(at(words), form) for words, form in mentions))


def said(*speakers: str) -> Statement:
    content = (at("it was ready"),)
    fixed = ("statement/1", "", speakers, "assert", "asserted", "positive", "indirect", (), content)
    return Statement(*fixed, evidence=content)


def test_only_names_are_mentions() -> None:
    """Pronouns, roles and descriptions are left out, and with them whatever has nothing else."""
    chad = entity("state/chad", ("Chad", "name"), ("it", "pronoun"))
    she = entity("person/she", ("She", "pronoun"), ("her office", "role"))
    (thing,) = account(entities=(chad, she)).entities or ()
    assert (thing.id, thing.mentions) == ("state/chad", (at("Chad"),))


def test_an_office_is_an_entity_by_its_name_or_by_what_the_text_calls_it() -> None:
    """Both can be speakers; where the text has a name, that alone is a mention."""
    ministry = Office("organisation/ministry", "Ministry", None, (at("Foreign Ministry"), at("it was")))
    office = Office("organisation/office", "Office", None, (at("her office"),))
    found = account(offices=(ministry, office), statements=(said(ministry.key), said(office.key)))
    assert [(thing.id, thing.mentions) for thing in found.entities or ()] == [
        ("organisation/ministry", (at("Foreign Ministry"),)),
        ("organisation/office", (at("her office"),)),
    ]
    assert [one.speaker for one in found.statements or ()] == ["organisation/ministry", "organisation/office"]


def test_joint_and_unnamed_speakers() -> None:
    """One item for each joint speaker; one without any, or without a name in the text, is unnamed."""
    chad, niger = entity("state/chad", ("Chad", "name")), entity("state/niger", ("Niger", "name"))
    speakers = [
        one.speaker
        for record in (said(chad.key, niger.key), said(), said("person/she"))
        for one in account(entities=(chad, niger), statements=(record,)).statements or ()
    ]
    assert speakers == ["state/chad", "state/niger", None, None]


SIGNED = "Chad and Niger signed a truce"


@pytest.mark.parametrize(
    ("parts", "events"),
    [
        (
            {"events": (Event("event/1", "Encounter", "", (at(SIGNED),), code="CONSULT"),)},
            ["CONSULT occurred"],
        ),
        ({"events": (Event("event/1", "Conflict", "", (at(SIGNED),), "alleged"),)}, [f"{NO_CLASS} alleged"]),
        (
            {
                "events": (
                    Event("event/1", "Encounter", "", (at(SIGNED),), "expected", "planned", code="CONSULT"),
                )
            },
            ["CONSULT planned"],
        ),
        (
            {"agreements": (Agreement("agreement/1", "", (), "signed", (at("truce"),), DAY),)},
            ["AGREE occurred"],
        ),
        ({"agreements": (Agreement("agreement/1", "", (), "prospective", (at("truce"),)),)}, []),
        ({"rounds": (Round("round/1", "", None, (), (at(SIGNED),)),)}, ["CONSULT planned"]),
        ({"rounds": (Round("round/1", "", None, (), (at(SIGNED),), status="refused"),)}, []),
    ],
)
def test_what_is_an_event(parts: dict[str, Any], events: list[str]) -> None:
    """Events; agreements that were concluded; rounds that were not refused."""
    assert [f"{one.code} {one.status}" for one in account(**parts).events or ()] == events


def test_what_an_event_tells_of_is_offered_once() -> None:
    """Agreements and rounds whose words an event of their class has are that event, as refused rounds are."""
    signing = Event("event/1", "AgreementEvent", "", (at(SIGNED),), code="AGREE")
    meeting = Event("event/2", "Encounter", "", (at("links Chad with Niger"),), code="CONSULT")
    refusal = Event("event/3", "Refusal", "", (at("She agreed"),), code="REJECT", refuses="round/2")
    found = account(
        events=(signing, meeting, refusal),
        agreements=(Agreement("agreement/1", "", (), "signed", (at("truce"),)),),
        rounds=(
            Round("round/1", "", None, (), (at("with Niger"),)),
            Round("round/2", "", None, (), (at("Sand Road"),)),
        ),
    )
    assert [one.code for one in found.events or ()] == ["AGREE", "CONSULT", "REJECT"]


def test_a_corridor_goes_by_all_its_names() -> None:
    """The label, the text's own terms and listed names; members are in order, the name is a mention."""
    words = (at("The Sand Road links Chad with Niger"),)
    found = account(
        corridors=(Corridor("corridor/sand-road", "Trans-Saharan Route", words),),
        memberships=(
            Membership("membership/2", "corridor/sand-road", "state/niger", 2, "end", None, words),
            Membership("membership/1", "corridor/sand-road", "state/chad", 1, "start", None, words),
        ),
        labels=(AttributedLabel("label/1", "Sand Road", "corridor/sand-road", None, (at("Sand Road"),)),),
    )
    (route,) = found.corridors or ()
    assert route.names == ("Trans-Saharan Route", "Sand Road", "SR")
    assert route.members == ("state/chad", "state/niger")
    assert [(thing.type, thing.mentions) for thing in found.entities or ()] == [
        ("Corridor", (at("Sand Road"),))
    ]


def test_a_format_has_the_mediators_of_its_own() -> None:
    """Roles in rounds and agreements are not those of the track."""
    words = (at("Chad and Niger"),)
    found = account(
        formats=(Format("format/1", "Togo track", "process/1", ("state/chad", "state/niger"), words),),
        roles=(
            MediatorRole("role/1", "state/togo", "format/1", "active", words),
            MediatorRole("role/2", "state/mali", "round/1", "active", words),
        ),
    )
    (track,) = found.formats or ()
    assert (track.members, track.mediators) == (("state/chad", "state/niger"), ("state/togo",))


def test_a_text_elsewhere_is_cited_as_its_gold_says(tmp_path: Path) -> None:
    """Where gold has no text beside it, the one found elsewhere gets the sidecar of the gold."""
    (tmp_path / "a.gold.json").write_text("{}")
    (tmp_path / "a.meta.json").write_text('{"title": "T", "publisher": "The Example", "date": "2024-03-07"}')
    text = tmp_path / "texts" / "b.txt"
    text.parent.mkdir()
    text.write_text("Rain\n\nIt rains.\n")
    folder = Folder.of(tmp_path, {"a": text})
    assert (folder.scored, folder.not_here, folder.without_gold) == (("a",), (), ())
    cited = folder.case("a", Values()).source.citation
    assert (cited.title, cited.publisher, cited.date) == ("T", "The Example", date(2024, 3, 7))
