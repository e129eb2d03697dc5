"""What one phrase about talks is worth: whether it has a name of its own or goes on over time."""

from kg.reading.analysis import Analysis
from kg.reading.talks.passages import Passage
from kg.reading.text.tokens import Range
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table


def title_of(analysis: Analysis, passage: Passage) -> str:
    """ "the Juba peace process", in a text of a conflict: the place right before the word names it."""
    table, document = noun_table().talks, analysis.document
    framed = document.tokens[passage.head].lower in table.frames
    if passage.place is None or passage.named or not (framed and analysis.strife):
        return ""
    between = document.lowers(Range(passage.place.last, passage.head))
    whole = Range(passage.place.first, passage.head + 1)
    return document.words(whole) if table.kinds.issuperset(between) else ""


def named_after(analysis: Analysis, passage: Passage) -> bool:
    """ "the Geneva 2 talks", not "the Paris Agreement negotiations"."""
    if passage.place is None:
        return False
    between = analysis.document.tokens[passage.place.last : passage.head]
    return all(t.text.isdigit() or t.lower in noun_table().talks.kinds for t in between)


def is_framed(analysis: Analysis, passage: Passage, keys: frozenset[str]) -> bool:
    """ "the Norwegian-facilitated process", "a Turkish-brokered peace initiative"; no agency-led one."""
    if not passage.mediators or keys or passage.place:
        return bool(passage.mediators)
    head = analysis.document.tokens[passage.head].lower
    peace = passage.kind & noun_table().talks.kinds
    return analysis.strife and bool(peace or head in {"process", "track", "format"})


def is_lasting(analysis: Analysis, passage: Passage) -> bool:
    """ "broke off talks", "agreed to start talks": what goes on over time is a track."""
    sentence = analysis.document.sentence(passage.head)
    verb = analysis.verb_before(passage.range.first, sentence)
    uses = verb_table().uses
    before = analysis.verb_before(verb.first, sentence) if verb and verb.form == "infinitive" else None
    agreed = before is not None and before.lemma == "agree" and verb is not None and before.last == verb.first
    return verb is not None and (agreed or verb.lemma in uses.stalling | uses.resuming)
