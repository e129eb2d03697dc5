"""Whether a subject stands before a verb group, or an earlier one is shared."""

from kg.reading.names.references import References
from kg.reading.text.document import Document
from kg.reading.text.marks import OPENING_QUOTES
from kg.reading.verbs.neighbours import word_after, word_before
from kg.reading.verbs.nouns import asked, goes_on_as_noun, is_account
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_ADJECTIVAL = ("al", "ic", "ive", "ous", "ary", "ory", "ful", "ble", "less", "ern", "ish", "ed", "ing")
_WORDS = grammar()
_OPEN_OBJECTS = _WORDS.determiners | {"that"}
_PRONOUNS = _WORDS.pronouns_person | _WORDS.pronouns_thing | _WORDS.pronouns_plural | {"we", "i"}
_SUBJECTS = _PRONOUNS | _WORDS.relatives
_BEHIND_SAYING = OPENING_QUOTES | {".", ","}
_SEVERAL = frozenset(
    {"many", "some", "most", "people", "sources", "analysts", "experts", "observers", "critics"}
)
_JOINING_PEOPLE = frozenset(
    {"in", "of", "from", "with", "at", "close", "familiar", "inside", "near", "within"}
)
_TOLD = frozenset({"say", "fear"})
_LONGEST_SUBJECT = 8  # tokens
_NOMINATIVE = frozenset({"we", "i", "they", "he", "she"})


def has_subject(document: Document, references: References, main: int, first: int, edge: int) -> bool:
    """A subject right before the group, or "and" or a comma before a verb that shares an earlier one."""
    if edge >= document.sentence(main).first and document.tokens[edge].lower in _NOMINATIVE:
        return _in_person(document, edge, main)  # "we call on": no noun
    if edge >= document.sentence(main).first and document.tokens[edge].lower == "it":
        return _in_person(document, edge, main)
    if edge >= document.sentence(main).first and (
        _agrees(document, edge, main)
        or (
            _may_be_subject(document, references, edge)
            and (not goes_on_as_noun(document, main) or _told_last(document, references, edge, main))
            and not is_account(document, references, edge, main)
            and not asked(document, main)
        )
    ):
        return True
    if _several(document, edge, main):
        return True
    if edge < first - 1 and edge >= document.sentence(main).first and _manner(document, edge, first):
        return True  # "the ministers of the group resolutely call on"
    before = word_before(document, main, edge)
    after = word_after(document, main)
    determined = before == "," and (after in grammar().determiners or _wishes(document, main, after))
    goes_on = edge < first - 1 or determined or _takes_object(document, references, main + 1)
    goes_on = goes_on or (_tells(document, main) and after in _OPEN_OBJECTS)
    return before in {"and", ","} and goes_on


def _wishes(document: Document, main: int, after: str) -> bool:
    """ "Kenya, he said, supports the …", "Kenya, known for its grain, hopes to": no noun in a list."""
    lemma, tags = verb_table().forms[document.tokens[main].lower]
    return after == "to" and "s" in tags and lemma in verb_table().uses.wishing


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


def _several(document: Document, edge: int, main: int) -> bool:
    """ "officials close to the army say", "many in the town believe": the speakers stand further before."""
    lemma, tags = verb_table().forms[document.tokens[main].lower]
    told = lemma in verb_table().uses.saying | verb_table().uses.personal
    if not told or "base" not in tags or document.tokens[main].lower in verb_table().nouns - _TOLD:
        return False
    start = max(document.sentence(main).first, edge - _LONGEST_SUBJECT)
    for index in range(edge - 1, start - 1, -1):
        token, after = document.tokens[index], document.tokens[index + 1].lower
        verb = token.lower in verb_table().forms and token.lower not in _JOINING_PEOPLE
        if not token.text[0].isalnum() or verb:
            return False
        if after in _JOINING_PEOPLE and _is_several(token.lower):
            return True
    return False


def _is_several(noun: str) -> bool:
    named = noun in grammar().plural_nouns or noun in grammar().official_nouns
    return noun in _SEVERAL or (noun.endswith("s") and named)


def _takes_object(document: Document, references: References, index: int) -> bool:
    """ "and covers Georgia": a name right behind, after an article if there is one."""
    if index < len(document.tokens) and document.tokens[index].lower == "the":
        index += 1
    reference = references.at(index) if index < len(document.tokens) else None
    return reference is not None and not reference.adjective
