"""The stance, modality and polarity of a statement, from its reporting verb and its content."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.boundaries import clause_start
from kg.reading.clauses.phrases import phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.speech.attribution import Attribution
from kg.reading.statements.context import Context
from kg.reading.statements.propositions import Clause
from kg.reading.verbs.groups import Verb, modality_of_helpers
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table


def stance_of(
    context: Context,
    attribution: Attribution,
    main: list[Clause],
    speakers: tuple[str, ...],
    conditional: bool,
) -> str:
    """The reporting verb's stance, sharpened by what is said: blame accuses, backing supports."""
    table = verb_table()
    adjective = table.attitudes.get(attribution.lemma.removeprefix("be "))
    stance = (
        adjective or _voiced(context.analysis, attribution) or table.stances.get(attribution.lemma, "assert")
    )
    if attribution.lemma == "want" and any(c.proposition.predicate != "says" for c in main):
        return "request"  # somebody is to do something
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
    if any(c.proposition.predicate == "causes" for c in main):
        return "explain"
    return (
        _by_content(context.analysis, attribution, own) if stance == "assert" and not conditional else stance
    )


def _by_content(analysis: Analysis, attribution: Attribution, own: set[str]) -> str:
    """What somebody does by merely "saying" it: "we will not come" refuses, "they must leave" demands."""
    verb, table = _main_verb(analysis, attribution), verb_table()
    words = set(_words(analysis, attribution))
    if verb is not None:
        subject = subject_of(analysis, verb)
        mine = subject is not None and (
            any(r.key in own for r in subject.references)
            or analysis.document.tokens[subject.head].lower in grammar().pronouns_own
        )
        if verb.modality == "future" and verb.negated and mine:
            return "refuse"
        if verb.modality == "future" and not verb.negated:
            planned = verb.lemma in table.uses.acting or verb.lemma in table.uses.announcing
            return "promise" if mine and not planned else "announce" if planned else "predict"
        if verb.modality == "necessary" and not mine and "must" in words:
            return "demand"
    if not noun_table().speech.blame.isdisjoint(words):
        return "criticise"
    return "assert"


def _voiced(analysis: Analysis, attribution: Attribution) -> str | None:
    """ "expressed hope that": the stance that the first noun behind a voicing verb names."""
    table = verb_table()
    if attribution.lemma not in table.voicing or not attribution.content:
        return None
    part = attribution.content[0]
    quoted = analysis.document.quote_around(part.first) is not None
    phrase = None if quoted else phrase_at(analysis, part.first, part.last)
    words = analysis.document.lowers(phrase.range) if phrase else []
    return next((table.voiced[word] for word in words if word in table.voiced), None)


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
    analysis: Analysis, attribution: Attribution, stance: str, main: list[Clause], conditional: bool
) -> tuple[str, str]:
    """(modality, polarity): a condition first, then what the verb or stance decides, then the content.

    The content's own modality is that of its main verb; one that no modal marks is negated or asserted.
    """
    table, verb = verb_table(), _main_verb(analysis, attribution)
    negated = (verb.negated if verb else False) or _opens_negated(analysis, attribution)
    if main and not negated:
        negated = all(c.negated for c in main)
    modal = verb.modality if verb else "asserted"
    if modal == "asserted":
        modal = _loose_modality(analysis, attribution, verb)
    held = table.held.get(attribution.lemma) or table.held.get(stance)
    if stance == "demand" and modal == "necessary":
        held = modal
    if conditional:
        modality = "conditional"
    elif held:
        modality = "negated" if held == "asserted" and negated and stance != "accuse" else held
    elif modal != "asserted":
        modality = modal
    else:
        modality = "negated" if negated else "asserted"
    return modality, "negative" if negated else "positive"


def _main_verb(analysis: Analysis, attribution: Attribution) -> Verb | None:
    """The first finite verb of the content that stands in no subordinate clause."""
    found = [
        v for part in attribution.content for v in analysis.verbs_in(part) if v.form in {"finite", "passive"}
    ]
    return next((v for v in found if not _subordinate(analysis, attribution, v)), next(iter(found), None))


def _subordinate(analysis: Analysis, attribution: Attribution, verb: Verb) -> bool:
    """ "the army, which has not …", "when talks resumed": a relative or a conjunction opens its clause."""
    part = next(part for part in attribution.content if verb.main in part)
    start = clause_start(analysis, verb.first, part, verb.main)
    opener = analysis.document.tokens[start - 1].lower if start > part.first else ""
    relative = opener in grammar().relatives and start - 1 > part.first
    return relative or opener in grammar().subordinate_openers - {"but"}


def _opens_negated(analysis: Analysis, attribution: Attribution) -> bool:
    """Whether content is negative without a negated verb: by its first word, or as a denial of harm."""
    verb = _main_verb(analysis, attribution)
    opening = [
        token.lower
        for part in attribution.content
        for token in analysis.document.tokens[part.first : min(part.first + 5, part.last)]
        if verb is None or token.index < verb.main
    ]
    denied = _denies_harm(_words(analysis, attribution))
    return denied or not grammar().negatives.isdisjoint(opening)


def _loose_modality(analysis: Analysis, attribution: Attribution, verb: Verb | None) -> str:
    """A modal of content whose verbs no table lists ("May" is a month), an infinitive, or "possible"."""
    if verb is None:
        tokens = (t for part in attribution.content for t in analysis.document.tokens[part.first : part.last])
        modals = (modality_of_helpers([t.lower]) for t in tokens if t.text.islower())
        if modal := next((m for m in modals if m != "asserted"), None):
            return modal
        first = attribution.content[0].first if attribution.content else 0
        if analysis.document.tokens[first].lower == "to":
            return "future"  # "vowed to fight"
    return "possible" if "possible" in _words(analysis, attribution) else "asserted"
