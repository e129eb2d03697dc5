"""Sittings that somebody refused: by whom, where, when, and with whom they were to be."""

from dataclasses import dataclass, replace

from kg.model import TimeSpan
from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.events.certainty import asked, doubted, modality, untrue
from kg.reading.events.time_and_place import with_fronted_time
from kg.reading.names.references import PLACES, Reference
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table


@dataclass(frozen=True, slots=True)
class Sitting:
    """One refused round as the text tells of it, before it is known which track it belongs to."""

    evidence: tuple[Range, ...]
    parties: tuple[str, ...]
    place: Reference | None
    time: TimeSpan | None
    refusers: tuple[str, ...]
    refusal: Range
    leans_on: tuple[
        Range, ...
    ] = ()  # what its names and "them" were resolved by, and the posts of its people

    outright: bool = True  # the text says so itself; else the sitting is only planned

    @property
    def trigger(self) -> int:
        """The first token of the refusal."""
        return self.refusal.first


def refused_sittings(analysis: Analysis, parties: tuple[str, ...]) -> list[Sitting]:
    """Every sitting that the text says somebody refused or may refuse, in its order."""
    refusing = (
        verb
        for verb in analysis.verbs
        if verb.lemma in verb_table().uses.refusing
        and verb.form in {"finite", "passive"}
        and not verb.negated
    )
    return [sitting for verb in refusing if (sitting := _judged(analysis, verb, parties))]


def _judged(analysis: Analysis, verb: Verb, parties: tuple[str, ...]) -> Sitting | None:
    """A sitting that may be refused is told of only if its sides and its place or time are known."""
    doubt = doubted(analysis, verb.main)
    if asked(analysis, verb.main) or untrue(analysis, verb.main) or doubt == "hypothetical":
        return None
    sitting = _refused_by(analysis, verb, parties)
    if sitting is None or (modality(analysis, verb) == "asserted" and not doubt):
        return sitting
    known = len(sitting.parties) > 1 and (sitting.place or sitting.time)
    return replace(sitting, outright=False) if known else None


def _refused_by(analysis: Analysis, verb: Verb, parties: tuple[str, ...]) -> Sitting | None:
    """ "X refused to attend talks with Y in Z on D", or to take part in "them", told just before."""
    sentence = analysis.document.sentence(verb.main)
    subject = subject_of(analysis, verb, sentence)
    if subject is None or not subject.references:
        return None
    noun = sitting_noun(analysis, _object_start(analysis, verb, sentence), sentence)
    if noun is None:
        return _earlier(analysis, verb, subject, parties)
    end = Range(noun, _details_end(analysis, noun, sentence))
    refusal = with_fronted_time(analysis, Range(subject.range.first, end.last), sentence)
    evidence = (refusal, Range(noun - _article(analysis, noun), end.last))
    return _sitting(analysis, evidence, end, subject, parties, refusal)


def _object_start(analysis: Analysis, verb: Verb, sentence: Range) -> int:
    """Behind "refused", or behind "refused to attend"."""
    following = analysis.verbs_in(Range(verb.last, sentence.last))
    joining = next((v for v in following if v.form == "infinitive"), None)
    return joining.last if joining and joining.lemma in verb_table().uses.joining else verb.last


def _article(analysis: Analysis, index: int) -> int:
    return 1 if analysis.document.tokens[index - 1].lower in {"a", "the", "peace"} else 0


def sitting_noun(analysis: Analysis, start: int, sentence: Range) -> int | None:
    """The word for a sitting soon after the verb."""
    tokens = analysis.document.tokens
    for index in range(start, min(start + 7, sentence.last)):
        if tokens[index].text in {",", ";"}:
            return None
        if tokens[index].lower in noun_table().talks.sittings:
            return index
    return None


def _earlier(analysis: Analysis, verb: Verb, subject: Phrase, parties: tuple[str, ...]) -> Sitting | None:
    """ "… to take part in them": the sitting that the sentence before tells of."""
    number = analysis.document.sentence_number(verb.main)
    sentence = analysis.document.sentences[number]
    words = analysis.document.lowers(Range(verb.last, min(verb.last + 7, sentence.last)))
    if number == 0 or not {"them", "it", "this"}.intersection(words):
        return None
    before = analysis.document.sentences[number - 1]
    noun = sitting_noun(analysis, before.first, before)
    if noun is None:
        return None
    refusal = Range(subject.range.first, _details_end(analysis, verb.last, sentence))
    evidence = (refusal, Range(before.first, before.last - 1))
    return _sitting(analysis, evidence, Range(noun, before.last), subject, parties, refusal)


def _sitting(
    analysis: Analysis,
    evidence: tuple[Range, ...],
    details: Range,
    subject: Phrase,
    parties: tuple[str, ...],
    refusal: Range,
) -> Sitting:
    """The sitting whose noun opens `details`; one side alone means the parties of the text."""
    sentence = analysis.document.sentence(details.first)
    times = (*analysis.times_in(details), *analysis.times_in(sentence))
    present = [*subject.references, *_counterparts(analysis, details)]
    sides = {analysis.employers.get(r.key, r.key) for r in present}
    if len(sides) == 1 and sides <= set(parties):
        sides = set(parties)
    return Sitting(
        evidence,
        parties=tuple(sorted(sides)),
        place=_where(analysis, details),
        time=times[0].time if times else None,
        refusers=tuple(r.key for r in subject.references),
        refusal=refusal,
        leans_on=(*analysis.antecedents(*evidence), *analysis.posts_of(r.key for r in present)),
    )


def _where(analysis: Analysis, end: Range) -> Reference | None:
    """The place that "in" or "at" governs, with an article or without."""
    for reference in analysis.references.within(end):
        before = analysis.document.tokens[reference.range.first - 1].lower
        article = before == "the" and analysis.document.tokens[reference.range.first - 2].lower in {
            "in",
            "at",
        }
        if reference.type in PLACES and (before in {"in", "at"} or article):
            return reference
    return None


def _counterparts(analysis: Analysis, end: Range) -> list[Reference]:
    """Who the sitting is with: "talks with X", "between X and Y"."""
    for index in range(end.first, end.last - 1):
        if analysis.document.tokens[index].lower in {"with", "between"}:
            phrase = phrase_at(analysis, index + 1, end.last)
            if phrase and phrase.references:
                return list(phrase.references)
    return []


def _details_end(analysis: Analysis, index: int, sentence: Range) -> int:
    """Where the words about the sitting end: before the ground, a comma, or the sentence's end."""
    tokens = analysis.document.tokens
    for at in range(index, sentence.last):
        if tokens[at].text in {",", ";", "."} and at + 1 >= sentence.last:
            return at
        if tokens[at].text in {",", ";"} or tokens[at].lower in grammar().ground_marks:
            return at
    return sentence.last
