"""What follows "talks" in its phrase: "between A and B", "on a truce with C", "in Geneva", "through D"."""

from kg.reading.analysis import Analysis
from kg.reading.names.references import PLACES, Reference
from kg.reading.talks.sides import listed_at
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table

_TOPIC = 20  # words between "talks" and "with": "negotiations on a lasting ceasefire with X"
_ABOUT = 9  # words of what the talks are about
TOPICS = frozenset({"on", "for", "over", "about", "aimed"})
_RULE = 9  # words of "the nine-month-old X administration"
_RULES = frozenset({"administration", "government", "presidency"})
_HELP = frozenset({"support", "help", "assistance", "backing", "participation", "involvement", "mediation"})
_LASTING = frozenset({"ongoing", "underway", "under", "held", "taking", "continuing", "hosted"})
_LENGTH = 5  # words of "for nearly a year"
_HELD = 4  # words in which "have opened" follows "talks between A and B"
_TOWNS = frozenset({"of", "city", "capital", "town", "resort", "port", "coastal", "village"})
_HOLDING = frozenset({"held", "taking", "under", "being", "conducted", "resumed", "launched", "started"})


def behind_head(
    analysis: Analysis, head: int, indirect: bool
) -> tuple[int, tuple[Reference, ...], tuple[Reference, ...]]:
    """Where the phrase ends, the sides "between" or "with" whom it is, and who mediates "through" whom.

    `indirect` talks have somebody between the sides even where none is named behind them.
    """
    tokens = analysis.document.tokens
    sentence = analysis.document.sentence(head)
    end, at = head + 1, head + 1
    sides: list[Reference] = []
    mediators: list[Reference] = []
    while at < sentence.last:
        lower = tokens[at].lower
        if lower == "with" and helped(analysis, at + 1):
            break
        if lower in {"between", "involving", "among"} or (lower in {"with", "of"} and len(sides) < 2):
            named, after = listed_at(analysis, at + 1, sentence.last)
            if not named:
                break
            sides += named
        elif lower in {"in", "at"} and _place_at(analysis, at + 1):
            after = _place_end(analysis, at + 1, sentence.last)
        elif lower in TOPICS:
            topic = _past_topic(analysis, at, sentence.last)
            if topic is None:
                break
            at = topic
            continue
        elif lower in {"via", "through"}:
            named, after = listed_at(analysis, at + 1, sentence.last)
            if not named or not (sides or indirect):
                break
            mediators += named
        elif lower == "under" and (after_rule := _past_rule(analysis, at + 1, sentence.last)):
            at = after_rule
            continue
        elif lower in _HOLDING or lower in grammar().adverbs or (at in analysis.time_tokens and not sides):
            at += 1
            continue
        elif (at in analysis.time_tokens and sides) or (
            lower in {"in", "on"} and at + 1 in analysis.time_tokens and sides
        ):
            after = at + 1
        else:
            break
        at = end = max(after, at + 1)
    return end, tuple(sides), tuple(mediators)


def helped(analysis: Analysis, index: int) -> bool:
    """ "talks with support from X": who helps is no side."""
    near = analysis.document.lowers(Range(index, min(index + 2, analysis.document.sentence(index - 1).last)))
    return not _HELP.isdisjoint(near)


def _past_rule(analysis: Analysis, index: int, last: int) -> int:
    """Behind "the nine-month-old X administration", if the sides follow; 0 where they do not."""
    tokens, near = analysis.document.tokens, range(index, min(index + _RULE, last - 1))
    at = next((i for i in near if tokens[i].lower in _RULES), 0)
    return at + 1 if at and tokens[at + 1].lower in {"between", "with"} else 0


def about_end(analysis: Analysis, index: int) -> int:
    """Where the words end that say what the talks are about, "on the conflict in X", or the phrase itself."""
    tokens, end = analysis.document.tokens, analysis.document.sentence(index - 1).last
    if index >= end or tokens[index].lower not in TOPICS or index + 1 in analysis.time_tokens:
        return index
    last = index + (2 if tokens[index].lower == "aimed" else 1)
    start = last
    while last < min(end, start + _ABOUT) and not _leaves_topic(analysis, last):
        last += 1
    return last if last > start else index


def _leaves_topic(analysis: Analysis, index: int) -> bool:
    lower, words = analysis.document.tokens[index].lower, grammar()
    joining = words.prepositions | words.subordinators | words.relatives
    finite = any(v.form in {"finite", "passive"} for v in analysis.verbs_in(Range(index, index + 1)))
    helper = lower in words.helpers and lower != "to"
    mark = not lower[0].isalnum() and lower not in words.possessive_marks | {"-"}
    return mark or finite or helper or index in analysis.time_tokens or lower in joining - {"of", "in"}


def lasting(analysis: Analysis, end: int) -> int:
    """Where "ongoing in X", "under way in X since" ends that follows the phrase, or its own end."""
    tokens, sentence = analysis.document.tokens, analysis.document.sentence(end - 1)
    at = end + 1
    if at >= sentence.last or tokens[end].lower not in _LASTING:
        return end
    at += tokens[end].lower == "under"
    if at + 1 >= sentence.last or tokens[at].lower not in {"in", "at"} or not _place_at(analysis, at + 1):
        return end
    last = _place_end(analysis, at + 1, sentence.last)
    behind = last + 1
    measured = behind < sentence.last and tokens[last].lower in {"for", "since"}
    while (
        measured and behind < sentence.last and tokens[behind].text[0].isalnum() and behind - last < _LENGTH
    ):
        behind += 1
    return behind if measured else last


def held_in(analysis: Analysis, end: int) -> int:
    """Where "… have opened in the city of X" ends that follows the phrase, or the phrase's own end."""
    sentence = analysis.document.sentence(end - 1)
    verb = next(iter(analysis.verbs_in(Range(end, min(end + _HELD, sentence.last)))), None)
    if verb is None or verb.first != end or verb.form not in {"finite", "passive"} or verb.negated:
        return end
    opened = verb.lemma in verb_table().uses.sitting | verb_table().uses.convening
    at = verb.last + 1
    if not opened or at >= sentence.last or analysis.document.tokens[at - 1].lower not in {"in", "at"}:
        return end
    return _place_end(analysis, at, sentence.last) if _place_at(analysis, at) else end


def _place_at(analysis: Analysis, index: int) -> Reference | None:
    """The place that stands here, with an article or a description before it ("the city of")."""
    for at in range(index, min(index + 5, len(analysis.document.tokens))):
        reference = analysis.references.at(at)
        if reference and not reference.adjective:
            return reference if reference.type in PLACES else None
        plain = analysis.document.tokens[at].lower in grammar().determiners | _TOWNS
        if not (reference or plain):
            return None
    return None


def _place_end(analysis: Analysis, index: int, last: int) -> int:
    """Behind the place, and behind the state that a comma ties to it: "in Geneva, Switzerland"."""
    place = _place_at(analysis, index)
    end = place.range.last if place else index
    if end + 1 < last and analysis.document.tokens[end].text == ",":
        state = analysis.references.at(end + 1)
        if state and state.type in PLACES and not state.adjective:
            return state.range.last
    return end


def _past_topic(analysis: Analysis, index: int, last: int) -> int | None:
    """Where "with" or "between" stands behind what the talks are about."""
    for at in range(index + 1, min(index + _TOPIC, last)):
        lower = analysis.document.tokens[at].lower
        if lower in {"with", "between"}:
            return at
        finite = any(v.form in {"finite", "passive"} for v in analysis.verbs_in(Range(at, at + 1)))
        if lower in {",", ";", "."} or finite:
            return None
    return None


def troubled(analysis: Analysis, head: int) -> tuple[Reference, ...]:
    """ "talks to resolve the Syrian crisis", "on the conflict in Syria": the one side that is told."""
    tokens, last = analysis.document.tokens, analysis.document.sentence(head).last
    troubles = noun_table().talks.troubles
    for at in range(head + 1, min(head + 9, last)):
        reference = analysis.references.at(at)
        if reference:
            after = reference.range.last
            behind = after < last and tokens[after].lower in troubles
            before = tokens[reference.range.first - 1].lower == "in"
            ahead = before and tokens[reference.range.first - 2].lower in troubles
            if reference.type == "State" and (behind or ahead):
                return (reference,)
            if not before:
                return ()
        if tokens[at].text in {",", ";", "."}:
            break
    return ()
