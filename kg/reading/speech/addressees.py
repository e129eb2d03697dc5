"""What stands between a reporting verb and what is said: who is told, when, where and in what text."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.speech.speakers import is_somebody
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table

_OCCASIONS = grammar().document_nouns | noun_table().speech.occasions
_OPENING = grammar().pronouns_person | grammar().pronouns_plural | {"it", "there", "that"}
_CLAUSES = _OPENING | {"the", "a", "an", "his", "its", "their", "no"}
_TELLING = frozenset({"tell", "inform", "remind", "assure"})
_FILLERS = frozenset({"also", "again", "here", "today", "evening", "morning", "afternoon", "night"})
_BY_THE_WAY = (["for", "the", "record"], ["for", "the", "first", "time"], ["for", "a", "second", "time"])
_DAYTIME = frozenset({"late", "early"})
_LONGEST_CIRCUMSTANCE = 24  # tokens


def addressee_of(analysis: Analysis, verb: Verb, start: int, sentence: Range) -> tuple[Phrase | None, int]:
    """Who is told, if the verb has such an object, and the token behind it."""
    if verb.lemma not in verb_table().uses.addressing or start >= sentence.last:
        return None, start
    if analysis.document.tokens[start].lower == "that":
        return None, start  # "warned that half the people": nobody is told
    if _audience(analysis, verb, start, sentence):
        return None, start + 1
    phrase = phrase_at(analysis, start, sentence.last)
    if phrase is None:  # "told Thursday's meeting that"
        return None, _circumstances_end(analysis, start, sentence) or start
    if verb.lemma in verb_table().noun_content and not is_somebody(analysis, phrase):
        return None, start  # "urged a return to the talks": nobody is told
    end = phrase.range.last
    after = analysis.document.tokens[end].text if end < sentence.last else ""
    if after == "who":
        end = next((at for at in range(end, sentence.last - 1) if _opens_that(analysis, at)), end)
    quoted = after == "," and end + 1 in analysis.document.quote_marks  # "…," X told CNN, "…"
    if (after in {"of", ",", "at", "in"} and not quoted) or after[:1].isupper():
        end = _circumstances_end(analysis, end, sentence) or end  # "told a crowd of supporters that"
    end = _name_end(analysis, end, sentence)
    if _is_to_act(analysis, end, sentence):
        end = start  # "urged Kenya to sign": what is wanted is that Kenya sign
    return (phrase if phrase.references else None), end


def _audience(analysis: Analysis, verb: Verb, start: int, sentence: Range) -> bool:
    """ "told parliament the raid was": who is told, in one word right before a clause."""
    if verb.lemma not in _TELLING or start + 2 >= sentence.last:
        return False
    first, behind = analysis.document.tokens[start : start + 2]
    somebody = (
        first.text.islower()
        and first.lower not in grammar().function_words
        and not first.lower.endswith("ly")
    )
    return somebody and (behind.lower in _CLAUSES or analysis.references.at(start + 1) is not None)


def _name_end(analysis: Analysis, index: int, sentence: Range) -> int:
    """Behind the rest of a name that is listed in part: "told BBC Scotland he had"."""
    tokens, end = analysis.document.tokens, index
    while end < sentence.last and tokens[end].text[0].isupper() and tokens[end].text != "I":
        end += 1
    opens = end < sentence.last and tokens[end].lower in _OPENING
    return end if opens and tokens[index - 1].text[0].isupper() else index


def _is_to_act(analysis: Analysis, index: int, sentence: Range) -> bool:
    """Whether an infinitive stands here: whoever is named before it is to do that."""
    verbs = analysis.verbs_in(Range(index, min(index + 3, sentence.last)))
    return bool(verbs) and verbs[0].form == "infinitive" and verbs[0].first == index


def skip_circumstances(analysis: Analysis, index: int, sentence: Range) -> int:
    """Step over "on Wednesday", "in a statement", "at a meeting in X" between the verb and what was said."""
    tokens, words, times = analysis.document.tokens, grammar(), analysis.time_tokens
    while index < sentence.last:
        lower = tokens[index].lower
        dated = lower in {"on", "in"} and index + 1 in analysis.time_tokens
        end = index + 1 if dated or index in analysis.time_tokens or lower in _FILLERS else None
        if end is None and lower in words.circumstance_marks:
            end = _circumstances_end(analysis, index, sentence)
        if end is None and lower == "in":
            end = _occasion_end(analysis, index + 1)
        behind = index + 2 < sentence.last and _opens_that(analysis, index + 1)
        if end is None and behind and lower.endswith("ly"):
            end = index + 1  # "said privately that"
        dated = index + 1 < sentence.last and (tokens[index + 1].lower == "on" or index + 1 in times)
        if end is None and lower in _DAYTIME and dated:
            end = index + 1  # "said late on Monday that"
        if end is None and lower == "for":
            end = next((index + len(way) for way in _BY_THE_WAY if _stands(analysis, index, way)), None)
        if end is None:
            break
        index = end
    return index


def _stands(analysis: Analysis, index: int, words: list[str]) -> bool:
    return analysis.document.lowers(Range(index, index + len(words))) == words


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
