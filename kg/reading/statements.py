"""Statements from attributions: stance, modality, conditions and content, with the words that support each."""

from collections import Counter
from dataclasses import dataclass

from kg.identifiers import UNKNOWN_SPEAKER, digest
from kg.model import Proposition, Span, Statement, TimeSpan
from kg.reading.analysis import Analysis
from kg.reading.clauses import phrase_at, subject_of
from kg.reading.document import Range
from kg.reading.events import Happenings
from kg.reading.propositions import Clause, clauses, proposition, unquoted
from kg.reading.relays import Relays, spans_of
from kg.reading.rounds import Rounds
from kg.reading.speech import Attribution, is_document
from kg.reading.verbs import verb_table

_HARM = frozenset(
    {"harm", "harmed", "violation", "violations", "attack", "attacks", "casualties", "damage", "targeted"}
)
_NEGATIVE = frozenset({"no", "not", "neither", "never", "n’t", "n't", "nor"})


@dataclass(frozen=True)
class Said:
    """Statements with the propositions that they and their conditions consist of, in the order of the attributions."""

    statements: tuple[Statement, ...]
    propositions: tuple[Proposition, ...]
    of_attribution: dict[int, str]


@dataclass(frozen=True)
class Context:
    """What was read before the statements."""

    analysis: Analysis
    happenings: Happenings
    relays: Relays
    rounds: Rounds
    labels: dict[str, str]


def find_statements(context: Context, attributions: list[Attribution]) -> Said:
    """One statement per attribution; a framing noun phrase without a relation is no statement."""
    statements: list[Statement] = []
    propositions: dict[str, Proposition] = {}
    of_attribution: dict[int, str] = {}
    seen: Counter[str] = Counter()
    for number, attribution in enumerate(attributions):
        made = _statement(context, attribution, number, seen)
        if made is None:
            continue
        statement, parts = made
        statements.append(statement)
        propositions.update({part.key: part for part in parts})
        of_attribution[number] = statement.key
    return Said(tuple(statements), tuple(propositions.values()), of_attribution)


def _statement(
    context: Context, attribution: Attribution, number: int, seen: Counter[str]
) -> tuple[Statement, list[Proposition]] | None:
    analysis = context.analysis
    speakers = _speakers(context, attribution, number)
    ground = _grounds(context, attribution)
    condition_parts = [
        part for content in attribution.content for part in _condition_parts(analysis, content)
    ]
    found = clauses(analysis, attribution.content, context.happenings, context.labels)
    main = [c for c in found if not any(c.part.first in part for part in condition_parts)]
    if attribution.framing and not main:
        return None
    self_key = speakers[0] if speakers else UNKNOWN_SPEAKER
    parts = [_about_round(context, c.proposition, ground) for c in main] or [
        _worded(context, attribution, self_key)
    ]
    conditions = _conditions(context, condition_parts, found, self_key)
    stance = _stance(context, attribution, main, speakers)
    modality, polarity = _modality(analysis, attribution, main, bool(conditions))
    keys = tuple(dict.fromkeys(p.key for p in parts))
    content_mark = digest(
        analysis.source.key, *speakers, stance, *keys, *(c.key for c in conditions), length=10
    )
    seen[content_mark] += 1
    mark = content_mark if seen[content_mark] == 1 else f"{content_mark}-{seen[content_mark]}"
    name = "-".join(key.split("/", 1)[1] for key in speakers) or "unnamed"
    relay, explicit = context.relays.carried.get(number, (None, None))
    statement = Statement(
        f"statement/{name}-{stance}-{mark}", _label(context, speakers, stance, parts), speakers, stance, modality, polarity,
        _form(analysis, attribution), keys, analysis.spans(*attribution.content), _evidence(analysis, attribution),
        analysis.document.span(attribution.cue), _addressees(attribution), tuple(c.key for c in conditions),
        _said(analysis, attribution), relay, explicit, ground, _antecedents(context, attribution, relay),
    )  # fmt: skip
    return statement, [*parts, *conditions]


def _speakers(context: Context, attribution: Attribution, number: int) -> tuple[str, ...]:
    """Who speaks; a text that quotes nobody speaks for its issuer."""
    if is_document(context.analysis, attribution.speaker):
        key = context.relays.carried.get(number, ("", False))[0]
        return tuple(c.issuer for c in context.relays.communiques if c.key == key)
    return tuple(dict.fromkeys(r.key for r in attribution.speaker.references))


def _grounds(context: Context, attribution: Attribution) -> tuple[str, ...]:
    """The refusal that these words justify: told in the same sentence, or in the one before ("The reason he gave …")."""
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


def _worded(context: Context, attribution: Attribution, speaker: str) -> Proposition:
    """Content that no rule analyses: the words themselves."""
    words = " … ".join(unquoted(context.analysis, part) for part in attribution.content)
    return proposition(speaker, "says", (), words, "positive", context.labels)


def _condition_parts(analysis: Analysis, content: Range) -> list[Range]:
    """ "if …", "should X …", "by doing …" after a modal, and what "would mean" something."""
    tokens = analysis.document.tokens
    parts = []
    for index in range(content.first, content.last):
        lower = tokens[index].lower
        opens = lower == "should" and index == content.first
        if lower in {"if", "unless", "provided"} or opens:
            parts.append(Range(index, _comma(analysis, index, content)))
        elif lower == "by" and _after_modal(analysis, index, content):
            parts.append(Range(index + 1, _comma(analysis, index, content)))
    for verb in analysis.verbs_in(content):
        if verb.lemma == "mean" and verb.modality == "future":
            parts.append(Range(content.first, verb.first))
    return parts


def _comma(analysis: Analysis, index: int, content: Range) -> int:
    """The comma that closes a condition, not one inside a list or quotation mark pair."""
    for at in range(index, content.last):
        if analysis.document.tokens[at].text in {",", ";"}:
            return at
    return content.last


def _after_modal(analysis: Analysis, index: int, content: Range) -> bool:
    gerund = any(
        v.form == "gerund" and v.first == index + 1 for v in analysis.verbs_in(Range(index, index + 3))
    )
    before = [
        v for v in analysis.verbs_in(Range(content.first, index)) if v.modality in {"possible", "future"}
    ]
    return gerund and bool(before)


def _conditions(context: Context, parts: list[Range], found: list[Clause], speaker: str) -> list[Proposition]:
    made: list[Proposition] = []
    for part in parts:
        inside = [c.proposition for c in found if c.part.first in part] or _said_condition(context, part)
        made += inside or _gerund_condition(context, part, found) or _nominal_condition(context, part) or [
            proposition(speaker, "says", (), context.analysis.document.words(part), "positive", context.labels)
        ]  # fmt: skip
    return list({p.key: p for p in made}.values())


def _said_condition(context: Context, part: Range) -> list[Proposition]:
    """ "If X says that …": X says those words."""
    analysis = context.analysis
    for verb in analysis.verbs_in(part):
        subject = subject_of(analysis, verb, part)
        if verb.lemma in verb_table().stances and verb.last < part.last and subject and subject.references:
            words = unquoted(analysis, Range(verb.last, part.last)).removeprefix("that ")
            return [proposition(subject.references[0].key, "says", (), words, "positive", context.labels)]
    return []


def _gerund_condition(context: Context, part: Range, found: list[Clause]) -> list[Proposition]:
    """ "by considering …": its subject is that of the clause that it qualifies."""
    analysis = context.analysis
    verb = next((v for v in analysis.verbs_in(part) if v.form == "gerund" and v.first == part.first), None)
    relation = verb_table().relations.get(verb.lemma) if verb else None
    main = next((c for c in found if c.part.first not in part), None)
    if verb is None or relation is None or main is None:
        return []
    value = analysis.document.words(Range(verb.last, part.last)) if verb.last < part.last else None
    return [proposition(main.proposition.subject, relation, (), value, "positive", context.labels)]


def _nominal_condition(context: Context, part: Range) -> list[Proposition]:
    """ "a change in posture from Washington": a noun that is also a verb, done by whom "from" or "by" names."""
    analysis = context.analysis
    phrase = phrase_at(analysis, part.first, part.last)
    if phrase is None:
        return []
    relation = verb_table().relations.get(analysis.document.tokens[phrase.head].lower)
    for reference in analysis.references.within(part):
        if relation and analysis.document.tokens[reference.range.first - 1].lower in {"from", "by", "of"}:
            value = analysis.document.words(Range(phrase.range.first, reference.range.first - 1))
            return [proposition(reference.key, relation, (), value, "positive", context.labels)]
    return []


def _stance(context: Context, attribution: Attribution, main: list[Clause], speakers: tuple[str, ...]) -> str:
    """The reporting verb's stance, sharpened by the content: blame accuses, backing supports, a denied harm denies."""
    stance = verb_table().stances.get(attribution.lemma, "assert")
    own = {*speakers, *(context.analysis.employers.get(key, "") for key in speakers)}
    if stance in {"assert", "describe", "explain", "criticise"}:
        if any(_blames(clause, own) for clause in main):
            return "accuse"
        if any(
            c.proposition.predicate == "supports" and c.proposition.subject in own and not c.negated
            for c in main
        ):
            return "support"
        words = {w for part in attribution.content for w in context.analysis.document.lowers(part)}
        if words & _NEGATIVE and words & _HARM:
            return "deny"
    return stance


def _blames(clause: Clause, own: set[str]) -> bool:
    made = clause.proposition
    if made.subject in own or made.subject.split("/")[0] not in {"state", "person", "organisation", "group"}:
        return False
    table = verb_table()
    if clause.modality != "asserted":
        return False
    return made.predicate in (table.blame_negative if made.polarity == "negative" else table.blame_positive)


def _modality(
    analysis: Analysis, attribution: Attribution, main: list[Clause], conditional: bool
) -> tuple[str, str]:
    """(modality, polarity) of the whole: a condition first, then the main verb's modal, then a negation."""
    words = [w for part in attribution.content for w in analysis.document.lowers(part)]
    opening = [w for part in attribution.content for w in analysis.document.lowers(part)[:4]]
    negated = (
        all(c.negated for c in main)
        if main
        else bool(_NEGATIVE & set(opening)) or bool(_NEGATIVE & set(words) and _HARM & set(words))
    )
    polarity = "negative" if negated else "positive"
    if conditional:
        return "conditional", polarity
    if main and main[0].modality != "asserted":
        return main[0].modality, polarity
    if not main:
        modal = next(
            (
                v.modality
                for part in attribution.content
                for v in analysis.verbs_in(part)
                if v.modality != "asserted"
            ),
            None,
        )
        if modal or "possible" in words:
            return modal or "possible", polarity
    return ("negated" if negated else "asserted"), polarity


def _label(context: Context, speakers: tuple[str, ...], stance: str, parts: list[Proposition]) -> str:
    who = " and ".join(context.labels.get(key, key) for key in speakers) or "Unnamed speaker"
    first = parts[0]
    return (
        f"{who} ({stance}): {first.label.split(' – ', 2)[-1] if first.predicate == 'says' else first.label}"
    )


def _form(analysis: Analysis, attribution: Attribution) -> str:
    """Direct if every word is quoted, mixed if some are, else indirect."""
    inside = [
        analysis.document.quote_around(i) is not None
        for part in attribution.content
        for i in range(part.first, part.last)
    ]
    if all(inside):
        return "direct"
    return "mixed" if any(inside) else "indirect"


def _evidence(analysis: Analysis, attribution: Attribution) -> tuple[Span, ...]:
    """From the speaker to the end of what is said, sentence by sentence."""
    ranges = [attribution.speaker.range, attribution.cue, *attribution.content]
    by_sentence: dict[int, list[Range]] = {}
    for part in ranges:
        by_sentence.setdefault(analysis.document.sentence_number(part.first), []).append(part)
    return analysis.spans(
        *(Range(min(p.first for p in parts), max(p.last for p in parts)) for parts in by_sentence.values())
    )


def _addressees(attribution: Attribution) -> tuple[str, ...]:
    return tuple(r.key for r in attribution.addressee.references) if attribution.addressee else ()


def _said(analysis: Analysis, attribution: Attribution) -> TimeSpan | None:
    """A time in the sentence that is not part of what was said."""
    sentence = analysis.document.sentence(attribution.cue.first)
    content = {i for part in attribution.content for i in range(part.first, part.last)}
    near = Range(min(attribution.speaker.range.first, attribution.cue.first) - 3, attribution.cue.last + 4)
    for found in analysis.times_in(sentence):
        index = analysis.tokens_of(found.span).first
        if index not in content and (index in near or index - sentence.first <= 2):
            return found.time
    return None


def _antecedents(context: Context, attribution: Attribution, relay: str | None) -> tuple[Span, ...]:
    """What a pronoun or a role was resolved by, and where an unsaid relay was told."""
    ranges = [part for r in attribution.speaker.references for part in r.antecedents]
    unsaid = spans_of(context.relays, relay) if relay and attribution.relay is None else ()
    said = spans_of(context.relays, relay)[:1] if relay and attribution.relay is not None else ()
    return tuple(sorted({*context.analysis.spans(*ranges), *unsaid, *said}))
