"""Where a text says that a corridor stands, such as open or blocked, and what kind of corridor it is."""

from collections.abc import Iterator, Mapping

from kg.identifiers import digest
from kg.model import Corridor, StatusReport, TimeSpan
from kg.reading.analysis import Analysis
from kg.reading.clauses.subjects import subject_of
from kg.reading.names.references import Reference
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.details import detail_table
from kg.reading.words.grammar import grammar

_OBJECT_WITHIN = 3  # tokens between a verb and the corridor that it governs: "closed the strategic"
_STATE_WITHIN = 3  # tokens between "remains" and what it says: "remains almost completely blocked"
_TOLD = frozenset({"finite", "passive"})


def kind_of(label: str) -> str:
    """The class of a corridor by the words of its name."""
    words = set(label.lower().replace("-", " ").split())
    return "HumanitarianCorridor" if words & detail_table().corridor.humanitarian else "TransportCorridor"


def modes_of(label: str) -> tuple[str, ...]:
    """By what means its name says that it carries traffic."""
    words, modes = label.lower().replace("-", " ").split(), detail_table().corridor.modes
    return tuple(sorted({modes[word] for word in words if word in modes}))


def standing_reports(
    analysis: Analysis,
    corridors: Mapping[str, tuple[Corridor, list[Reference]]],
    quoted: Mapping[int, str | None],
    labels: Mapping[str, str],
) -> Iterator[StatusReport]:
    """Each passage that says where a corridor stands, by the outlet or by whoever says so.

    `quoted` gives for a token in somebody's words who says them; where that is nobody named, nothing is told.
    """
    for corridor, mentions in corridors.values():
        for mention in mentions:
            for verb, status in _told(analysis, mention):
                speaker = quoted.get(verb.main)
                as_of = _time(analysis, verb) or analysis.published
                if as_of is not None and (verb.main not in quoted or speaker is not None):
                    yield _report(analysis, corridor, mention, verb, status, as_of, speaker, labels)


def _told(analysis: Analysis, mention: Reference) -> Iterator[tuple[Verb, str]]:
    """The verbs that say of it where it stands, as facts and in the past or of the present."""
    for verb in analysis.verbs_in(analysis.document.sentence(mention.range.first)):
        if verb.negated or verb.modality != "asserted" or verb.form not in _TOLD:
            continue
        status = _of_object(analysis, mention, verb) or _of_subject(analysis, mention, verb)
        if status is not None:
            yield verb, status


def _of_object(analysis: Analysis, mention: Reference, verb: Verb) -> str | None:
    """ "closed the X corridor", and not "that Y close the X corridor", which is only wanted."""
    status = detail_table().corridor.verbs.get(verb.lemma)
    between = Range(verb.last, mention.range.first)
    near = 0 <= between.last - between.first <= _OBJECT_WITHIN
    if status is None or verb.form != "finite" or not near:
        return None
    bare = analysis.document.tokens[verb.main].lower == verb.lemma.split()[0]
    plain = not grammar().prepositions & set(analysis.document.lowers(between))
    return status if plain and not bare else None


def _of_subject(analysis: Analysis, mention: Reference, verb: Verb) -> str | None:
    """ "the X corridor was reopened", "the X corridor remains blocked"."""
    table = detail_table().corridor
    if verb.first < mention.range.last or not (verb.form == "passive" or verb.lemma in table.staying):
        return None
    subject = subject_of(analysis, verb)
    if subject is None or subject.head not in mention.range:
        return None
    if verb.form == "passive":
        return table.verbs.get(verb.lemma) or table.states.get(analysis.document.tokens[verb.main].lower)
    behind = analysis.document.lowers(Range(verb.last, verb.last + _STATE_WITHIN))
    told = next(iter(word for word in behind if word not in grammar().adverbs), "")
    return table.states.get(told)


def _time(analysis: Analysis, verb: Verb) -> TimeSpan | None:
    """When, if the sentence gives one time and no more."""
    times = [found.time for found in analysis.times_in(analysis.document.sentence(verb.main))]
    return times[0] if len(times) == 1 else None


def _report(
    analysis: Analysis,
    corridor: Corridor,
    mention: Reference,
    verb: Verb,
    status: str,
    as_of: TimeSpan,
    speaker: str | None,
    labels: Mapping[str, str],
) -> StatusReport:
    mark = digest(analysis.source.key, corridor.key, status, as_of.edtf, speaker or "", length=8)
    who = labels.get(speaker, speaker) if speaker else analysis.source.citation.publisher
    part = Range(min(mention.range.first, verb.first), max(mention.range.last, verb.last + 1))
    return StatusReport(
        f"status/corridor-{status}-{mark}",
        f"{corridor.label} {status} ({who or 'outlet unknown'})",
        (corridor.key,),
        status,
        as_of=as_of,
        asserted_by=speaker,
        evidence=analysis.spans(part),
        scheme="corridor",
    )
