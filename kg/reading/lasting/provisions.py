"""What an agreement lays down, issue by issue: "it provides for …", "under the deal, X will …"."""

from collections.abc import Iterator

from kg.identifiers import digest
from kg.model import Agreement, Provision
from kg.reading.clauses.subjects import subject_of
from kg.reading.lasting.told import BODIES, Told
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.lasting import lasting_table
from kg.reading.words.nouns import noun_table

_VERB_WITHIN = 5  # tokens between the noun and its verb
_QUALIFIERS = 3  # tokens between "the" and the noun
_UNDER = 7  # tokens between "under" and the noun
_TOLD = frozenset({"finite"})


def provisions(told: Told) -> Iterator[Provision]:
    """Each issue of what the outlet itself says that an agreement lays down."""
    if not told.reading.agreements:
        return
    for index in told.analysis.document.positions(noun_table().talks.agreements):
        agreement = _agreement(told, index) if told.in_own_voice(index) else None
        content = _laid_down(told, index) if agreement else None
        if agreement and content:
            yield from _of_issues(told, agreement, index, content)


def _agreement(told: Told, index: int) -> Agreement | None:
    """That of which the words tell; for "the deal" the last one before it."""
    own = told.agreements_at.get(index)
    if own is not None:
        return own
    first = max(told.analysis.document.sentence(index).first, index - _QUALIFIERS)
    if lasting_table().pointing.isdisjoint(told.analysis.document.lowers(Range(first, index))):
        return None
    return told.agreement_before(index)


def _laid_down(told: Told, index: int) -> Range | None:
    """The words that say what it lays down."""
    analysis, sentence = told.analysis, told.analysis.document.sentence(index)
    for verb in analysis.verbs_in(Range(index + 1, min(index + 1 + _VERB_WITHIN, sentence.last))):
        subject = subject_of(analysis, verb, sentence) if _lays_down(verb) else None
        if subject and subject.head in range(index, index + 2):
            return Range(verb.last, sentence.last)
    tokens = analysis.document.tokens
    before = analysis.document.lowers(Range(max(sentence.first, index - _UNDER), index))
    ends = index + 1 < sentence.last and tokens[index + 1].text == ","
    return Range(index + 2, sentence.last) if "under" in before and ends else None


def _lays_down(verb: Verb) -> bool:
    told = verb.form in _TOLD and verb.modality in {"asserted", "future"} and not verb.negated
    return told and verb.lemma in lasting_table().providing


def _of_issues(told: Told, agreement: Agreement, index: int, content: Range) -> Iterator[Provision]:
    analysis = told.analysis
    bound = tuple(dict.fromkeys(_bound(told, content)))
    for issue in sorted(told.phrase_in(lasting_table().issues, content)):
        yield Provision(
            f"provision/{issue}-{digest(agreement.key, issue, *bound, length=8)}",
            f"{issue.replace('-', ' ').capitalize()} in: {agreement.label}",
            agreement.key,
            (issue,),
            analysis.spans(Range(index, content.last)),
            binds=bound,
        )


def _bound(told: Told, content: Range) -> Iterator[str]:
    """Who has to do it: "X will …", "requires X to …", "obliges both sides to …" does not say."""
    analysis = told.analysis
    for verb in analysis.verbs_in(content):
        if verb.form == "finite" and verb.modality in {"future", "necessary"}:
            subject = subject_of(analysis, verb, content)
            yield from (r.key for r in (subject.references if subject else ()) if r.type in BODIES)
    for reference in analysis.references.within(content):
        behind = analysis.document.lowers(Range(reference.range.last, reference.range.last + 1))
        if behind == ["to"] and reference.range.first <= content.first + 1 and reference.type in BODIES:
            yield reference.key
