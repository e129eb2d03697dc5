"""Agreements that a text tells of: prospective or concluded, and who brokered them."""

import itertools
from collections.abc import Iterator

from kg.identifiers import digest, names_of, slug
from kg.model import Agreement, MediatorRole, TimeSpan
from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.dates import FoundTime
from kg.reading.names.parties import SIDES
from kg.reading.names.references import MEDIATORS, Reference
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table
from kg.times import in_label


def find_agreements(
    analysis: Analysis, parties: tuple[str, ...], labels: dict[str, str]
) -> tuple[tuple[Agreement, ...], tuple[MediatorRole, ...]]:
    """ "a peace agreement could be signed", "a Russian-brokered peace agreement", with the brokers' roles."""
    agreements: dict[str, Agreement] = {}
    roles: list[MediatorRole] = []
    for index in _nouns(analysis):
        brokers, part = _brokers(analysis, index)
        stage, time = _stage(analysis, index, bool(brokers))
        if stage is None:
            continue
        own = _parties(analysis, index) or parties
        agreement = _agreement(analysis, index, part, own, stage, time, labels)
        agreements.setdefault(agreement.key, agreement)
        roles += [_role(analysis, broker, agreement, part) for broker in brokers]
    return tuple(agreements.values()), tuple(roles)


def _nouns(analysis: Analysis) -> Iterator[int]:
    """The tokens of "agreement" and the like after "peace" and the like."""
    words = noun_table().talks
    for before, token in itertools.pairwise(analysis.document.tokens):
        if token.lower in words.agreements and before.lower in words.agreement_kinds:
            yield token.index


def _role(analysis: Analysis, broker: Reference, agreement: Agreement, part: Range) -> MediatorRole:
    name = f"{broker.key.split('/', 1)[1]}-in-{agreement.key.split('/', 1)[1]}"
    return MediatorRole(f"role/{name}", broker.key, agreement.key, "ended", analysis.spans(part))


def _brokers(analysis: Analysis, index: int) -> tuple[tuple[Reference, ...], Range]:
    """ "Russian-brokered peace agreement", "peace agreement brokered by Russia"."""
    tokens = analysis.document.tokens
    table = noun_table().talks
    first = index - 1
    if first >= 2 and tokens[first - 1].lower in table.brokering and tokens[first - 2].text == "-":
        reference = analysis.references.at(first - 3)
        if reference and reference.type in MEDIATORS:
            return (reference,), Range(reference.range.first, index + 1)
    sentence = analysis.document.sentence(index)
    if (
        index + 2 < sentence.last
        and tokens[index + 1].lower in table.brokering
        and tokens[index + 2].lower == "by"
    ):
        phrase = phrase_at(analysis, index + 3, sentence.last)
        if phrase and phrase.references:
            return phrase.references, Range(first, phrase.range.last)
    return (), Range(first, index + 1)


def _signing(analysis: Analysis, index: int, sentence: Range) -> Verb | None:
    """The verb near the noun that tells of its conclusion."""
    concluding = (v for v in analysis.verbs_in(sentence) if v.lemma in verb_table().uses.concluding)
    return next((v for v in concluding if abs(v.main - index) < 8), None)


def _parties(analysis: Analysis, index: int) -> tuple[str, ...]:
    """Those "between" whom it is, or the two who sign it, sorted."""
    sentence = analysis.document.sentence(index)
    signing = _signing(analysis, index, sentence)
    signers = subject_of(analysis, signing, sentence) if signing and signing.form != "passive" else None
    between = index + 2 < sentence.last and analysis.document.tokens[index + 1].lower == "between"
    told = phrase_at(analysis, index + 2, sentence.last) if between else signers
    sides = tuple(sorted({r.key for r in told.references if r.type in SIDES})) if told else ()
    return sides if len(sides) > 1 else ()


def _stage(analysis: Analysis, index: int, brokered: bool) -> tuple[str | None, TimeSpan | None]:
    """Prospective if its signing is to come, signed if told as brokered or signed, else unknown."""
    sentence = analysis.document.sentence(index)
    times = list(analysis.times_in(sentence))
    signing = _signing(analysis, index, sentence)
    words = set(analysis.document.lowers(sentence))
    open_ = signing and (signing.modality != "asserted" or signing.form == "infinitive")
    if open_ or ("signing" in words and "possible" in words):
        later = [t for t in times if t.span.start > analysis.document.tokens[index].start]
        return "prospective", later[0].time if later else None
    earlier = [t for t in times if t.span.start < analysis.document.tokens[index].start] or (
        times[:1] if signing else _before(analysis, sentence)
    )
    if brokered or signing:
        return "signed", earlier[-1].time if earlier else None
    return None, None


def _before(analysis: Analysis, sentence: Range) -> list[FoundTime]:
    """The times of the sentence before."""
    number = analysis.document.sentence_number(sentence.first)
    return list(analysis.times_in(analysis.document.sentences[number - 1])) if number else []


def _agreement(
    analysis: Analysis,
    index: int,
    part: Range,
    parties: tuple[str, ...],
    stage: str,
    time: TimeSpan | None,
    labels: dict[str, str],
) -> Agreement:
    kind = analysis.document.words(Range(index - 1, index + 1)).lower()
    when = time.edtf if time else ""
    mark = digest(analysis.source.key, kind, stage, when, *parties, length=6)
    key = "-".join(
        p for p in (slug(kind), names_of(parties) if parties else "", slug(when) if when else "", mark) if p
    )
    named = f"{kind.capitalize()}: {'–'.join(labels.get(k, k) for k in parties)}"
    label = ", ".join(p for p in (named, in_label(time)) if p)
    return Agreement(f"agreement/{key}", label, parties, stage, analysis.spans(part), time)
