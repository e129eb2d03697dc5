"""A reading with one record or more of every kind, of a text made up for the tests."""

from dataclasses import replace
from datetime import date

from kg.identifiers import digest
from kg.model import (
    Agreement,
    AttributedLabel,
    BorderCommission,
    Citation,
    Communique,
    Corridor,
    Count,
    Entity,
    Event,
    Format,
    MediatorRole,
    Membership,
    Mention,
    Mission,
    Office,
    Post,
    Precondition,
    Process,
    Proposition,
    Provision,
    Reading,
    Round,
    Sanction,
    Signature,
    Source,
    Span,
    Statement,
    StatusReport,
    TimeSpan,
    Unread,
)

TEXT = (
    "President Ana Bel of Chad accused Niger’s government of bias, her office said. Chad refused Monday’s "
    "round in Lomé. The so-called Sand Road starts in Chad and ends in Niger. 🕊 Somebody sang."
)
CITATION = Citation(
    "Talks refused", "The Test Post", "C. Writer", date(2024, 3, 6), "https://example.org/a b"
)
DAY = TimeSpan(date(2024, 3, 4), date(2024, 3, 4), "day", "2024-03-04")
YEAR_END = TimeSpan(date(2024, 3, 6), date(2024, 12, 31), "interval", "2024-03-06/2024-12-31")
CHAD, NIGER, LOME = "state/chad", "state/niger", "place/lome"
ANA, POST, OFFICE = "person/ana-bel", "post/president-of-chad", "organisation/office-of-the-president-of-chad"
TRACK, ROUND, REFUSAL = "format/togo-track", "round/chad-niger-lome-2024-03-04", "event/refusal-1"
SAID, BIAS, DENIAL = "statement/s1", "proposition/p1", "proposition/p2"


def at(words: str) -> Span:
    """Where these words stand in the text, for the first time."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


def named(key: str, kind: str, label: str, words: str, form: str = "name", known: bool = True) -> Entity:
    return Entity(key, kind, label, known, (Mention(at(words), form),))


READING = Reading(
    Source("article", CITATION, TEXT, digest(TEXT, length=64), "test-post-2024-03-06"),
    entities=(
        named(ANA, "Person", "Ana Bel", "President Ana Bel", known=False),
        named(CHAD, "State", "Chad", "Chad"),
        named(LOME, "Place", "Lomé", "Lomé"),
        named(NIGER, "State", "Niger", "Niger’s government", "description"),
        named("state/togo", "State", "Togo", "Lomé", "metonym"),
    ),
    offices=(Office(OFFICE, "Office of the President of Chad", CHAD, (at("her office"),)),),
    posts=(Post(POST, "President of Chad", "President", CHAD, ANA, (at("President Ana Bel of Chad"),)),),
    propositions=(
        Proposition(BIAS, "Niger is biased", NIGER, "hasBiasedPositionIn", (TRACK,)),
        Proposition(DENIAL, "Ana Bel does not say so", ANA, "says", (BIAS,), "of bias", "negative"),
        Proposition(
            "proposition/p3", "2", REFUSAL, "numbers", (), "2", count=Count("killed", 2, None, REFUSAL)
        ),
    ),
    statements=(
        Statement(
            SAID,
            "Ana Bel accuses Niger of bias",
            speakers=(ANA,),
            stance="accuse",
            modality="conditional",
            polarity="positive",
            form="indirect",
            propositions=(BIAS,),
            content=(at("bias"),),
            evidence=(at("President Ana Bel of Chad accused Niger’s government of bias"),),
            cue=at("accused"),
            addressees=(NIGER,),
            conditions=(DENIAL,),
            said=DAY,
            communique="communique/c1",
            relay_explicit=True,
            ground_for=(REFUSAL,),
            antecedents=(at("her"),),
            due_by=YEAR_END,
        ),
        Statement(
            "statement/s2",
            "Somebody sings",
            speakers=(),
            stance="assert",
            modality="asserted",
            polarity="negative",
            form="direct",
            propositions=(DENIAL,),
            content=(at("sang"),),
            evidence=(at("Somebody sang"),),
        ),
    ),
    communiques=(Communique("communique/c1", "Statement by the office", OFFICE, (at("her office said"),)),),
    events=(
        Event(
            "event/conflict-1",
            "Conflict",
            "Conflict of Chad and Niger",
            (at("bias"),),
            participants=(CHAD, NIGER),
        ),
        Event(
            "event/conflict-2",
            "Conflict",
            "Alleged conflict",
            (at("so-called"),),
            factuality="alleged",
            status="ongoing",
            participants=(CHAD,),
            alleged_in=(SAID,),
        ),
        Event(
            "event/suspension-1",
            "Suspension",
            "Suspension: Chad – Niger",
            (at("refused"),),
            agents=(CHAD,),
            participants=(NIGER,),
            code="SANCTION",
            interrupts=TRACK,
            sanction="sanction/1",
        ),
        Event("event/encounter-1", "Encounter", "Meeting", (at("round"),), resumes=TRACK),
        Event("event/return-1", "Return", "Return", (at("round"),), moves_from=(CHAD,), moves_to=(LOME,)),
        Event(
            REFUSAL,
            "Refusal",
            "4 March 2024: refusal, Lomé",
            (at("Chad refused Monday’s round"),),
            agents=(CHAD,),
            participants=(NIGER,),
            place=LOME,
            time=DAY,
            code="REJECT",
            causes=("event/conflict-1",),
            refuses=ROUND,
            antecedents=(at("Chad"),),
        ),
    ),
    processes=(
        Process("process/chad-niger", "Chad and Niger", (CHAD, NIGER), ("event/conflict-1",), (at("round"),)),
    ),
    formats=(
        Format(
            TRACK,
            "Togo track",
            "process/chad-niger",
            (CHAD, NIGER),
            (at("round"),),
            kinds=(
                ("contact", "direct"),
                ("issue", "border"),
                ("publicity", "closed"),
                ("shape", "trilateral"),
                ("track", "1"),
            ),
        ),
    ),
    rounds=(
        Round(
            ROUND,
            "Round in Lomé",
            TRACK,
            (CHAD, NIGER),
            (at("round in Lomé"),),
            LOME,
            DAY,
            "refused",
            kinds=(("level", "leaders"),),
        ),
    ),
    roles=(
        MediatorRole(
            "role/togo",
            "state/togo",
            TRACK,
            "active",
            (at("Lomé"),),
            (at("round"),),
            ("facilitator", "host"),
            POST,
        ),
    ),
    status_reports=(
        StatusReport("status/1", "No progress", (TRACK,), "none", YEAR_END, None, (at("refused"),)),
    ),
    agreements=(
        Agreement(
            "agreement/1", "Agreement", (CHAD,), "prospective", (at("round"),), YEAR_END, ("ceasefire",)
        ),
    ),
    provisions=(
        Provision("provision/1", "Border in it", "agreement/1", ("border",), (at("round"),), (CHAD,)),
    ),
    signatures=(Signature("signature/1", "Ana Bel, party", "agreement/1", "party", (at("her"),), ANA, CHAD),),
    preconditions=(
        Precondition("precondition/1", "First", TRACK, (ANA,), (BIAS,), SAID, (at("bias"),), (NIGER,)),
    ),
    missions=(
        Mission(
            "organisation/chad-peacekeeping-mission",
            "PeacekeepingMission",
            "Chad peacekeeping mission",
            (at("round"),),
            LOME,
            (CHAD,),
            (NIGER,),
            ("keep-order",),
            ("agreement/1",),
        ),
    ),
    commissions=(
        BorderCommission("organisation/border-commission", "Commission", (CHAD, NIGER), (at("round"),)),
    ),
    sanctions=(Sanction("sanction/1", "Sanction", (CHAD,), (NIGER,), ("trade",), (at("refused"),)),),
    corridors=(Corridor("corridor/sand-road", "Sand Road", (at("Sand Road"),)),),
    memberships=(
        Membership(
            "membership/1", "corridor/sand-road", CHAD, 1, "start", "membership/2", (at("starts in Chad"),)
        ),
        Membership("membership/2", "corridor/sand-road", NIGER, 2, "end", None, (at("ends in Niger"),)),
    ),
    labels=(AttributedLabel("label/1", "Sand Road", "corridor/sand-road", None, (at("Sand Road"),)),),
    unread=(Unread("unread/1", "unknown actor", (at("🕊 Somebody sang."),)),),
)
REPORT = replace(READING, source=replace(READING.source, kind="report"))
