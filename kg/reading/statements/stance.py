"""The stance, modality and polarity of a statement, from its reporting verb and its content."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.speech.attribution import Attribution
from kg.reading.statements.context import Context
from kg.reading.statements.propositions import Clause
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import modality_of_helpers
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table


def stance_of(
    context: Context, attribution: Attribution, main: list[Clause], speakers: tuple[str, ...]
) -> str:
    """The reporting verb's stance, sharpened by what is said: blame accuses, backing supports."""
    stance = verb_table().stances.get(attribution.lemma, "assert")
    if attribution.lemma == "want" and not any(c.proposition.predicate != "says" for c in main):
        return "seek"  # a thing is wanted, nobody is asked to do anything
    if stance not in {"assert", "describe", "explain", "criticise"}:
        return stance
    own = {*speakers, *(context.analysis.employers.get(key, "") for key in speakers)}
    if any(_blames(clause, own) for clause in main):
        return "accuse"
    if any(_backs(clause, own) for clause in main):
        return "support"
    words = _words(context.analysis, attribution)
    if _denies_harm(words):
        return "deny"
    if stance == "describe" and not noun_table().speech.praise.isdisjoint(words):
        return "praise"
    return "explain" if any(c.proposition.predicate == "causes" for c in main) else stance


def _backs(clause: Clause, own: set[str]) -> bool:
    made = clause.proposition
    return made.predicate == "supports" and made.subject in own and not clause.negated


def _denies_harm(words: list[str]) -> bool:
    return not grammar().negatives.isdisjoint(words) and not noun_table().speech.harm.isdisjoint(words)


def _words(analysis: Analysis, attribution: Attribution) -> list[str]:
    return [word for part in attribution.content for word in analysis.document.lowers(part)]


def _blames(clause: Clause, own: set[str]) -> bool:
    made = clause.proposition
    if made.subject in own or made.subject.split("/")[0] not in {"state", "person", "organisation", "group"}:
        return False
    table = verb_table()
    if clause.modality != "asserted":
        return False
    return made.predicate in (table.blame_negative if made.polarity == "negative" else table.blame_positive)


def modality_of(
    analysis: Analysis, attribution: Attribution, main: list[Clause], conditional: bool
) -> tuple[str, str]:
    """(modality, polarity) of the whole: a condition first, then the main verb's modal, then a negation."""
    negated = all(c.negated for c in main) if main else _opens_negated(analysis, attribution)
    modal = main[0].modality if main else _loose_modality(analysis, attribution)
    if conditional:
        modality = "conditional"
    elif modal != "asserted":
        modality = modal
    else:
        modality = "negated" if negated else "asserted"
    return modality, "negative" if negated else "positive"


def _opens_negated(analysis: Analysis, attribution: Attribution) -> bool:
    """Whether content that no rule analyses is negative: at its start, or as a denial of harm."""
    opening = [word for part in attribution.content for word in analysis.document.lowers(part)[:4]]
    denied = _denies_harm(_words(analysis, attribution))
    return denied or not grammar().negatives.isdisjoint(opening)


def _modals(analysis: Analysis, part: Range) -> Iterator[str]:
    """The modals of a range whose verbs no table lists; "May" is a month."""
    for token in analysis.document.tokens[part.first : part.last]:
        if token.text.islower() and (modality := modality_of_helpers([token.lower])) != "asserted":
            yield modality


def _loose_modality(analysis: Analysis, attribution: Attribution) -> str:
    """The first modal of content that no rule analyses."""
    verbs = (verb for part in attribution.content for verb in analysis.verbs_in(part))
    modal = next((verb.modality for verb in verbs if verb.modality != "asserted"), None)
    modal = modal or next((m for part in attribution.content for m in _modals(analysis, part)), None)
    possible = "possible" if "possible" in _words(analysis, attribution) else "asserted"
    return modal or possible
