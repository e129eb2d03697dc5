"""The form of a verb in a text, and whether the word is a verb at all, from its helpers and neighbours."""

from functools import cache

from kg.reading.names.references import References
from kg.reading.text.document import Document
from kg.reading.text.marks import OPENING_QUOTES, SINGLE_QUOTES
from kg.reading.text.tokens import Range
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar
from kg.reading.words.speech import noun_verbs, saying_nouns
from kg.reading.words.verbs import verb_table

_LONGEST_BRACKET = 6  # tokens
_ADJECTIVAL = ("al", "ic", "ive", "ous", "ary", "ory", "ful", "ble", "less", "ern", "ish", "ed", "ing")
_WORDS = grammar()
_NOMINAL = (_WORDS.determiners - {"that", "both", "all"}) | _WORDS.possessive_marks
_GOVERNING = _WORDS.prepositions - _WORDS.time_conjunctions
_FINITE = _WORDS.modals | _WORDS.do | _WORDS.have | {"ca"}
_SOME = frozenset({"some", "many", "most", "several", "others", "few"})  # "some said"
_BEFORE_VERB = _WORDS.adverbs | {"each", "all", "both"}
# Straight behind one of these a word is a noun: "the talks".
_BEFORE_NOUN = _NOMINAL - _SOME - _WORDS.helpers - _BEFORE_VERB - _WORDS.prepositions
_OPEN_OBJECTS = _WORDS.determiners | {"that"}
_PRONOUNS = _WORDS.pronouns_person | _WORDS.pronouns_thing | _WORDS.pronouns_plural | {"we", "i"}
_SUBJECTS = _PRONOUNS | _WORDS.relatives
_OPENING = OPENING_QUOTES | {"‘", ":"}
_BEHIND_SAYING = OPENING_QUOTES | {".", ","}
# Words that no verb is before one of these.
_IN_NAMES = {
    "press": {"secretary", "conference", "release", "office", "service", "agency", "freedom", "briefing"},
    "thanks": {"to"},
    "warning": {"shot", "shots", "sign", "signs", "system", "systems", "letter"},
}
_AFTER_MEETING = grammar().be | grammar().have | grammar().modals | {
    ".", ",", ";", ":", "and", "between", "of", "that", "which", "ended", "began", "took",
}  # fmt: skip
# Gerunds that say of those who take part which they are.
_OF_SIDES = frozenset({
    "negotiating", "opposing", "warring", "ruling", "governing", "visiting", "mediating", "participating",
    "invading", "competing", "contracting", "withdrawing", "attacking", "retreating",
})  # fmt: skip
_NOMINATIVE = frozenset({"we", "i", "they", "he", "she"})
_AWAY = frozenset({"to", "into", "from", "in", "on", "home", "onto", "at", "then"})
_STOPS = frozenset({",", ".", "?", "!"})
_AFTER_NOUNS = frozenset({"and", "or", ",", ".", ";", "of", "with", "between", "against", "over", "on"})


def is_noun(document: Document, index: int) -> bool:
    """Whether the word before leaves no doubt, so that nothing else need be asked: of most such nouns."""
    before = index > document.sentence(index).first and document.tokens[index - 1].lower
    return before in _BEFORE_NOUN


def form_of(
    document: Document,
    references: References,
    main: int,
    first: int,
    helpers: list[str],
    tags: frozenset[str],
) -> str | None:
    """The verb's form from its helpers and the word before it; None where the token is more likely a noun."""
    token, words = document.tokens[main], grammar()
    if token.text[0].isupper() and not (_opens(document, first) and "ing" in tags):
        return None
    if _part_of_name(document, main) or ("base" in tags and _hyphenated(document, main)):
        return None
    helped = _by_helpers(helpers, tags)
    if helped:
        return helped
    if helpers and helpers[-1] in words.be and not tags & {"participle", "ing"}:
        return None  # "visitors are welcome"
    edge = _before_adverbs(document, first)
    before = _word_before(document, main, edge)
    if references.at(first - 1) is not None and before in _GOVERNING:
        before = ""  # "Moon Jae-in said"
    if before == "-" and document.tokens[main - 1].end == token.start:
        # "Russian-brokered", but the noun "cease-fire"
        return None if token.lower == "fire" else "participle"
    told = before in _SOME and token.lower not in verb_table().nouns
    told = told and verb_table().forms[token.lower][0] in verb_table().uses.saying
    nominal = before in _NOMINAL and not told
    if "ing" in tags and token.lower in _OF_SIDES and not _governs(document, main, before):
        return None
    if token.lower == "state" and main and document.tokens[main - 1].text[0].isupper() and not helpers:
        return None  # "Lakes state"
    if token.lower == "terms":
        return None  # "in stark terms"
    if token.lower == "back" and _word_after(document, main) in _AWAY:
        return None  # "went back to the table"
    if token.lower == "meeting" and _is_meeting(document, main, before):
        return None
    if "ing" in tags:
        verbal = before in words.prepositions or not (nominal or before in words.determiners)
        return "gerund" if verbal else None
    if nominal or before in _GOVERNING:
        return None
    subject = told or _has_subject(document, references, main, first, edge)
    noun = token.lower in words.official_nouns or token.lower in verb_table().nouns
    if not subject and (noun or ("base" in tags and "past" not in tags)):
        return None
    if _said_to(document, main):
        return "participle"
    said = subject and verb_table().forms[token.lower][0] in verb_table().uses.saying
    if not noun and (
        tags == {"participle"} or ("participle" in tags and not said and _reduced(document, main))
    ):
        return "participle"
    return "finite"


def _is_meeting(document: Document, main: int, before: str) -> bool:
    """ "a bilateral meeting", "the Council meeting ended": the noun, not what somebody does."""
    qualified = document.tokens[main - 1].text.islower() and before not in grammar().closed if main else False
    return qualified or (
        before not in grammar().prepositions and _word_after(document, main) in _AFTER_MEETING
    )


def _governs(document: Document, main: int, before: str) -> bool:
    """Whether it acts on what follows: "after negotiating terms", not "the two opposing sides"."""
    after = document.tokens[main + 1] if main + 1 < len(document.tokens) else None
    noun = after is not None and after.text.islower() and after.text.isalpha()
    closed = grammar().prepositions | grammar().determiners | {"and", "or", ",", "to", ""}
    return not noun or (after is not None and after.lower in closed) or before in closed - {"the"}


def _part_of_name(document: Document, main: int) -> bool:
    """ "press office", "state Senate", "thanks to"."""
    token = document.tokens[main]
    if token.lower not in _IN_NAMES and token.lower != "state":
        return False
    after = document.tokens[main + 1] if main + 1 < len(document.tokens) else token
    if token.lower == "state":
        return after.text[0].isupper()
    return after.lower in _IN_NAMES[token.lower]


def _hyphenated(document: Document, main: int) -> bool:
    """ "a cease-fire", "the pull-out": the first part of a noun."""
    tokens = document.tokens
    behind = tokens[main + 1] if main + 1 < len(tokens) else None
    glued = behind is not None and behind.text == "-" and behind.start == tokens[main].end
    return glued and not (main + 2 < len(tokens) and tokens[main + 2].lower.endswith("ed"))  # "test-fired"


def _opens(document: Document, first: int) -> bool:
    """Whether a verb group opens its sentence or a quotation."""
    starts = first == document.sentence(first).first
    return starts or document.tokens[first - 1].text in _OPENING


def _by_helpers(helpers: list[str], tags: frozenset[str]) -> str | None:
    """The form that a helper leaves no doubt of."""
    if not helpers:
        return None
    words = grammar()
    if "to" in helpers and "base" in tags:
        return "infinitive"
    if not words.be.isdisjoint(helpers) and tags & {"participle", "ing"}:
        return "passive" if "participle" in tags else "finite"
    return None if _FINITE.isdisjoint(helpers) else "finite"


def _word_before(document: Document, main: int, edge: int) -> str:
    """The word of the same sentence before a verb group and its adverbs, or nothing."""
    if edge > 0 and document.tokens[edge].text in OPENING_QUOTES:
        edge -= 1
        if (
            edge > 0
            and document.tokens[edge].text in SINGLE_QUOTES
            and document.tokens[edge - 1].text in _STOPS
        ):
            return ""  # "'we saw you,'" said X
    return document.tokens[edge].lower if edge >= document.sentence(main).first else ""


def _has_subject(document: Document, references: References, main: int, first: int, edge: int) -> bool:
    """A subject right before the group, or "and" or a comma before a verb that shares an earlier one."""
    if edge >= document.sentence(main).first and document.tokens[edge].lower in _NOMINATIVE:
        return _in_person(document, edge, main)  # "we call on": no noun
    if edge >= document.sentence(main).first and document.tokens[edge].lower == "it":
        return _in_person(document, edge, main)
    if edge >= document.sentence(main).first and (
        _agrees(document, edge, main)
        or (
            _may_be_subject(document, references, edge)
            and (not _goes_on_as_noun(document, main) or _told_last(document, references, edge, main))
            and not _is_account(document, references, edge, main)
            and not _asked(document, main)
        )
    ):
        return True
    if edge < first - 1 and edge >= document.sentence(main).first and _manner(document, edge, first):
        return True  # "the ministers of the group resolutely call on"
    before = _word_before(document, main, edge)
    after = _word_after(document, main)
    determined = before == "," and after in grammar().determiners  # "X, he said, supports the …"
    goes_on = edge < first - 1 or determined or _takes_object(document, references, main + 1)
    goes_on = goes_on or (_tells(document, main) and after in _OPEN_OBJECTS)
    return before in {"and", ","} and goes_on


def _in_person(document: Document, edge: int, main: int) -> bool:
    """No base form behind "he" or "it": "seized it back"."""
    tags = verb_table().forms[document.tokens[main].lower][1]
    plain = "base" in tags and not tags & {"past", "s"}
    return not (plain and document.tokens[edge].lower in {"he", "she", "it"})


def _manner(document: Document, edge: int, first: int) -> bool:
    """An adverb in -ly between a noun and a verb group, where an adjective would say something of a noun."""
    noun = document.tokens[edge].lower
    return (
        document.tokens[first - 1].lower.endswith("ly")
        and noun.isalpha()
        and noun not in _WORDS.function_words
    )


def _tells(document: Document, main: int) -> bool:
    """A verb of saying that is no noun: "voice fear and express their grief", "…, in Rome, believe that"."""
    word = document.tokens[main].lower
    return verb_table().forms[word][0] in verb_table().stances and word not in verb_table().nouns


def _word_after(document: Document, main: int) -> str:
    """The word behind a verb and its particle: "holds up the work"."""
    words = document.lowers(Range(main + 1, min(main + 3, len(document.tokens))))
    return words[1] if len(words) > 1 and words[0] in grammar().particles else (words or [""])[0]


def _before_adverbs(document: Document, first: int) -> int:
    """The word before a verb group, past adverbs and "each": "the two each mediate", "then ends"."""
    index = first - 1
    while index >= 0 and (document.tokens[index].lower in _BEFORE_VERB or _is_adverb(document, index)):
        index -= 1
    if index > 1 and document.tokens[index].text == ")":  # "the Center (CSIS) reports"
        near = range(index - 1, max(0, index - _LONGEST_BRACKET), -1)
        return next((at - 1 for at in near if document.tokens[at].text == "("), index)
    return index


def _is_adverb(document: Document, index: int) -> bool:
    """ "officials openly dismiss": in lower case, so no "Italy"."""
    text = document.tokens[index].text
    return text.endswith("ly") and text.islower() and text not in _WORDS.no_adverbs


def _goes_on_as_noun(document: Document, main: int) -> bool:
    """ "Baku-Yerevan ties and", "U.S. sanctions on": a noun by what follows it."""
    after = document.tokens[main + 1].lower if main + 1 < len(document.tokens) else "."
    noun = document.tokens[main].lower in verb_table().nouns
    return noun and (after in _AFTER_NOUNS or after in grammar().predicating or after in _says())


def _told_last(document: Document, references: References, edge: int, main: int) -> bool:
    """ "…, the Volta Herald reports.": an insertion that ends the sentence, and no list of nouns."""
    lemma, tags = verb_table().forms[document.tokens[main].lower]
    name, sentence = references.at(edge), document.sentence(main)
    if name is None or "s" not in tags or lemma not in verb_table().uses.saying:
        return False
    first = name.range.first - 1
    first -= document.tokens[first].lower == "the"
    comma = first > sentence.first and document.tokens[first].text == ","
    return (
        comma
        and document.tokens[main + 1 : sentence.last] == document.tokens[sentence.last - 1 : sentence.last]
    )


@cache
def _says() -> frozenset[str]:
    """Forms that nobody but a subject has: "a UN report says"."""
    table = verb_table()
    told = ((word, table.forms[word]) for word in table.forms if word not in table.nouns)
    return frozenset(
        word for word, (lemma, tags) in told if lemma in table.uses.saying and tags & {"past", "s"}
    )


def _is_account(document: Document, references: References, edge: int, main: int) -> bool:
    """ "a UN report about the camps", "the US claim by": the noun of what a name tells."""
    word = document.tokens[main].lower
    after = document.tokens[main + 1].lower if main + 1 < len(document.tokens) else "."
    noun = word in saying_nouns() and word in verb_table().nouns
    return noun and after in {"about", "by", "from"} and references.at(edge) is not None


def _asked(document: Document, main: int) -> bool:
    """ "the US demand for", "Iran's call to": the noun of what somebody asks for."""
    after = document.tokens[main + 1].lower if main + 1 < len(document.tokens) else ""
    token = document.tokens[main]
    return token.lower in noun_verbs() and token.lower in verb_table().nouns and after in {"for", "that"}


def _said_to(document: Document, main: int) -> bool:
    """ "a field said to be mined": nobody in particular says so."""
    words = document.lowers(Range(main, min(main + 3, len(document.tokens))))
    return words in (["said", "to", "be"], ["said", "to", "have"])


def _reduced(document: Document, main: int) -> bool:
    """ "talks mediated separately by X": a participle with its agent, and no helper."""
    tokens = document.tokens
    index = main + 1
    while index < len(tokens) and (
        tokens[index].lower in grammar().adverbs or tokens[index].lower.endswith("ly")
    ):
        index += 1
    return index < len(tokens) and tokens[index].lower == "by"


def _may_be_subject(document: Document, references: References, index: int) -> bool:
    lower = document.tokens[index].lower
    if lower in _SUBJECTS:
        return True
    reference = references.at(index)
    return reference is not None and not reference.adjective


def _agrees(document: Document, edge: int, main: int) -> bool:
    """ "experts say", "a study says": a noun of the number that the verb asks for.

    If the verb may be a noun as well ("aid workers claims"), what follows must be something said or done.
    """
    noun, verb = document.tokens[edge].lower, document.tokens[main].lower
    table = verb_table()
    lemma, tags = table.forms[verb]
    several = noun.endswith("s") and not noun.endswith(("ss", "us", "is"))
    plural = several or noun in grammar().plural_nouns or noun.endswith("men")
    agrees = (plural and "base" in tags) or (not plural and "s" in tags)
    common = noun.isalpha() and noun not in grammar().function_words and not noun.endswith("ly")
    if not agrees or not common:
        return False
    if verb not in table.nouns:
        return True
    if noun.endswith(_ADJECTIVAL):
        return False
    after = document.tokens[main + 1] if main + 1 < len(document.tokens) else None
    if plural and noun in event_table().words.forces and after is not None and after.text.islower():
        return after.lower not in grammar().closed | grammar().particles  # "gunmen storm hotel"
    particles = {rest[0] for rest in table.particles.get(lemma, ())}
    return after is not None and (
        after.lower in grammar().object_openers
        or after.lower in particles
        or (lemma in table.stances and (after.text in _BEHIND_SAYING or after.text[0].isupper()))
    )


def _takes_object(document: Document, references: References, index: int) -> bool:
    """ "and covers Georgia": a name right behind, after an article if there is one."""
    if index < len(document.tokens) and document.tokens[index].lower == "the":
        index += 1
    reference = references.at(index) if index < len(document.tokens) else None
    return reference is not None and not reference.adjective
