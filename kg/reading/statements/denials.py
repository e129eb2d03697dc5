"""Which statement a denial contradicts: the nearest before it that lays the matter at the denier's door."""

from collections.abc import Iterable
from dataclasses import replace

from kg.model import Office, Proposition, Statement
from kg.reading.analysis import Analysis
from kg.reading.names.bodies import state_of

_WITHIN = 3  # sentences between a claim and its denial
_CLAIMS = frozenset(
    {"accusation", "accusations", "allegation", "allegations", "charge", "charges", "claim", "claims"}
)


def with_denials(
    analysis: Analysis,
    statements: Iterable[Statement],
    propositions: Iterable[Proposition],
    offices: Iterable[Office],
) -> list[Statement]:
    """The statements, each denial with what it contradicts where the text leaves no doubt.

    That is a statement of another speaker about the denier, if the denial is of "the accusation" or of a deed
    that the statement tells of with the same verb.
    """
    told = list(statements)
    subjects = {part.key: part.subject for part in propositions}
    serving = {office.key: office.of for office in offices if office.of}
    return [
        replace(said, denies=_denied(analysis, said, told, subjects, serving))
        if said.stance == "deny" and said.speakers
        else said
        for said in told
    ]


def _denied(
    analysis: Analysis,
    denial: Statement,
    told: list[Statement],
    subjects: dict[str, str],
    serving: dict[str, str],
) -> tuple[str, ...]:
    sides = _sides(analysis, denial, serving)
    here = _sentence(analysis, denial)
    claims = [
        (here - _sentence(analysis, claim), -claim.evidence[0].start, claim.key)
        for claim in told
        if claim.stance != "deny"
        and claim.evidence[0].start < denial.evidence[0].start
        and sides.isdisjoint(_sides(analysis, claim, serving))
        and any(subjects[part] in sides for part in claim.propositions)
        and (_of_a_claim(analysis, denial) or _verbs(analysis, denial) & _verbs(analysis, claim))
    ]
    near = sorted(claim for claim in claims if claim[0] <= _WITHIN)
    return (near[0][2],) if near else ()


def _sides(analysis: Analysis, said: Statement, serving: dict[str, str]) -> set[str]:
    """The speakers, and whom they serve."""
    served = {analysis.employers.get(key) or serving.get(key) or state_of(key) for key in said.speakers}
    return {*said.speakers, *(key for key in served if key)}


def _sentence(analysis: Analysis, said: Statement) -> int:
    return analysis.document.sentence_number(analysis.tokens_of(said.evidence[0]).first)


def _of_a_claim(analysis: Analysis, denial: Statement) -> bool:
    """ "denied the accusation": what is denied is what somebody else has said."""
    words = (word for span in denial.content for word in analysis.document.lowers(analysis.tokens_of(span)))
    return not _CLAIMS.isdisjoint(words)


def _verbs(analysis: Analysis, said: Statement) -> set[str]:
    """The verbs of its content, but for those that say nothing by themselves."""
    parts = (analysis.tokens_of(span) for span in said.content)
    return {verb.lemma for part in parts for verb in analysis.verbs_in(part)} - {"be", "have", "do", "say"}
