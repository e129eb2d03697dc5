"""How what is said is held: as a fact, not so, to come, due, possible, expected, or on a condition."""

from collections.abc import Iterator

from kg.reading.statements.heads import Head
from kg.reading.statements.matter import Matter
from kg.reading.statements.modality import modality_of_head, negated
from kg.reading.statements.performing import performed
from kg.reading.text.tokens import Range, Token
from kg.reading.verbs.groups import modality_of_helpers
from kg.reading.words.grammar import grammar
from kg.reading.words.stances import stance_table
from kg.reading.words.verbs import verb_table

_SUPPOSING = frozenset({"any", "such", "without"})
_FORTHCOMING = frozenset({"forthcoming", "upcoming", "future", "planned"})
_OPEN = grammar().question_words | {"to", "not", "whether", "if", "that"}
_FAILING = frozenset({"fail", "refuse", "decline"})


def modality_of(matter: Matter, stance: str) -> tuple[str, str]:
    """(modality, polarity). The first of these that can tell:

    1. the stance, where it leaves no choice: a denial is negated, a demand necessary, a proposal possible;
    2. a condition that governs the main clause;
    3. the stance or the verb, where it decides unless the words are negated: praise is asserted;
    4. "not", also before "will" and "can": what will not be is not;
    5. a modal verb, or what stands for one: "has to", "is due to", "is likely to", "hopes to".
    """
    head, table = matter.head, verb_table()
    is_negated = negated(matter, head) if head else opens_negated(matter)
    polarity = "negative" if is_negated else "positive"
    lemma = performed(matter) or matter.attribution.lemma
    if _of_a_thing(matter, stance):
        return "asserted", polarity
    if stance in table.fixed:
        return table.fixed[stance], polarity
    if left_open(matter):
        return "negated", "negative"
    if matter.conditional or _supposes(matter):
        return "conditional", polarity
    held = table.held.get(lemma) or table.held.get(stance)
    if lemma == "threaten" and head is None and "with" in matter.words:
        held = "asserted"  # "threatened them with war"
    own = modality_of_head(matter, head) if head else _of_phrase(matter, stance)
    if head and own == "asserted" and not is_negated and _fails(head):
        own, is_negated = "negated", True
    if held == "expected" and own == "possible" and table.stances.get(lemma) != "expect":
        return own, polarity  # "could be signed this year"
    if held and not (held == "asserted" and is_negated and stance not in table.firm):
        return held, polarity
    if head is None and is_negated:
        return "negated", polarity
    return ("future" if stance in table.coming and own == "asserted" else own), polarity


def _of_a_thing(matter: Matter, stance: str) -> bool:
    """ "questioned the vote", "offered his services": no clause, so nothing that is left open."""
    if matter.head is not None or "?" in matter.words or matter.words[0] in _OPEN:
        return False
    return stance == "question" or (stance == "propose" and matter.attribution.lemma == "offer")


def left_open(matter: Matter) -> bool:
    """ "could not say whether", "did not specify if"."""
    verb = matter.attribution.verb
    return verb is not None and verb.negated and matter.words[:1] in {("whether",), ("if",)}


def _supposes(matter: Matter) -> bool:
    """ "any attack would be answered", "adopting it would kill the deal": what comes if it is done."""
    head, words = matter.head, matter.words
    if head is None or head.subject is None:
        return False
    if "would" not in matter.analysis.document.lowers(Range(head.verb.first, head.verb.main)):
        return False
    first = next(iter(matter.attribution.content)).first
    act = next(iter(matter.analysis.verbs_in(Range(first, first + 1))), None)
    return words[0] in _SUPPOSING or "failure" in words[:2] or (act is not None and act.form == "gerund")


def _fails(head: Head) -> bool:
    """ "failed to meet", "refused to recognise": what did not take place."""
    return head.verb.lemma in _FAILING and bool(head.chain)


def opens_negated(matter: Matter) -> bool:
    """Words without a clause that begin with a negation: "Not with us"."""
    return not grammar().negatives.isdisjoint(matter.words[:2])


def _of_phrase(matter: Matter, stance: str) -> str:
    """Words without a clause: "to fight" is to come, "the need for" is due, "the prospects for" may be."""
    table, words = stance_table().must, matter.words
    opening = [word for word in words[:6] if word not in grammar().determiners]
    if opening[:1] == ["to"]:  # "vowed to fight"; "was ready to fight" tells of now
        lemma = matter.attribution.lemma
        return "asserted" if lemma.startswith("be ") or lemma == "agree" else "future"
    if stance == "announce" and not _FORTHCOMING.isdisjoint(opening):
        return "future"
    modal = modality_of_helpers([t.lower for t in _plain(matter)])
    if modal != "asserted":
        return modal
    if stance not in verb_table().held and not table.chance.isdisjoint(opening[:2]):
        return "possible"
    return "necessary" if not table.need.isdisjoint(opening[:2]) else "asserted"


def _plain(matter: Matter) -> Iterator[Token]:
    """The tokens that are written small: "May" is a month."""
    tokens = matter.analysis.document.tokens
    return (
        t for part in matter.attribution.content for t in tokens[part.first : part.last] if t.text.islower()
    )
