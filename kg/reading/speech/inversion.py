"""Speakers behind their verb: "…," said X."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.heads import some_of
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.speech.content_before import closes
from kg.reading.speech.headlines import opens_text
from kg.reading.speech.speakers import can_speak, is_somebody
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.speech import voice_words

_AFTER_SPEAKER = frozenset({".", ",", ";", "(", "–", "—", "*"})
_LONGEST_TITLE = 14  # tokens


def inverted_speaker(analysis: Analysis, verb: Verb, sentence: Range) -> Phrase | None:
    """ "…," said X."""
    tokens = analysis.document.tokens
    before = verb.first - 1
    while before > sentence.first and tokens[before].text == "*":
        before -= 1  # `"…," **said X**`
    quoted = before in analysis.document.quote_marks and closes(analysis, before, sentence)
    headline = before >= sentence.first and _headed(analysis, verb, sentence)
    if headline:
        return headline
    if verb.form != "finite" or before < sentence.first or not (quoted or tokens[before].text == ","):
        return None
    phrase = some_of(analysis, verb.last, sentence.last) or phrase_at(analysis, verb.last, sentence.last)
    phrase = (_named_last(analysis, verb, sentence) if quoted else None) or phrase
    phrase = _whole_name(analysis, phrase, sentence) if quoted and phrase else phrase
    if phrase is None or not can_speak(analysis, phrase, verb.lemma):
        return None
    inverting = voice_words().inverting - {"tell"}  # "…, X, told Y."
    if not quoted and not (verb.lemma in inverting and is_somebody(analysis, phrase)):
        return None  # "Hamas, however, denied the claim"
    if not quoted and _describes(analysis, sentence, before):
        return None  # "X, editor of the Y, said the forces who …"
    after = tokens[phrase.range.last].lower if phrase.range.last < sentence.last else "."
    ends = after in _AFTER_SPEAKER or phrase.range.last in analysis.time_tokens
    told = after in grammar().prepositions | grammar().relatives | {"whose", "whom"}
    if quoted or (verb.lemma in inverting and after != "that"):
        ends = ends or told  # "…, said an official who knew of it"
    return phrase if ends else None


def _describes(analysis: Analysis, sentence: Range, comma: int) -> bool:
    """Whether the words before this comma describe a person named before another comma, with no verb."""
    tokens = analysis.document.tokens
    opening = next((i for i in range(comma - 1, sentence.first, -1) if tokens[i].text == ","), sentence.first)
    named = analysis.references.at(opening - 1) if opening > sentence.first else None
    if named is None or named.type != "Person" or named.range.last != opening:
        return False
    return not any(v.form in {"finite", "passive"} for v in analysis.verbs_in(Range(sentence.first, comma)))


def _whole_name(analysis: Analysis, phrase: Phrase, sentence: Range) -> Phrase:
    """A name of which a part is listed as something else goes on as far as it is written large."""
    tokens, end = analysis.document.tokens, phrase.range.last
    while end < sentence.last and tokens[end].text[0].isupper():
        end += 1
    return phrase if end == phrase.range.last else Phrase(Range(phrase.range.first, end), (), end - 1)


def _named_last(analysis: Analysis, verb: Verb, sentence: Range) -> Phrase | None:
    """`"…," said Volta Trust deputy director X.`: the name behind all its titles."""
    tokens, end = analysis.document.tokens, verb.last
    while end < sentence.last and (tokens[end].text[0].isalnum() or tokens[end].text in {"'s", "’s", "-"}):
        end += 1
    person = analysis.references.at(end - 1) if verb.last < end <= verb.last + _LONGEST_TITLE else None
    if person is None or person.type != "Person" or person.range.last != end:
        return None
    goes_on = end < sentence.last and tokens[end].lower not in _AFTER_SPEAKER
    if tokens[person.range.first - 1].lower in grammar().prepositions:
        return None  # "said a friend of X", "wrote X to Y"
    if goes_on or analysis.verbs_in(Range(verb.last, end)):
        return None
    return Phrase(person.range, (person,), end - 1)


def _headed(analysis: Analysis, verb: Verb, sentence: Range) -> Phrase | None:
    """A headline without a comma: "War is over says leader of the party"."""
    if verb.lemma != "say" or analysis.document.tokens[verb.main].lower != "says":
        return None
    rest = Range(verb.last, sentence.last)
    if not opens_text(analysis, sentence) or not rest or analysis.verbs_in(rest):
        return None
    helped = not grammar().predicating.isdisjoint(analysis.document.lowers(rest))
    phrase = None if helped else phrase_at(analysis, verb.last, sentence.last)
    ends = phrase is not None and phrase.range.last in {sentence.last, sentence.last - 1}
    of = phrase is not None and analysis.document.lowers(Range(phrase.range.last, sentence.last))[:1] == [
        "of"
    ]
    return phrase if phrase and (ends or of) and is_somebody(analysis, phrase) else None
