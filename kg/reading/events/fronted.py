"""Meetings that open a sentence: "During their meeting, X told Y", "When the two met, X told Y"."""

from kg.reading.analysis import Analysis
from kg.reading.names.references import Reference
from kg.reading.text.tokens import Range

_NEAR = 3  # tokens between what opens the sentence and the event's words, and between verb and object


def with_speakers(analysis: Analysis, part: Range) -> tuple[Range, tuple[str, ...]]:
    """The words up to the two who spoke there, with their keys; unchanged where the sentence names no two."""
    sentence = analysis.document.sentence(part.first)
    behind = part.last
    if part.first - sentence.first > _NEAR or behind >= sentence.last:
        return part, ()
    if analysis.document.tokens[behind].text != ",":
        return part, ()
    verb = next((v for v in analysis.verbs_in(Range(behind, sentence.last)) if v.form == "finite"), None)
    if verb is None:
        return part, ()
    speaker = next((r for r in analysis.references.within(Range(behind, verb.first)) if _person(r)), None)
    near = Range(verb.last, min(verb.last + _NEAR, sentence.last))
    addressee = next((r for r in analysis.references.within(near) if _person(r)), None)
    if speaker is None or addressee is None or speaker.key == addressee.key:
        return part, ()
    return Range(sentence.first, addressee.range.last), (speaker.key, addressee.key)


def _person(reference: Reference) -> bool:
    return reference.type == "Person"
