"""Where a text says who mediates."""

from dataclasses import dataclass

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.names.references import MEDIATORS, Reference
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table

_REACH = 14  # words from "talks" to "mediated": "talks between A and B, mediated by …"


@dataclass(frozen=True, slots=True)
class Mediation:
    """One place where the text says who mediates: `separate` if each has a track of its own."""

    mediators: tuple[Reference, ...]
    evidence: Range
    separate: bool


def find_mediations(analysis: Analysis) -> list[Mediation]:
    """Every place where the text says who mediates, in its order."""
    verbs = (verb for verb in analysis.verbs if verb.lemma in verb_table().uses.leading_talks)
    found = [mediation for verb in verbs if (mediation := _by(analysis, verb))]
    return sorted([*found, *_compounds(analysis)], key=lambda m: m.evidence.first)


def _by(analysis: Analysis, verb: Verb) -> Mediation | None:
    """ "talks mediated by X and Y", "X mediates the talks"; a plan or a hope is none."""
    sentence = analysis.document.sentence(verb.main)
    if verb.form in {"participle", "passive"}:
        return _by_agent(analysis, verb, sentence)
    told = verb.form == "finite" and verb.modality == "asserted" and not verb.negated
    if not told or verb.lemma not in verb_table().uses.mediating:
        return None
    subject = subject_of(analysis, verb, sentence)
    if subject is None or not subject.references:
        return None
    after = analysis.document.lowers(Range(verb.first - 1, sentence.last))
    return _mediation(subject, Range(subject.range.first, verb.last), after)


def _by_agent(analysis: Analysis, verb: Verb, sentence: Range) -> Mediation | None:
    """ "talks mediated separately by X and Y"."""
    tokens, tracks = analysis.document.tokens, noun_table().talks.tracks
    before = analysis.document.lowers(Range(max(sentence.first, verb.first - _REACH), verb.first))
    index = verb.last
    while index < sentence.last and tokens[index].lower in noun_table().talks.manners:
        index += 1
    if index + 1 >= sentence.last or tokens[index].lower != "by" or tracks.isdisjoint(before):
        return None
    phrase = phrase_at(analysis, index + 1, sentence.last)
    if phrase is None:
        return None
    first = next(i for i in range(verb.first - 1, -1, -1) if tokens[i].lower in tracks)
    between = analysis.document.lowers(Range(verb.first, phrase.range.first))
    return _mediation(phrase, Range(first, phrase.range.last), between)


def _mediation(phrase: Phrase, evidence: Range, words: list[str]) -> Mediation:
    """By those of a phrase who can mediate; each has a track of its own if the words say so."""
    able = tuple(r for r in phrase.references if r.type in MEDIATORS)
    return Mediation(able, evidence, not noun_table().talks.separately.isdisjoint(words))


def _compounds(analysis: Analysis) -> list[Mediation]:
    """ "U.S.-led talks", "EU efforts to organize a round", "the EU has tried to organize a round"."""
    found = []
    tokens = analysis.document.tokens
    for reference in analysis.references.items:
        if reference.type not in MEDIATORS - {"Person"}:
            continue
        index = reference.range.last
        words = [token.lower for token in tokens[index : index + 8]]
        if (
            len(words) >= 3
            and words[0] == "-"
            and words[1] in noun_table().talks.brokering
            and words[2] in noun_table().talks.tracks
        ):
            found.append(Mediation((reference,), Range(reference.range.first, index + 3), False))
        elif _organises(words):
            sentence = analysis.document.sentence(index)
            end = next(
                i for i in range(index, sentence.last) if tokens[i].lower in noun_table().talks.sittings
            )
            found.append(Mediation((reference,), Range(reference.range.first, end + 1), False))
    return found


def _organises(words: list[str]) -> bool:
    """Efforts to bring about a sitting: "efforts to organize a fresh round", "has tried to convene talks"."""
    effort = words[:1] == ["efforts"] or noun_table().talks.attempts & set(words[:3])
    organise = noun_table().talks.organising & set(words)
    return bool(effort and organise and noun_table().talks.sittings & set(words))
