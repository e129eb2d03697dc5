"""Words that look like verbs and are nouns or parts of names, by what stands beside them."""

from functools import cache

from kg.reading.names.references import References
from kg.reading.text.document import Document
from kg.reading.verbs.neighbours import word_after
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar
from kg.reading.words.speech import noun_verbs, saying_nouns
from kg.reading.words.verbs import verb_table

# Words that no verb is before one of these.
_IN_NAMES = {
    "press": {"secretary", "conference", "release", "office", "service", "agency", "freedom", "briefing"},
    "thanks": {"to"},
    "warning": {"shot", "shots", "sign", "signs", "system", "systems", "letter"},
}
_AFTER_MEETING = grammar().be | grammar().have | grammar().modals | {
    ".", ",", ";", ":", "and", "between", "of", "that", "which", "ended", "began", "took",
}  # fmt: skip
_AFTER_NOUNS = frozenset(
    {"and", "or", ",", ".", ";", "of", "with", "between", "against", "over", "on", "worth"}
)


def is_meeting(document: Document, main: int, before: str) -> bool:
    """ "a bilateral meeting", "the Council meeting ended": the noun, not what somebody does."""
    qualified = document.tokens[main - 1].text.islower() and before not in grammar().closed if main else False
    return qualified or (
        before not in grammar().prepositions and word_after(document, main) in _AFTER_MEETING
    )


def governs(document: Document, main: int, before: str) -> bool:
    """Whether it acts on what follows: "after negotiating terms", not "the two opposing sides"."""
    after = document.tokens[main + 1] if main + 1 < len(document.tokens) else None
    noun = after is not None and after.text.islower() and after.text.isalpha()
    closed = grammar().prepositions | grammar().determiners | {"and", "or", ",", "to", ""}
    return not noun or (after is not None and after.lower in closed) or before in closed - {"the"}


def part_of_name(document: Document, main: int) -> bool:
    """ "press office", "state Senate", "thanks to"."""
    token = document.tokens[main]
    if token.lower not in _IN_NAMES and token.lower != "state":
        return False
    after = document.tokens[main + 1] if main + 1 < len(document.tokens) else token
    if token.lower == "state":
        return after.text[0].isupper()
    return after.lower in _IN_NAMES[token.lower]


def hyphenated(document: Document, main: int) -> bool:
    """ "a cease-fire", "the pull-out": the first part of a noun."""
    tokens = document.tokens
    behind = tokens[main + 1] if main + 1 < len(tokens) else None
    glued = behind is not None and behind.text == "-" and behind.start == tokens[main].end
    return glued and not (main + 2 < len(tokens) and tokens[main + 2].lower.endswith("ed"))  # "test-fired"


def goes_on_as_noun(document: Document, main: int) -> bool:
    """ "Baku-Yerevan ties and", "U.S. sanctions on": a noun by what follows it."""
    after = document.tokens[main + 1].lower if main + 1 < len(document.tokens) else "."
    noun = document.tokens[main].lower in verb_table().nouns
    told = after in _AFTER_NOUNS or after in grammar().predicating or after in _says()
    return noun and (told or (document.tokens[main].lower in _people() and _did(after)))


def _did(word: str) -> bool:
    """ "vacated", behind "rebels": a verb in the past, rather than "displaced people"."""
    _, tags = verb_table().forms.get(word, ("", frozenset[str]()))
    return "past" in tags and "base" not in tags and word not in event_table().words.qualifying


@cache
def _people() -> frozenset[str]:
    """ "rebels", "forces", "delegates": those who act, by words that look like verbs."""
    words = event_table().words
    people = words.forces | words.sides | words.actors
    return frozenset(word for word in people & verb_table().nouns if word.endswith("s"))


@cache
def _says() -> frozenset[str]:
    """Forms that nobody but a subject has: "a UN report says"."""
    table = verb_table()
    told = ((word, table.forms[word]) for word in table.forms if word not in table.nouns)
    return frozenset(
        word for word, (lemma, tags) in told if lemma in table.uses.saying and tags & {"past", "s"}
    )


def is_account(document: Document, references: References, edge: int, main: int) -> bool:
    """ "a UN report about the camps", "the US claim by": the noun of what a name tells."""
    word = document.tokens[main].lower
    after = document.tokens[main + 1].lower if main + 1 < len(document.tokens) else "."
    noun = word in saying_nouns() and word in verb_table().nouns
    return noun and after in {"about", "by", "from"} and references.at(edge) is not None


def asked(document: Document, main: int) -> bool:
    """ "the US demand for", "Iran's call to": the noun of what somebody asks for."""
    after = document.tokens[main + 1].lower if main + 1 < len(document.tokens) else ""
    token = document.tokens[main]
    return token.lower in noun_verbs() and token.lower in verb_table().nouns and after in {"for", "that"}
