"""What a reading of one source consists of: frozen values that name each other by key.

A key is `<kind>/<slug>`, the path of the thing's IRI under the base. Names of kinds, stances, modalities
and so on are the last parts of the IRIs in `ontology/values.ttl`.
"""

from dataclasses import dataclass
from datetime import date as Day


@dataclass(frozen=True, order=True)
class Span:
    """Characters [start, end) of the source, counted in code points."""

    start: int
    end: int


@dataclass(frozen=True)
class Citation:
    """Where a text was published; what is not known is None."""

    title: str
    publisher: str | None = None
    author: str | None = None
    date: Day | None = None
    url: str | None = None


@dataclass(frozen=True)
class Source:
    """One stored text: an `article` as published, or our `report` that restates one."""

    kind: str
    citation: Citation
    text: str
    sha256: str
    slug: str

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.slug}"


@dataclass(frozen=True)
class TimeSpan:
    """When: inclusive bounds (None = unknown), the precision of the expression, and its EDTF text."""

    earliest: Day | None
    latest: Day | None
    precision: str  # day, month, season, year, interval, open
    edtf: str


@dataclass(frozen=True)
class Mention:
    """One place where the text names or refers to an entity."""

    span: Span
    form: str  # name, alias, metonym, role, pronoun, description


@dataclass(frozen=True)
class Entity:
    """An actor or place as the source has it; `known` if the authority data name it."""

    key: str
    type: str  # Place, or one of kg.reading.names.references.AGENTS
    label: str
    known: bool
    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class Office:
    """A body that belongs to a state, such as a presidency that issues statements."""

    key: str
    label: str
    of: str | None
    evidence: tuple[Span, ...]
    antecedents: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Post:
    """An office that a person holds, with the title as the text states it."""

    key: str
    label: str
    title: str
    of: str | None
    holder: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True)
class Proposition:
    """Unasserted content: subject, relation (named as in `ontology/relations.ttl`), objects or a value."""

    key: str
    label: str
    subject: str
    predicate: str
    objects: tuple[str, ...] = ()
    value: str | None = None
    polarity: str = "positive"
    count: "Count | None" = None  # for content that says how many


@dataclass(frozen=True)
class Count:
    """How many people or things an event concerns, as somebody counts; an open upper bound is None."""

    of: str  # killed, wounded, missing, displaced, returned, captured, released
    low: int
    high: int | None
    event: str


@dataclass(frozen=True)
class Statement:
    """One utterance as reported: who said it, how, through whom, and which characters say so."""

    key: str
    label: str
    speakers: tuple[str, ...]  # empty: the text names none
    stance: str
    modality: str
    polarity: str
    form: str  # direct, indirect, mixed
    propositions: tuple[str, ...]
    content: tuple[Span, ...]
    evidence: tuple[Span, ...]
    cue: Span | None = None
    addressees: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    said: TimeSpan | None = None
    communique: str | None = None
    relay_explicit: bool | None = None
    ground_for: tuple[str, ...] = ()
    antecedents: tuple[Span, ...] = ()
    denies: tuple[str, ...] = ()  # statements, for a denial
    due_by: TimeSpan | None = None  # for a promise


@dataclass(frozen=True)
class Communique:
    """An official text that the source cites."""

    key: str
    label: str
    issuer: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True)
class HandoverGroup:
    """People whom one side hands over in a release; a bound that the text leaves open is None."""

    key: str
    label: str
    low: int | None
    high: int | None
    custody: str | None  # prisoner-of-war, detainee, convict, hostage, civilian, remains
    held_by: str | None
    handed_to: str | None
    evidence: tuple[Span, ...]


@dataclass(frozen=True)
class Event:
    """Anything reported, alleged, planned or hypothetical; `type` is a class of the events module."""

    key: str
    type: str
    label: str
    evidence: tuple[Span, ...]
    factuality: str = "asserted"
    status: str = "occurred"
    agents: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    place: str | None = None
    time: TimeSpan | None = None
    code: str | None = None  # PLOVER, e.g. CONSULT
    causes: tuple[str, ...] = ()
    alleged_in: tuple[str, ...] = ()
    refuses: str | None = None  # a round, for a Refusal
    resumes: str | None = None  # talks or an agreement, which makes it a Resumption as well
    interrupts: str | None = None  # talks or an agreement, for what halts, leaves, puts off or cancels it
    antecedents: tuple[Span, ...] = ()
    targets: tuple[str, ...] = ()
    restrictions: tuple[str, ...] = ()  # kinds of sanction, for a Sanctioning or a SanctionsRelief
    step: str | None = None  # what is done to the sanction: imposed, extended, eased, lifted, …
    halt: str | None = None  # how many sides declare a ceasefire: unilateral, bilateral, multilateral
    recognised: str | None = None  # for a Recognition
    closed: tuple[str, ...] = ()  # places and corridors, for a Blockade
    brokers: tuple[str, ...] = ()  # for a Release
    groups: tuple[HandoverGroup, ...] = ()  # for a Release
    sanction: str | None = None  # the measure that is imposed or changed
    moves_from: tuple[str, ...] = ()  # for a Displacement or a Return
    moves_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Process:
    """The umbrella effort to settle one conflict."""

    key: str
    label: str
    parties: tuple[str, ...]
    addresses: tuple[str, ...]
    evidence: tuple[Span, ...]


@dataclass(frozen=True)
class Format:
    """A standing track; `process` is None where the text does not name two parties."""

    key: str
    label: str
    process: str | None
    parties: tuple[str, ...]
    evidence: tuple[Span, ...]
    kinds: tuple[tuple[str, str], ...] = ()  # scheme and value: ("shape", "trilateral")


@dataclass(frozen=True)
class Round:
    """One planned or held sitting of a format."""

    key: str
    label: str
    format: str | None
    parties: tuple[str, ...]
    evidence: tuple[Span, ...]
    place: str | None = None
    time: TimeSpan | None = None
    status: str = "planned"
    antecedents: tuple[Span, ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()  # as those of a format


@dataclass(frozen=True)
class MediatorRole:
    """One agent mediating one format, round or agreement."""

    key: str
    holder: str
    within: str
    state: str  # planned, active, ended
    evidence: tuple[Span, ...]
    antecedents: tuple[Span, ...] = ()
    kinds: tuple[str, ...] = ()  # mediator, facilitator, co-chair, host, guarantor, envoy, good-offices
    played_as: str | None = None  # the post by which its holder came to it


@dataclass(frozen=True)
class StatusReport:
    """Where tracks, or a corridor, stand as of a time; asserted by a speaker, or by the outlet where None."""

    key: str
    label: str
    formats: tuple[str, ...]
    value: str  # little, none, some, stalled, breakthrough
    as_of: TimeSpan | None
    asserted_by: str | None
    evidence: tuple[Span, ...]
    scheme: str = "progress"  # of the value: progress for talks, corridor for routes


@dataclass(frozen=True)
class Agreement:
    """A concluded or prospective text between parties."""

    key: str
    label: str
    parties: tuple[str, ...]
    stage: str  # prospective, agreed, initialled, signed, ratified, in-force, expired, annulled
    evidence: tuple[Span, ...]
    time: TimeSpan | None = None
    kinds: tuple[str, ...] = ()  # ceasefire, framework, prisoner-exchange and the like


@dataclass(frozen=True)
class Provision:
    """What an agreement lays down on issues, and whom that binds."""

    key: str
    label: str
    agreement: str
    issues: tuple[str, ...]
    evidence: tuple[Span, ...]
    binds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signature:
    """One name under an agreement: a person's, or that of a side of which no person is named."""

    key: str
    label: str
    agreement: str
    capacity: str  # party, guarantor, witness
    evidence: tuple[Span, ...]
    signed_by: str | None = None
    signed_for: str | None = None


@dataclass(frozen=True)
class Precondition:
    """What somebody demands before talks are held or an agreement is concluded."""

    key: str
    label: str
    before: str
    demanded_by: tuple[str, ...]
    demands: tuple[str, ...]  # propositions
    stated_in: str
    evidence: tuple[Span, ...]
    demanded_of: tuple[str, ...] = ()
    state: str = "open"  # open, met, dropped, rejected


@dataclass(frozen=True)
class Mission:
    """People sent to watch, to keep apart or to inspect; `type` is a class of missions."""

    key: str
    type: str
    label: str
    evidence: tuple[Span, ...]
    area: str | None = None
    contributors: tuple[str, ...] = ()
    mandated_by: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    monitors: tuple[str, ...] = ()
    named: bool = False  # an entity of the text, which only gets a class here


@dataclass(frozen=True)
class BorderCommission:
    """A body of two or more states that fixes or marks the line between them."""

    key: str
    label: str
    states: tuple[str, ...]
    evidence: tuple[Span, ...]


@dataclass(frozen=True)
class Sanction:
    """A restriction that holds from the day on which it is laid on somebody."""

    key: str
    label: str
    imposed_by: tuple[str, ...]
    targets: tuple[str, ...]
    restrictions: tuple[str, ...]
    evidence: tuple[Span, ...]


@dataclass(frozen=True)
class Membership:
    """One place on one corridor; `order` counts from 1."""

    key: str
    corridor: str
    place: str
    order: int
    role: str  # start, via, end
    next: str | None
    evidence: tuple[Span, ...]


@dataclass(frozen=True)
class Corridor:
    """A named route; `kind` is a class of corridors, `modes` the means of transport in its name."""

    key: str
    label: str
    evidence: tuple[Span, ...]
    kind: str = "TransportCorridor"
    modes: tuple[str, ...] = ()


@dataclass(frozen=True)
class AttributedLabel:
    """A party's or an outlet's own term for a thing; used by the outlet where `user` is None."""

    key: str
    term: str
    thing: str
    user: str | None
    evidence: tuple[Span, ...]


@dataclass(frozen=True)
class Unread:
    """A passage that the reader noticed and could not place."""

    key: str
    reason: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True)
class Reading:
    """Everything that was read in one source, each part sorted by key."""

    source: Source
    entities: tuple[Entity, ...] = ()
    offices: tuple[Office, ...] = ()
    posts: tuple[Post, ...] = ()
    propositions: tuple[Proposition, ...] = ()
    statements: tuple[Statement, ...] = ()
    communiques: tuple[Communique, ...] = ()
    events: tuple[Event, ...] = ()
    processes: tuple[Process, ...] = ()
    formats: tuple[Format, ...] = ()
    rounds: tuple[Round, ...] = ()
    roles: tuple[MediatorRole, ...] = ()
    status_reports: tuple[StatusReport, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    provisions: tuple[Provision, ...] = ()
    signatures: tuple[Signature, ...] = ()
    preconditions: tuple[Precondition, ...] = ()
    missions: tuple[Mission, ...] = ()
    commissions: tuple[BorderCommission, ...] = ()
    sanctions: tuple[Sanction, ...] = ()
    corridors: tuple[Corridor, ...] = ()
    memberships: tuple[Membership, ...] = ()
    labels: tuple[AttributedLabel, ...] = ()
    unread: tuple[Unread, ...] = ()
