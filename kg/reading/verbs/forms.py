"""The form of a verb in a text, and whether the word is a verb at all, from its helpers and neighbours."""

from kg.reading.names.capitals import is_headline
from kg.reading.names.references import References
from kg.reading.text.document import Document
from kg.reading.text.marks import OPENING_QUOTES
from kg.reading.text.tokens import Range
from kg.reading.verbs.neighbours import BEFORE_VERB, before_adverbs, word_after, word_before
from kg.reading.verbs.nouns import governs, hyphenated, is_meeting, part_of_name
from kg.reading.verbs.subjects import has_subject
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_WORDS = grammar()
_NOMINAL = (_WORDS.determiners - {"that", "both", "all"}) | _WORDS.possessive_marks
_GOVERNING = _WORDS.prepositions - _WORDS.time_conjunctions
_FINITE = _WORDS.modals | _WORDS.do | _WORDS.have | {"ca"}
_SOME = frozenset({"some", "many", "most", "several", "others", "few"})  # "some said"
# Straight behind one of these a word is a noun: "the talks".
_BEFORE_NOUN = _NOMINAL - _SOME - _WORDS.helpers - BEFORE_VERB - _WORDS.prepositions
_OPENING = OPENING_QUOTES | {"‘", ":"}
# Gerunds that say of those who take part which they are.
_OF_SIDES = frozenset({
    "negotiating", "opposing", "warring", "ruling", "governing", "visiting", "mediating", "participating",
    "invading", "competing", "contracting", "withdrawing", "attacking", "retreating",
})  # fmt: skip
# What those may feel who are only counted, and how the clause of what they feel begins.
_FELT = frozenset({"hope", "fear", "doubt", "worry", "demand", "support", "blame", "question", "want"})
_FELT_OF = _WORDS.determiners | _WORDS.pronouns_person | _WORDS.pronouns_plural | {"that", "it", "to", "we"}
_FELT_OF |= _WORDS.question_words
_FEARED = 4  # tokens from "many fear" to the verb of what they fear
_JOINING = frozenset({"and", "or", ","})
_ACTED_ON = frozenset({"the", "a", "an", "all", "any", "its", "their", "his", "her"})  # it has an object
_TO_COME = _WORDS.modals | {"to"}
_SHARED_WITHIN = 12  # tokens between "to" or "must" and a second verb that shares it
_HELPING = frozenset({"help", "helps", "helped", "helping"})
_AWAY = frozenset({"to", "into", "from", "in", "on", "home", "onto", "at", "then"})


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
    if token.text[0].isupper() and not (_opens(document, first) and _may_open(document, main, tags)):
        if not is_headline(document, document.sentence(main)) or references.at(main) is not None:
            return None
    elif part_of_name(document, main):
        return None
    if "base" in tags and hyphenated(document, main):
        return None
    helped = _by_helpers(helpers, tags)
    if helped:
        return helped
    if helpers and helpers[-1] in words.be and not tags & {"participle", "ing"}:
        return None  # "visitors are welcome"
    edge = before_adverbs(document, first)
    before = word_before(document, main, edge)
    if references.at(first - 1) is not None and before in _GOVERNING:
        before = ""  # "Moon Jae-in said"
    if before in _HELPING and "base" in tags and not helpers:
        one = (token.lower,) in verb_table().particles.get("help", ())  # "help broker" is one verb
        return None if one else "infinitive"  # "helped arrange talks"
    if before == "-" and document.tokens[main - 1].end == token.start:
        # "Russian-brokered", but the noun "cease-fire"
        return None if token.lower == "fire" else "participle"
    told = before in _SOME and token.lower not in verb_table().nouns
    told = told and verb_table().forms[token.lower][0] in verb_table().uses.saying
    told = told or (before in _SOME and _quantified(document, main, tags))
    nominal = before in _NOMINAL and not told
    if "ing" in tags and token.lower in _OF_SIDES and not governs(document, main, before):
        return None
    if token.lower == "state" and main and document.tokens[main - 1].text[0].isupper() and not helpers:
        return None  # "Lakes state"
    if token.lower == "terms":
        return None  # "in stark terms"
    if token.lower == "back" and word_after(document, main) in _AWAY:
        return None  # "went back to the table"
    if token.lower == "meeting" and is_meeting(document, main, before):
        return None
    if "ing" in tags:
        verbal = before in words.prepositions or not (nominal or before in words.determiners)
        return "gerund" if verbal else None
    if nominal or before in _GOVERNING:
        return None
    subject = told or has_subject(document, references, main, first, edge)
    noun = token.lower in words.official_nouns or token.lower in verb_table().nouns
    if not subject and "base" in tags and _shares(document, main, before):
        return "infinitive"
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


def _quantified(document: Document, main: int, tags: frozenset[str]) -> bool:
    """ "many hope that", "some fear it": the verb of those who are only counted."""
    lemma = verb_table().forms[document.tokens[main].lower][0]
    if "base" not in tags or lemma not in _FELT:
        return False
    near = document.lowers(Range(main + 2, min(main + _FEARED, document.sentence(main).last)))
    return word_after(document, main) in _FELT_OF or not _WORDS.modals.isdisjoint(near)


def _may_open(document: Document, main: int, tags: frozenset[str]) -> bool:
    """ "Meeting in X, they", "Backed by X, they"."""
    return "ing" in tags or ("participle" in tags and word_after(document, main) == "by")


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
        bound = helpers.index("to") and helpers[helpers.index("to") - 1] in words.have
        return "finite" if bound and helpers[0] != "to" else "infinitive"  # "will have to sign"
    if not words.be.isdisjoint(helpers) and tags & {"participle", "ing"}:
        return "passive" if "participle" in tags else "finite"
    return None if _FINITE.isdisjoint(helpers) else "finite"


def _shares(document: Document, main: int, before: str) -> bool:
    """ "must free the captives and lift the siege": a second verb behind "to" or "must", with its object."""
    if before not in _JOINING or word_after(document, main) not in _ACTED_ON:
        return False
    words = document.lowers(Range(max(document.sentence(main).first, main - _SHARED_WITHIN), main - 1))
    return not _TO_COME.isdisjoint(words)


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
