"""Statements from attributions: who says what, with the words that support each."""

from collections import Counter
from dataclasses import dataclass

from kg.identifiers import UNKNOWN_SPEAKER, digest
from kg.model import Proposition, Statement
from kg.reading.analysis import Analysis
from kg.reading.names.references import AGENTS
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.speakers import is_document
from kg.reading.statements.circumstances import addressees_of, antecedents_of, evidence_of, form_of
from kg.reading.statements.clauses import clauses
from kg.reading.statements.conditions import conditional_parts, find_conditions
from kg.reading.statements.context import Context
from kg.reading.statements.holding import modality_of
from kg.reading.statements.matter import Matter
from kg.reading.statements.propositions import proposition, unquoted
from kg.reading.statements.stance import stance_of
from kg.reading.statements.when import own_time, with_time
from kg.reading.words.verbs import verb_table

_FEWEST = 4  # tokens of a noun phrase that says something by itself


@dataclass(frozen=True)
class Said:
    """Statements with all their propositions; number of an attribution → key of its statement."""

    statements: tuple[Statement, ...]
    propositions: tuple[Proposition, ...]
    of_attribution: dict[int, str]


def find_statements(context: Context, attributions: list[Attribution]) -> Said:
    """One statement per attribution; a short framing noun phrase without a relation is no statement."""
    statements: list[Statement] = []
    propositions: dict[str, Proposition] = {}
    of_attribution: dict[int, str] = {}
    seen: Counter[str] = Counter()
    for number, attribution in enumerate(attributions):
        made = _statement(context, attribution, number, seen)
        if made is None:
            continue
        statement, parts = made
        statement = with_time(context, statement, attribution, statements[-1] if statements else None)
        statements.append(statement)
        propositions.update({part.key: part for part in parts})
        of_attribution[number] = statement.key
    return Said(tuple(statements), tuple(propositions.values()), of_attribution)


def _statement(
    context: Context, attribution: Attribution, number: int, seen: Counter[str]
) -> tuple[Statement, list[Proposition]] | None:
    """The statement of one attribution, with the propositions that it and its conditions consist of."""
    analysis = context.analysis
    speakers = _speakers(context, attribution, number)
    ground = _grounds(context, attribution)
    condition_parts = [
        part for content in attribution.stated for part in conditional_parts(analysis, content)
    ]
    found = clauses(
        analysis,
        attribution.stated,
        context.happenings,
        context.labels,
        attribution.accused,
        condition_parts,
    )
    main = [c for c in found if not any(c.part.first in part for part in condition_parts)]
    if attribution.framing and not main and not _worded_enough(analysis, attribution):
        return None
    voice = speakers[0] if speakers else UNKNOWN_SPEAKER
    stated = [_about_round(context, c.proposition, ground) for c in main]
    parts = stated or _accusing(context, attribution) or [_worded(context, attribution, voice)]
    conditions = find_conditions(context, condition_parts, found, voice)
    matter = Matter(analysis, attribution, speakers, tuple(main), tuple(condition_parts))
    stance = stance_of(matter)
    modality, polarity = modality_of(matter, stance)
    found_time = own_time(analysis, attribution)
    relay, explicit = context.relays.carried.get(number, (None, None))
    statement = Statement(
        key=_key(context, speakers, stance, parts, conditions, seen),
        label=_label(context, speakers, stance, parts),
        speakers=speakers,
        stance=stance,
        modality=modality,
        polarity=polarity,
        form=form_of(analysis, attribution),
        propositions=_keys(parts),
        content=analysis.spans(*attribution.content),
        evidence=evidence_of(analysis, attribution),
        cue=analysis.document.span(attribution.cue),
        addressees=addressees_of(attribution),
        conditions=_keys(conditions),
        said=found_time.time if found_time else None,
        communique=relay,
        relay_explicit=explicit,
        ground_for=ground,
        antecedents=antecedents_of(context, attribution, relay),
    )
    return statement, [*parts, *conditions]


def _worded_enough(analysis: Analysis, attribution: Attribution) -> bool:
    """What is said to be so in a quotation or at some length: "what they say was a raid by troops"."""
    part = attribution.content[0]
    if attribution.lemma in verb_table().uses.naming - {"say"}:
        return False  # a name that somebody gives a thing is kept with its terms
    return bool(analysis.document.quoted(part)) or part.last - part.first >= _FEWEST


def _keys(made: list[Proposition]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p.key for p in made))


def _key(
    context: Context,
    speakers: tuple[str, ...],
    stance: str,
    parts: list[Proposition],
    conditions: list[Proposition],
    seen: Counter[str],
) -> str:
    """By content; `seen` counts the statements of one content, so that each has a key of its own."""
    content = (*speakers, stance, *_keys(parts), *_keys(conditions))
    mark = digest(context.analysis.source.key, *content, length=10)
    seen[mark] += 1
    name = "-".join(key.split("/", 1)[1] for key in speakers) or "unnamed"
    again = f"-{seen[mark]}" if seen[mark] > 1 else ""
    return f"statement/{name}-{stance}-{mark}{again}"


def _speakers(context: Context, attribution: Attribution, number: int) -> tuple[str, ...]:
    """Who speaks; a text that quotes nobody speaks for its issuer."""
    named = tuple(dict.fromkeys(r.key for r in attribution.speaker.references if r.type in AGENTS))
    if named or not is_document(context.analysis, attribution.speaker):
        return named
    return context.relays.voices.get(context.relays.carried.get(number, ("", False))[0], ())


def _grounds(context: Context, attribution: Attribution) -> tuple[str, ...]:
    """The refusal that these words justify, told in the same sentence or in the one before."""
    number = context.analysis.document.sentence_number(attribution.cue.first)
    here = context.rounds.refusal_at.get(number)
    if here and (attribution.framing or attribution.lemma == "cite"):
        return (here,)
    before = context.rounds.refusal_at.get(number - 1)
    return (before,) if before and attribution.lemma == "cite" and not here else ()


def _about_round(context: Context, made: Proposition, ground: tuple[str, ...]) -> Proposition:
    """A biased position is one in the talks that were refused because of it."""
    if made.predicate != "hasBiasedPositionIn" or not ground:
        return made
    rounds = tuple(e.refuses for e in context.rounds.refusals if e.key in ground and e.refuses)
    return proposition(made.subject, made.predicate, rounds, made.value, made.polarity, context.labels)


def _accusing(context: Context, attribution: Attribution) -> list[Proposition]:
    """Content that no rule analyses, laid at somebody's door."""
    accused = attribution.accused.references if attribution.accused else ()
    if not accused:
        return []
    words = " … ".join(unquoted(context.analysis, part) for part in attribution.stated)
    return [proposition(r.key, "isAccusedOf", (), words, "positive", context.labels) for r in accused]


def _worded(context: Context, attribution: Attribution, speaker: str) -> Proposition:
    """Content that no rule analyses: the words themselves."""
    words = " … ".join(unquoted(context.analysis, part) for part in attribution.content)
    return proposition(speaker, "says", (), words, "positive", context.labels)


def _label(context: Context, speakers: tuple[str, ...], stance: str, parts: list[Proposition]) -> str:
    who = " and ".join(context.labels.get(key, key) for key in speakers) or "Unnamed speaker"
    first = parts[0]
    return (
        f"{who} ({stance}): {first.label.split(' – ', 2)[-1] if first.predicate == 'says' else first.label}"
    )
