"""Every relation that reported words state, clause by clause."""

import itertools
from collections.abc import Iterable, Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.events.happenings import Happenings
from kg.reading.statements.nominal import played_roles, possessed_phrases, stated_causes
from kg.reading.statements.objects import objects_of, things_in
from kg.reading.statements.propositions import Clause, proposition
from kg.reading.text.marks import OPENING_QUOTES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table


def clauses(
    analysis: Analysis,
    content: tuple[Range, ...],
    happenings: Happenings,
    labels: dict[str, str],
    accused: Phrase | None = None,
    conditions: Iterable[Range] = (),
) -> list[Clause]:
    """Every relation that reported words state; an insertion may cut them in two ("X, he said, …").

    `accused` is the subject of what has none of its own ("accused X of violating …"). A clause of one of the
    `conditions` ends where the condition does.
    """
    parts = tuple(conditions)
    whole = Range(content[0].first, content[-1].last)
    found = [*possessed_phrases(analysis, whole, labels), *played_roles(analysis, whole, labels)]
    found += stated_causes(analysis, whole, happenings, labels)
    relating = verb_table().relating
    for verb in (verb for part in content for verb in analysis.verbs_of(relating, part)):
        if not _frames(analysis, verb):
            end = next((part.last for part in parts if verb.main in part), whole.last)
            found += _from_verb(analysis, verb, Range(whole.first, end), happenings, labels, accused)
    return found


def _frames(analysis: Analysis, verb: Verb) -> bool:
    """ "what he called …" names a term; it is no relation of the content."""
    if verb.lemma not in verb_table().uses.naming:
        return False
    return "what" in analysis.document.lowers(Range(max(0, verb.first - 5), verb.first))


def _relation(analysis: Analysis, verb: Verb, content: Range) -> tuple[str | None, int]:
    """The relation that a verb states, and where its object starts; a light verb leaves it to its object."""
    table = verb_table()
    if verb.lemma in table.light:
        for index in range(verb.last, min(verb.last + 5, content.last)):
            relation = table.light_nouns.get(analysis.document.tokens[index].lower)
            if relation:
                return relation, index + 1 if relation == "considers" else verb.last
    return table.relations.get(verb.lemma), verb.last


def _from_verb(
    analysis: Analysis,
    verb: Verb,
    content: Range,
    happenings: Happenings,
    labels: dict[str, str],
    accused: Phrase | None,
) -> Iterator[Clause]:
    relation, start = _relation(analysis, verb, content)
    dependent = verb.form in {"infinitive", "gerund"} and not _stands_alone(analysis, verb, content)
    if relation is None or relation == "says" or verb.form == "participle" or dependent:
        return
    polarity = "negative" if verb.negated else "positive"
    subjects = _subjects(analysis, verb, content, happenings) or _things(accused, happenings)
    for subject in subjects:
        for part in objects_of(analysis, verb, start, content):
            keys, value = things_in(analysis, part, happenings, subject, relation)
            made = proposition(subject, relation, keys, value, polarity, labels)
            yield Clause(made, Range(verb.first, part.last), _modality(analysis, verb), verb.negated)


def _modality(analysis: Analysis, verb: Verb) -> str:
    """Also necessary in "had to send"."""
    helpers = analysis.document.lowers(Range(verb.first, verb.main))
    due = verb.modality == "asserted" and any(
        a in grammar().have and b == "to" for a, b in itertools.pairwise(helpers)
    )
    return "necessary" if due else verb.modality


def _stands_alone(analysis: Analysis, verb: Verb, content: Range) -> bool:
    """A gerund or infinitive that opens the content or joins a finite verb ("while also sending")."""
    if verb.form == "infinitive":
        before = analysis.verb_before(verb.first, content)
        return verb.lemma == "consider" or bool(before and before.lemma in verb_table().uses.causing)
    before_word = analysis.document.tokens[verb.first - 1].lower if verb.first > content.first else ""
    return before_word in {"", ",", "while", "also"} | OPENING_QUOTES


def _subjects(analysis: Analysis, verb: Verb, content: Range, happenings: Happenings) -> tuple[str, ...]:
    if verb.form == "passive":
        return _agent(analysis, verb, content)
    if verb.form == "infinitive":
        before = analysis.verb_before(verb.first, analysis.document.sentence(verb.main))
        phrase = phrase_at(analysis, before.last, verb.first) if before else None
        phrase = phrase or (phrase_at(analysis, content.first, verb.first))
    else:
        phrase = subject_of(analysis, verb, content)
    return _things(phrase, happenings)


def _agent(analysis: Analysis, verb: Verb, content: Range) -> tuple[str, ...]:
    for index in range(verb.last, min(verb.last + 6, content.last - 1)):
        if analysis.document.tokens[index].lower == "by":
            phrase = phrase_at(analysis, index + 1, content.last)
            return tuple(r.key for r in phrase.references) if phrase else ()
    return ()


def _things(phrase: Phrase | None, happenings: Happenings) -> tuple[str, ...]:
    """What a noun phrase refers to: actors, or the event that its head names."""
    if phrase is None:
        return ()
    if phrase.references:
        return tuple(dict.fromkeys(r.key for r in phrase.references))
    return (happenings.at[phrase.head],) if phrase.head in happenings.at else ()
