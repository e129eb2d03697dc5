"""The verbs that can head a clause of reported words, whether a table lists them or not."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.boundaries import clause_start
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb, modality_of_helpers
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_PLAIN = frozenset({"doubt", "clear", "true", "obvious", "evident", "sure", "certain"})
_SHORT = frozenset({"’m", "'m", "’s", "'s"})
_NEEDED = frozenset(
    {"more", "urgent", "immediate", "help", "support", "aid", "better", "stronger", "protection"}
)
_NEEDS = frozenset({"need", "needs"})
_IS = frozenset({"’s", "'s"})
_ADDRESSED = 2  # tokens that may stand between "told", "inform" and "that"
_HELPERS = grammar().modals | grammar().auxiliaries | grammar().negations - {"no"}
_FORMS = (("be", grammar().be | _SHORT), ("have", grammar().have), ("do", grammar().do))
_BEFORE_IS = grammar().pronouns_thing | grammar().pronouns_person | {"there", "that", "what"}
_OPENING = grammar().subordinators - {"and", "or", "but", "so", "that"} | grammar().question_words
_HELPING = grammar().predicating | grammar().do | {"am", "’re", "'re", "’m", "'m"}


def finite_verbs(analysis: Analysis, part: Range) -> Iterator[Verb]:
    """Finite verbs, and helpers that help no verb that the table lists: "was unfair", "has no plans"."""
    tokens = analysis.document.tokens
    index = part.first
    verbs = iter(analysis.verbs_in(part))
    verb = next(verbs, None)
    while index < part.last:
        if verb is not None and index >= verb.first:
            if _is_finite(analysis, verb):
                yield verb
            index, verb = max(index, verb.last), next(verbs, None)
            continue
        lower = tokens[index].lower
        helps = lower in _HELPING or (lower in _IS and _is(analysis, index))
        helps = helps or (lower in _NEEDS and _needs(analysis, index, part))
        if helps and tokens[index].text.islower():
            found = _helper_group(analysis, index, part.last if verb is None else verb.first)
            yield found
            index = found.last
            continue
        index += 1


def _is_finite(analysis: Analysis, verb: Verb) -> bool:
    """Also an infinitive with a finite helper ("is to visit", "has to leave"); not "to be made"."""
    helpers = analysis.document.lowers(Range(verb.first, verb.main))
    if verb.form in {"finite", "passive"}:
        return helpers[:1] != ["to"]
    return verb.form == "infinitive" and not grammar().predicating.isdisjoint(helpers)


def _is(analysis: Analysis, index: int) -> bool:
    """ "it's", "there's": not the mark of a possessor."""
    return index > 0 and analysis.document.tokens[index - 1].lower in _BEFORE_IS


def _needs(analysis: Analysis, index: int, part: Range) -> bool:
    """ "conditions need to be improved", "people need this help", not "the need to"."""
    document = analysis.document
    if index == part.first or index + 1 >= part.last:
        return False
    before, after = document.tokens[index - 1].lower, document.tokens[index + 1].lower
    leads = after == "to" or after in grammar().determiners | _NEEDED
    return leads and before not in grammar().determiners | grammar().possessive_marks


def _helper_group(analysis: Analysis, index: int, last: int) -> Verb:
    """Helpers that stand alone as one verb: be, have or do, by the last of them."""
    tokens = analysis.document.tokens
    end = index + 1
    while end < last and tokens[end].lower in _HELPERS:
        end += 1
    helpers = analysis.document.lowers(Range(index, end))
    main = next((i for i in range(end - 1, index - 1, -1) if _lemma(tokens[i].lower)), end - 1)
    negated = not grammar().negations.isdisjoint(helpers)
    lemma = _lemma(tokens[main].lower) or ("need" if tokens[main].lower in _NEEDS else "do")
    return Verb(lemma, main, index, end, "finite", negated, modality_of_helpers(helpers))


def _lemma(word: str) -> str | None:
    return next((lemma for lemma, forms in _FORMS if word in forms), None)


def is_subordinate(analysis: Analysis, part: Range, verb: Verb) -> bool:
    """ "the army, which has not …", "when talks resumed": a relative or a conjunction opens its clause."""
    start = clause_start(analysis, verb.first, part, verb.main)
    if start == part.first:
        return verb.first == part.first and _is_adjective(analysis, verb)
    opener = analysis.document.tokens[start - 1].lower
    if opener in grammar().relatives:
        return start - 1 > part.first and not _completes(analysis, start - 1)
    return opener in _OPENING


def _is_adjective(analysis: Analysis, verb: Verb) -> bool:
    """ "increased involvement will …": a participle without a subject before a noun."""
    forms = verb_table().forms.get(analysis.document.tokens[verb.main].lower)
    after = analysis.document.tokens[verb.last].lower if verb.last < len(analysis.document.tokens) else ""
    bare = verb.first == verb.main and forms is not None and "participle" in forms[1]
    return bare and after not in grammar().determiners | grammar().prepositions | {"that"}


def _completes(analysis: Analysis, index: int) -> bool:
    """ "pointed out that", "there is no doubt that": what follows is what is said."""
    before = analysis.document.tokens[index - 1].lower
    ended = analysis.verb_before(index, analysis.document.sentence(index))
    addressed = ended is not None and ended.lemma in verb_table().uses.addressing
    near = ended is not None and index - ended.last <= (_ADDRESSED if addressed else 0)
    return analysis.document.tokens[index].lower == "that" and (before in _PLAIN or near)
