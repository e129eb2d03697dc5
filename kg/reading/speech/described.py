"""Who "the 36-year-old", "the Spanish diplomat" or "the fisherman" are who speak: people told of before."""

import re
from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase
from kg.reading.clauses.subjects import subject_of
from kg.reading.names.references import Reference
from kg.reading.speech.introductions import age_of, said_of
from kg.reading.speech.speakers import is_somebody
from kg.reading.text.tokens import Range
from kg.reading.words.names import name_table
from kg.reading.words.speech import voice_words

_NEAR = 2  # sentences back to whom a text tells of
_FAR = 12  # sentences back to the only one whom it has called so
_AGED = re.compile(r"(\d{1,2}) - year - old")
_PEOPLE_OF = ("an", "ese", "i", "ish")
_FORMERLY = frozenset({"former", "ex", "retired", "then"})
_ONE = frozenset({"a", "an", "another", "one"})
PERSON = frozenset({"Person"})
_SHE = frozenset({"mother", "grandmother", "widow", "housewife", "wife"})
_TRADES = (name_table().people.nouns | voice_words().people) - voice_words().posts
_WHICH = frozenset({"who", "of", "from", "in", "at", "cited", "quoted"})


def person_described(analysis: Analysis, phrase: Phrase, spoken: Phrase | None) -> Reference | None:
    """Whoever a description with "the" must mean; `spoken`: who has spoken last, if anybody has lately.

    By an age only the person of whom that age is told, or the one told of last; by a trade only the one
    person whom the text has introduced so.
    """
    words = analysis.document.lowers(phrase.range)
    if words[0] != "the" or len(words) < 2:
        return None
    aged = _AGED.search(" ".join(words))
    if aged:
        return _aged(analysis, phrase, spoken, int(aged[1]))
    noun = words[-1]
    if noun in voice_words().kin or _is_demonym(analysis, phrase):
        person = told_last(analysis, phrase, spoken)
        return person if person and _may_be(analysis, person, phrase) else None
    behind = analysis.document.lowers(Range(phrase.range.last, phrase.range.last + 1))
    last = analysis.document.tokens[spoken.head].lower if spoken and not spoken.references else ""
    if noun == last or not _WHICH.isdisjoint(behind):
        return None  # "the official", after somebody unnamed has spoken who is one
    return _introduced_as(analysis, phrase, words[1:]) or _of_their_state(analysis, phrase, spoken)


def told_last(analysis: Analysis, phrase: Phrase, spoken: Phrase | None) -> Reference | None:
    """The person of whom the text tells; None where it is nobody, several or somebody unnamed."""
    told = last_told(analysis, phrase, spoken, PERSON)
    return _alone(told) if told else None


def last_told(
    analysis: Analysis, phrase: Phrase, spoken: Phrase | None, types: frozenset[str]
) -> Phrase | None:
    """Who spoke last, or the subject of a sentence after that, if it is somebody; nobody of other `types`."""
    document = analysis.document
    here = document.sentence_number(phrase.range.first)
    for number in range(here - 1, max(-1, here - _NEAR - 1), -1):
        sentence = document.sentences[number]
        if spoken and document.sentence_number(spoken.range.first) == number:
            return spoken
        if document.quote_around(sentence.first) or document.quote_around(sentence.first + 1):
            continue
        subject = _subject(analysis, sentence)
        if subject and any(r.type in types for r in subject.references):
            return subject
        if subject and not subject.references and types == PERSON and _is_person(analysis, subject):
            return subject
    return spoken


def _subject(analysis: Analysis, sentence: Range) -> Phrase | None:
    verbs = (v for v in analysis.verbs_in(sentence) if v.form in {"finite", "passive"})
    first = next(verbs, None)
    return subject_of(analysis, first, sentence) if first else None


def _is_person(analysis: Analysis, phrase: Phrase) -> bool:
    noun = analysis.document.tokens[phrase.head].lower
    return is_somebody(analysis, phrase) or noun in name_table().people.nouns


def _alone(phrase: Phrase) -> Reference | None:
    one = phrase.references[0] if len(phrase.references) == 1 else None
    return one if one and one.type == "Person" else None


def _aged(analysis: Analysis, phrase: Phrase, spoken: Phrase | None, age: int) -> Reference | None:
    told = [p for p in _people_before(analysis, phrase, 0) if age_of(analysis, p.key) == age]
    if len({p.key for p in told}) == 1:
        return told[0]
    person = told_last(analysis, phrase, spoken)
    return person if person and age_of(analysis, person.key) is None else None


def _people_before(analysis: Analysis, phrase: Phrase, first: int) -> Iterator[Reference]:
    within = analysis.references.within(Range(first, phrase.range.first))
    return (r for r in within if r.type == "Person" and not r.adjective)


def _introduced_as(analysis: Analysis, phrase: Phrase, words: list[str]) -> Reference | None:
    """The one whom the text has called so before, of all whom the last sentences name."""
    document = analysis.document
    noun = words[-1]
    if noun not in _TRADES:
        return None
    number = document.sentence_number(phrase.range.first)
    first = document.sentences[max(0, number - _FAR)].first
    wanted = {word for word in words if word.isalpha() and word not in _FORMERLY}
    called = [p for p in _people_before(analysis, phrase, first) if wanted <= said_of(analysis, p.key)]
    if len({p.key for p in called}) != 1:
        return None
    introduced = document.sentence(called[0].range.first).last
    return None if _another(analysis, noun, Range(introduced, phrase.range.first)) else called[-1]


def _of_their_state(analysis: Analysis, phrase: Phrase, spoken: Phrase | None) -> Reference | None:
    """ "the Spanish diplomat": whoever the text has told of last, if that is somebody with a post."""
    named = [r for r in analysis.references.within(Range(phrase.range.first + 1, phrase.head)) if r.adjective]
    noun = analysis.document.tokens[phrase.head].lower
    if (
        noun not in voice_words().statesmen
        or len(named) != 1
        or not 1 < phrase.head - phrase.range.first <= 3
    ):
        return None
    person = told_last(analysis, phrase, spoken)
    held = person and any(a.holder and a.holder.key == person.key for a in analysis.appointments)
    served = analysis.employers.get(person.key, "") if person else ""
    other = served.startswith("state/") and served != named[0].key
    return person if held and not other else None


def _another(analysis: Analysis, noun: str, part: Range) -> bool:
    """Whether "a fisherman" stands in between, which may be somebody else."""
    document = analysis.document
    return any(
        not _ONE.isdisjoint(document.lowers(Range(max(part.first, index - 3), index)))
        and document.tokens[index + 1].text != ","
        for index in document.positions({noun}, part)
    )


def _is_demonym(analysis: Analysis, phrase: Phrase) -> bool:
    """ "the Ghanaian": one person of that people; "the Turkish" are several."""
    named = analysis.references.at(phrase.head)
    alone = phrase.range.last - phrase.range.first == 2
    token = analysis.document.tokens[phrase.head]
    return alone and named is not None and named.adjective and token.lower.endswith(_PEOPLE_OF[0])


def _may_be(analysis: Analysis, person: Reference, phrase: Phrase) -> bool:
    """No man is a mother, and nobody who serves one state is called after another."""
    head = analysis.document.tokens[phrase.head].lower
    names = name_table().given
    given = person.label.split()[0].lower()
    if head in voice_words().kin:
        own, others = (names.she, names.he) if head in _SHE else (names.he, names.she)
        return given not in others or given in own
    of = analysis.references.at(phrase.head)
    served = analysis.employers.get(person.key) or ""
    return of is None or not served.startswith("state/") or served == of.key
