"""Attributions by reporting verbs: the speaker, the addressee, and the words that the verb governs."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.heads import some_of
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.speech.accusing import accusation
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.content import content_of
from kg.reading.speech.content_end import trim
from kg.reading.speech.framing import framed, quoted, quotes
from kg.reading.speech.headlines import opens_text
from kg.reading.speech.outlets import source_at
from kg.reading.speech.passive import agent_of, by_agent, laid_at
from kg.reading.speech.speakers import can_speak, is_somebody
from kg.reading.text.marks import CLOSING_QUOTES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.speech import voice_words
from kg.reading.words.verbs import verb_table

_AFTER_SPEAKER = frozenset({".", ",", ";", "(", "–", "—"})


_ENDS = CLOSING_QUOTES | {",", ";", ":"}
_OCCASIONS = grammar().document_nouns | noun_table().speech.occasions
_FILLERS = frozenset({"also", "again", "here", "today", "evening", "morning", "afternoon", "night"})
_LONGEST_TITLE = 14  # tokens
_OPENING = 6  # tokens of "according to …,"
_NEAR_THAT = 6  # tokens
_LONGEST_CIRCUMSTANCE = 24  # tokens


def reports(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """A verb that reports speech here: not inside a quotation, with somebody who can speak."""
    if verb.lemma not in verb_table().stances or analysis.document.quote_around(verb.main):
        return False
    if verb.form in {"infinitive", "participle"} or _as_told(analysis, verb, sentence):
        return False
    if _is_told_to(analysis, verb, sentence):
        return False
    if not _with_that(analysis, verb, sentence) or _governed(analysis, verb, sentence):
        return False
    if verb.form == "passive" and not _told_in_passive(analysis, verb, sentence):
        return False
    if verb.modality != "asserted":
        return False  # "will announce", "could demand": nobody has yet
    if _supposed(analysis, verb, sentence) or (verb.negated and _asks(analysis, verb, sentence)):
        return False
    return not (verb.negated and verb.lemma not in verb_table().uses.said_not)


def _told_in_passive(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """A passive with its agent, or with what is laid at somebody's door."""
    return (
        quotes(analysis, verb, sentence)
        or bool(laid_at(analysis, verb, sentence))
        or agent_of(analysis, verb, sentence) is not None
    )


def _is_told_to(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "Minister urged to raise pay", "members expected to meet": a passive without its helper."""
    following = analysis.document.tokens[verb.last].lower if verb.last < sentence.last else ""
    ordered = verb.lemma in verb_table().uses.ordering | {"expect"} - {"ask"}
    return (
        ordered
        and following == "to"
        and verb.form == "finite"
        and verb.first == verb.main
        and (analysis.document.tokens[verb.main].lower.endswith("ed"))
    )


def _governed(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "accused of backing rebels", "kept from saying": a deed that somebody else tells of."""
    if verb.form != "gerund" or verb.first == sentence.first:
        return False
    words = analysis.document.lowers(Range(max(sentence.first, verb.first - 3), verb.first))
    again = words[-1] in {"or", "and"} and "without" in words  # "without confirming or denying"
    return again or words[-1] in {"of", "from", "without", "against"}


def _with_that(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "shows that", "found, in May, that"; true of any verb that can do without."""
    if verb.lemma not in verb_table().uses.needing_that:
        return True
    near = Range(verb.last, min(verb.last + _NEAR_THAT, sentence.last))
    words = analysis.document.lowers(near)
    return "that" in words or words[:1] == ["."]  # "…, they found."


def _as_told(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "as outlined in the treaty", "according to UN reports, …": nobody's words by this verb."""
    tokens = analysis.document.tokens
    before = tokens[verb.first - 1].lower if verb.first > sentence.first else ""
    opens = tokens[sentence.first].lower == "according" and verb.first <= sentence.first + _OPENING
    sourced = opens and verb.last < sentence.last and tokens[verb.last].text == ","
    return verb.form == "finite" and (before == "as" or sourced)


def _asks(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "did not say when": what follows was not said."""
    following = analysis.document.tokens[verb.last].lower if verb.last < sentence.last else ""
    return following in grammar().question_words


def _supposed(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "if X says", "should X say": nobody has said it."""
    tokens = analysis.document.tokens
    for index in range(verb.first - 1, max(sentence.first, verb.first - 8) - 1, -1):
        if tokens[index].text in _ENDS:
            return False
        if tokens[index].lower in grammar().supposing or (
            tokens[index].text == "Should" and index == sentence.first
        ):
            return True
    return False


def attributions_by(analysis: Analysis, verb: Verb, sentence: Range, verbs: list[Verb]) -> list[Attribution]:
    """What a reporting verb lays at somebody's door; nothing where nobody who can speak is told."""
    if quotes(analysis, verb, sentence):
        return quoted(analysis, verb, sentence)
    if verb.form == "passive":
        return laid_at(analysis, verb, sentence) or by_agent(analysis, verb, sentence)
    framing = framed(analysis, verb, sentence)
    accusing = accusation(analysis, verb, sentence, verbs)
    if framing or accusing:
        return framing or accusing
    inverted = _inverted_speaker(analysis, verb, sentence)
    speaker = inverted or subject_of(analysis, verb, sentence)
    if speaker is None or not can_speak(analysis, speaker, verb.lemma):
        return []
    start = verb.last if not inverted else inverted.range.last
    if verb.lemma == "agree" and not speaker.references:
        return []
    if verb.lemma == "cite" and source_at(analysis, start, sentence):
        return []
    noted = _as_noted(analysis, verb, speaker, sentence)
    if noted:
        return [Attribution(speaker, verb.lemma, Range(verb.main, verb.last), (noted,), verb)]
    addressee, start = _addressee(analysis, verb, start, sentence)
    start = _skip_circumstances(analysis, start, sentence)
    content = content_of(analysis, verb, speaker, start, sentence, verbs, bool(inverted))
    cue = Range(verb.main, verb.last)
    return [Attribution(speaker, verb.lemma, cue, content, verb, addressee)] if content else []


def _as_noted(analysis: Analysis, verb: Verb, speaker: Phrase, sentence: Range) -> Range | None:
    """ "As X noted in May, Y": what stands behind the comma."""
    tokens = analysis.document.tokens
    if tokens[sentence.first].lower != "as" or speaker.range.first != sentence.first + 1:
        return None
    comma = next((i for i in range(verb.last, sentence.last) if tokens[i].text == ","), sentence.last)
    return trim(analysis, Range(comma + 1, sentence.last)) if comma + 1 < sentence.last else None


def _inverted_speaker(analysis: Analysis, verb: Verb, sentence: Range) -> Phrase | None:
    """ "…," said X."""
    tokens = analysis.document.tokens
    before = verb.first - 1
    quoted = before in analysis.document.quote_marks
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
    after = tokens[phrase.range.last].lower if phrase.range.last < sentence.last else "."
    ends = after in _AFTER_SPEAKER or phrase.range.last in analysis.time_tokens
    told = after in grammar().prepositions | grammar().relatives
    if quoted or (verb.lemma in inverting and after != "that"):
        ends = ends or told  # "…, said an official who knew of it"
    return phrase if ends else None


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


def _addressee(analysis: Analysis, verb: Verb, start: int, sentence: Range) -> tuple[Phrase | None, int]:
    """Who is told, if the verb has such an object, and the token behind it."""
    if verb.lemma not in verb_table().uses.addressing or start >= sentence.last:
        return None, start
    if analysis.document.tokens[start].lower == "that":
        return None, start  # "warned that half the people": nobody is told
    phrase = phrase_at(analysis, start, sentence.last)
    if phrase is None:  # "told Thursday's meeting that"
        return None, _circumstances_end(analysis, start, sentence) or start
    if verb.lemma in verb_table().noun_content and not is_somebody(analysis, phrase):
        return None, start  # "urged a return to the talks": nobody is told
    end = phrase.range.last
    after = analysis.document.tokens[end].text if end < sentence.last else ""
    if after == "who":
        end = next((at for at in range(end, sentence.last - 1) if _opens_that(analysis, at)), end)
    if after in {"of", ",", "at", "in"} or after[:1].isupper():
        end = _circumstances_end(analysis, end, sentence) or end  # "told a crowd of supporters that"
    if _is_to_act(analysis, end, sentence):
        end = start  # "urged Kenya to sign": what is wanted is that Kenya sign
    return (phrase if phrase.references else None), end


def _is_to_act(analysis: Analysis, index: int, sentence: Range) -> bool:
    """Whether an infinitive stands here: whoever is named before it is to do that."""
    verbs = analysis.verbs_in(Range(index, min(index + 3, sentence.last)))
    return bool(verbs) and verbs[0].form == "infinitive" and verbs[0].first == index


def _skip_circumstances(analysis: Analysis, index: int, sentence: Range) -> int:
    """Step over "on Wednesday", "in a statement", "at a meeting in X" between the verb and what was said."""
    tokens, words = analysis.document.tokens, grammar()
    while index < sentence.last:
        lower = tokens[index].lower
        dated = lower in {"on", "in"} and index + 1 in analysis.time_tokens
        end = index + 1 if dated or index in analysis.time_tokens or lower in _FILLERS else None
        if end is None and lower in words.circumstance_marks:
            end = _circumstances_end(analysis, index, sentence)
        if end is None and lower == "in":
            end = _occasion_end(analysis, index + 1)
        if end is None:
            break
        index = end
    return index


def _circumstances_end(analysis: Analysis, index: int, sentence: Range) -> int | None:
    """Where "that" or a quotation starts behind words that only tell where and when, or None."""
    document = analysis.document
    for at in range(index + 1, min(index + _LONGEST_CIRCUMSTANCE, sentence.last - 1)):
        if document.tokens[at].lower == "that" and not _stands_for_noun(analysis, at):
            return at
        if at in document.quote_marks and at + 1 < sentence.last and document.quote_around(at + 1):
            return at if document.tokens[at - 1].text in {",", ":"} else None
        after = document.tokens[at + 1].lower if document.tokens[at].text == "," else ""
        if (
            document.tokens[at].text == ";"
            or after in {"following", "after", "amid", "as", "while"}
            or any(
                v.form != "gerund" or v.lemma in verb_table().stances
                for v in analysis.verbs_in(Range(at, at + 1))
            )
        ):
            return None
    return None


def _opens_that(analysis: Analysis, index: int) -> bool:
    """ "that" with a clause of its own behind it."""
    return analysis.document.tokens[index].lower == "that" and not _stands_for_noun(analysis, index)


def _stands_for_noun(analysis: Analysis, index: int) -> bool:
    """ "at talks that failed": a relative, since a verb follows at once."""
    following = analysis.verbs_in(Range(index + 1, min(index + 4, len(analysis.document.tokens))))
    return bool(following) and following[0].first == index + 1


def _occasion_end(analysis: Analysis, index: int) -> int | None:
    """The end of "a statement", "an interview"; None where no such occasion starts here."""
    tokens = analysis.document.tokens
    phrase = phrase_at(analysis, index, min(index + 6, len(tokens)))
    return phrase.range.last if phrase and tokens[phrase.head].lower in _OCCASIONS else None
