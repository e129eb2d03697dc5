"""The content of a statement as subject, relation and object, without asserting it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.identifiers import digest
from kg.model import Proposition
from kg.reading.analysis import Analysis
from kg.reading.clauses import Phrase, phrase_at, subject_of
from kg.reading.document import Range
from kg.reading.events import Happenings
from kg.reading.grammar import grammar
from kg.reading.nouns import noun_table
from kg.reading.verbs import Verb, verb_table

_LINKING = frozenset({"that", "to", "from", "with", "of"})  # they tie an object to its verb and say no more
_LONGEST_LABEL = 80
_CONTROLLED = frozenset({"lead", "force", "prompt"})


@dataclass(frozen=True, slots=True)
class Clause:
    """One relation that the content states, with the words that state it and how they are modified."""

    proposition: Proposition
    part: Range
    modality: str
    negated: bool


def proposition(
    subject: str,
    predicate: str,
    objects: tuple[str, ...],
    value: str | None,
    polarity: str,
    labels: dict[str, str],
) -> Proposition:
    """A proposition whose key is a hash of its content, so that two sources that say the same share it."""
    mark = digest(subject, predicate, *objects, value or "", polarity)
    rest = " ".join((*(labels.get(key, key) for key in objects), value or ""))
    sign = "" if polarity == "positive" else "not: "
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", predicate).lower()
    label = f"{labels.get(subject, subject)} – {sign}{words} – {rest}".rstrip(" –")
    label = label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1].rstrip() + "…"
    return Proposition(f"proposition/{mark}", label, subject, predicate, objects, value, polarity)


def clauses(
    analysis: Analysis, content: tuple[Range, ...], happenings: Happenings, labels: dict[str, str]
) -> list[Clause]:
    """Every relation that a stretch of reported words states; an insertion may cut it in two ("X, he said, …")."""
    whole = Range(content[0].first, content[-1].last)
    found = [*_noun_phrases(analysis, whole, labels), *_reasons(analysis, whole, happenings, labels)]
    for verb in analysis.verbs_in(whole):
        if any(verb.main in part for part in content) and not _frames(analysis, verb):
            found += _from_verb(analysis, verb, whole, happenings, labels)
    return found


def _frames(analysis: Analysis, verb: Verb) -> bool:
    """ "what he called …" names a term; it is no relation of the content."""
    near = analysis.document.lowers(Range(max(0, verb.first - 5), verb.first))
    return "what" in near and verb.lemma in {"call", "describe", "term", "label", "say"}


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
    analysis: Analysis, verb: Verb, content: Range, happenings: Happenings, labels: dict[str, str]
) -> Iterator[Clause]:
    relation, start = _relation(analysis, verb, content)
    dependent = verb.form in {"infinitive", "gerund"} and not _stands_alone(analysis, verb, content)
    if relation is None or relation == "says" or verb.form == "participle" or dependent:
        return
    polarity = "negative" if verb.negated else "positive"
    for subject in _subjects(analysis, verb, content, happenings):
        for part in _objects(analysis, verb, start, content):
            keys, value = _object(analysis, part, happenings, subject, relation)
            made = proposition(subject, relation, keys, value, polarity, labels)
            yield Clause(made, Range(verb.first, part.last), verb.modality, verb.negated)


def _stands_alone(analysis: Analysis, verb: Verb, content: Range) -> bool:
    """A gerund or infinitive that opens the content or joins a finite verb ("while also sending")."""
    if verb.form == "infinitive":
        before = analysis.verb_before(verb.first, content)
        return verb.lemma == "consider" or bool(before and before.lemma in _CONTROLLED)
    before_word = analysis.document.tokens[verb.first - 1].lower if verb.first > content.first else ""
    return before_word in {"", ",", "while", "also", '"', "“"}


def _subjects(analysis: Analysis, verb: Verb, content: Range, happenings: Happenings) -> tuple[str, ...]:
    if verb.form == "passive":
        return _agent(analysis, verb, content)
    if verb.form == "infinitive":
        before = analysis.verb_before(verb.first, analysis.document.sentence(verb.main))
        phrase = phrase_at(analysis, before.last, verb.first) if before else None
        phrase = phrase or (phrase_at(analysis, content.first, verb.first))
    else:
        phrase = subject_of(analysis, verb, content)
    return _things(analysis, phrase, happenings)


def _agent(analysis: Analysis, verb: Verb, content: Range) -> tuple[str, ...]:
    for index in range(verb.last, min(verb.last + 6, content.last - 1)):
        if analysis.document.tokens[index].lower == "by":
            phrase = phrase_at(analysis, index + 1, content.last)
            return tuple(r.key for r in phrase.references) if phrase else ()
    return ()


def _things(analysis: Analysis, phrase: Phrase | None, happenings: Happenings) -> tuple[str, ...]:
    """What a noun phrase refers to: actors, or the event that its head names."""
    if phrase is None:
        return ()
    if phrase.references:
        return tuple(dict.fromkeys(r.key for r in phrase.references))
    return (happenings.at[phrase.head],) if phrase.head in happenings.at else ()


def _objects(analysis: Analysis, verb: Verb, start: int, content: Range) -> list[Range]:
    """What follows the verb, split where "as well as", "including" or a comma and "and" join several things."""
    end = _object_end(analysis, verb, content)
    tokens = analysis.document.tokens
    while start < end and tokens[start].text in {'"', "“", "”", ","}:
        start += 1
    pieces, first = [], start
    for index in range(start, end):
        lower = tokens[index].lower
        if lower == "including" or (
            lower == "as" and [t.lower for t in tokens[index : index + 3]] == ["as", "well", "as"]
        ):
            pieces.append(Range(first, index))
            first = index + (1 if lower == "including" else 3)
        elif lower == "and" and _joins_things(analysis, first, index, end):
            pieces.append(Range(first, index))
            first = index + 1
    pieces.append(Range(first, end))
    return [trimmed for piece in pieces if (trimmed := _strip(analysis, piece))]


def _joins_things(analysis: Analysis, first: int, index: int, end: int) -> bool:
    """ "the normalization of A and negotiations on B": both sides are noun phrases of their own."""
    tokens = analysis.document.tokens
    if _is_gerund(analysis, index + 1) and _is_gerund(analysis, first):
        return True
    left = analysis.references.at(index - 1)
    right = analysis.references.at(index + 1) if index + 1 < end else None
    if left and right:
        return False
    return (index + 2 < end and tokens[index + 2].lower in {"on", "of", "for", "about"}) or (
        index + 1 < end and tokens[index + 1].lower in {"the"} and index + 3 < end and tokens[index + 3].lower == "of"
    )  # fmt: skip


def _is_gerund(analysis: Analysis, index: int) -> bool:
    return any(v.form == "gerund" and v.first == index for v in analysis.verbs_in(Range(index, index + 2)))


_CLAUSE_WORDS = frozenset({"while", "when", "after", "because", "if", "but", "although", "though"})


def _object_end(analysis: Analysis, verb: Verb, content: Range) -> int:
    """The object ends before a clause of its own: a finite verb, a subordinate clause, a means, a dash."""
    tokens = analysis.document.tokens
    for index in range(verb.last, content.last):
        if tokens[index].lower in _CLAUSE_WORDS or tokens[index].text in {";", "–", "—"}:
            return index
        if tokens[index].lower == "by" and _is_gerund(analysis, index + 1):
            return index
        if tokens[index].lower in {"and", ","} and _clause_follows(analysis, index + 1, content):
            return index
    return content.last


def _clause_follows(analysis: Analysis, index: int, content: Range) -> bool:
    """Whether a finite verb, a helper or a relative pronoun starts here, so that a new clause does."""
    if index >= content.last:
        return False
    lower = analysis.document.tokens[index].lower
    following = analysis.verbs_in(Range(index, min(index + 3, content.last)))
    if following and following[0].form in {"finite", "passive"} and following[0].first <= index + 2:
        return True
    relative = lower in {"which", "who", "and", "that"} and analysis.document.tokens[index - 1].text == ","
    return relative or (lower in grammar().auxiliaries and lower != "to")


def _strip(analysis: Analysis, part: Range) -> Range | None:
    tokens = analysis.document.tokens
    first, last = part.first, part.last
    while first < last and (
        tokens[first].text in {",", '"', "“", "”", ":"} or tokens[first].lower in _LINKING
    ):
        first += 1
    while last > first and (
        tokens[last - 1].text in {",", ".", '"', "“", "”", ":"} or tokens[last - 1].lower in {"also"}
    ):
        last -= 1
    return Range(first, last) if first < last else None


def _object(
    analysis: Analysis, part: Range, happenings: Happenings, subject: str, relation: str
) -> tuple[tuple[str, ...], str | None]:
    """The things that an object phrase stands for; its words as a value where it stands for none."""
    phrase = phrase_at(analysis, part.first, part.last)
    words = unquoted(analysis, part)
    events = happenings.within(part)
    if relation == "causes" and events:
        return tuple(events), words
    if phrase is None:
        gerund = next(
            (v for v in analysis.verbs_in(part) if v.form == "gerund" and v.first == part.first), None
        )
        inner = phrase_at(analysis, gerund.last, part.last) if gerund else None
        keys = tuple(r.key for r in inner.references) if inner else ()
        return keys, words
    if phrase.references:
        whole = phrase.range.last >= part.last
        return tuple(dict.fromkeys(r.key for r in phrase.references)), None if whole else words
    head = analysis.document.tokens[phrase.head].lower
    if phrase.head in happenings.at:
        return (happenings.at[phrase.head],), words
    if head in grammar().transparent_nouns and phrase.range.last + 1 < part.last:
        inner = phrase_at(analysis, phrase.range.last + 1, part.last)
        if inner and inner.references:
            return tuple(r.key for r in inner.references), words
    others = [
        r
        for r in analysis.references.within(part)
        if not r.adjective and r.key != subject and r.type in {"State", "Person"}
    ]
    toward = [
        r
        for r in others
        if analysis.document.tokens[r.range.first - 1].lower in {"with", "to", "against", "between", "and"}
    ]
    return tuple(dict.fromkeys(r.key for r in toward)) if relation == "damagesTiesWith" else (), words


def _reasons(
    analysis: Analysis, content: Range, happenings: Happenings, labels: dict[str, str]
) -> Iterator[Clause]:
    """ "the operation was the reason that X cancelled contacts": one event of the content causes the other."""
    tokens = analysis.document.tokens
    for index in range(content.first + 1, content.last):
        if tokens[index].lower not in {"reason", "cause"}:
            continue
        causes = happenings.within(Range(content.first, index))
        effects = happenings.within(Range(index, content.last))
        copula = {"was", "is", "were"} & set(
            analysis.document.lowers(Range(max(content.first, index - 3), index))
        )
        if causes and effects and copula:
            words = unquoted(analysis, Range(index + 1, content.last)).removeprefix("that ")
            made = proposition(causes[0], "causes", tuple(effects), words, "positive", labels)
            yield Clause(made, Range(content.first, content.last), "asserted", False)


def _noun_phrases(analysis: Analysis, content: Range, labels: dict[str, str]) -> Iterator[Clause]:
    """ "X's biased position": what a possessed noun phrase says of its possessor."""
    tokens = analysis.document.tokens
    for reference in analysis.references.within(content):
        after = reference.range.last
        if after >= content.last or tokens[after].lower not in grammar().possessive_marks:
            continue
        words = [
            t.lower for t in tokens[after + 1 : min(after + 7, content.last)] if t.text not in {'"', "“", "”"}
        ]
        for row in noun_table().phrases:
            head = next((i for i, word in enumerate(words) if word in row.heads), None)
            if head is None or (row.adjectives and not row.adjectives & set(words[:head])):
                continue
            if not row.adjectives and head != 0:
                continue
            part = Range(after + 1, _phrase_end(analysis, after + 1, content))
            made = proposition(reference.key, row.relation, (), unquoted(analysis, part), "positive", labels)
            yield Clause(made, Range(reference.range.first, part.last), "asserted", False)
            break


def _phrase_end(analysis: Analysis, first: int, content: Range) -> int:
    """A noun phrase with what depends on it ends at a comma or with the content."""
    tokens = analysis.document.tokens
    last = first
    while last < content.last and tokens[last].text not in {",", ";", "."}:
        last += 1
    return last


def unquoted(analysis: Analysis, part: Range) -> str:
    """The words of a range without quotation marks, full stops or commas around them."""
    return re.sub(r'["“”]', "", analysis.document.words(part)).strip(" .,;")
