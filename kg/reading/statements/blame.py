"""Whether words lay something at somebody's door, and whether they deny what was laid at their own."""

import itertools
from collections.abc import Sequence

from kg.reading.statements.heads import Head
from kg.reading.statements.matter import Matter
from kg.reading.statements.modality import is_to_come, modality_of_head, negated
from kg.reading.statements.propositions import Clause
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.stances import stance_table
from kg.reading.words.verbs import verb_table

_NOTHING_TO_DO = ("nothing", "to", "do", "with")
_KEPT = frozenset({"break", "violate", "breach", "flout", "undermine"})  # "the truce has been broken"
_NEAR = 6  # words behind a verb in which its object stands
_ADMITTING = frozenset({"admit", "acknowledge", "concede", "confess"})
_NEVER = frozenset({"never"})


def blames(matter: Matter) -> bool:
    """Somebody other than the speaker is said to do wrong, or not to do what is due."""
    if matter.conditional:
        return False
    called = matter.head is None and verb_table().stances.get(matter.attribution.lemma) == "describe"
    if called and (_breach(matter.words) or not stance_table().blame.names.isdisjoint(matter.words)):
        return True  # "called the raid a breach", "called them terrorists"
    return any(_blamed_by(matter, clause) for clause in matter.main) or any(
        _wrongs(matter, head) for head in matter.heads if head.joined
    )


def _blamed_by(matter: Matter, clause: Clause) -> bool:
    """A relation that puts blame on its subject."""
    made, table = clause.proposition, verb_table()
    kind = made.subject.split("/")[0]
    first = matter.head  # "Indian forces" are the Indian army's own, though they are told as India
    if first and first.verb.first in clause.part and matter.is_own(first.subject):
        return False
    if made.subject in matter.own or kind not in {"state", "person", "organisation", "group"}:
        return False
    if clause.modality != "asserted" or _only_reports(matter):
        return False
    if not stance_table().blame.struck.isdisjoint(matter.analysis.document.lowers(clause.part)[:5]):
        return False  # "struck a deal"
    return made.predicate in (table.blame_negative if made.polarity == "negative" else table.blame_positive)


def _wrongs(matter: Matter, head: Head) -> bool:
    """The clause tells of a wrong that somebody else does, as a fact."""
    if modality_of_head(matter, head) not in {"asserted", "negated"}:
        return False
    words = stance_table().blame
    if not matter.is_other(matter.agent(head)):
        return _undergone(matter, head) or _wrong_that_harms(matter, head)
    lemmas = {head.verb.lemma, *head.chain}
    if head.verb.lemma == "pose" and not stance_table().harm.perils.isdisjoint(matter.behind(head)[:_NEAR]):
        return True  # "the group poses a threat"
    if negated(matter, head):
        return not words.duties.isdisjoint(lemmas)
    behind = matter.behind(head)
    if head.verb.lemma == "blame":
        return head.verb.form == "infinitive"  # "is to blame"
    if head.verb.lemma == "be":
        return not words.guilty.isdisjoint(behind) or _breach(behind)
    if head.verb.lemma == "strike" and not words.struck.isdisjoint(behind[:4]):
        return False
    if words.verbs & lemmas or (words.light & lemmas and not words.wrongs.isdisjoint(behind)):
        return True
    if words.violence & lemmas:
        return not _only_reports(matter)
    armed = bool(words.arming & lemmas) and not words.arms.isdisjoint(behind[:_NEAR])
    return armed and not _to_speaker(matter, head)


def _undergone(matter: Matter, head: Head) -> bool:
    """ "they were abducted": told by those to whom it was done."""
    words, subject = stance_table().blame, head.subject
    if head.verb.form != "passive" or subject is None or negated(matter, head):
        return False
    told = matter.analysis.document.tokens[subject.head].lower in grammar().pronouns_plural | {"we", "i"}
    return told and matter.is_own(subject) and head.verb.lemma in words.violence | words.verbs


def _wrong_that_harms(matter: Matter, head: Head) -> bool:
    """ "the blockade prevented ships from docking", "the raid was a breach": a wrong as the subject.

    Or anybody is held responsible.
    """
    if negated(matter, head):
        return False
    noun, words = _subject(matter, head), stance_table().blame
    behind, lemma = matter.behind(head), head.verb.lemma
    if lemma == "hold" and not {"responsible", "accountable"}.isdisjoint(behind[:_NEAR]):
        return head.verb.form == "finite"
    if matter.is_own(head.subject):
        return False
    if lemma in stance_table().linking:
        return _breach(behind) or ("attack", "on") in itertools.pairwise(behind[:_NEAR])
    if head.verb.form == "passive":
        return lemma in _KEPT and noun in words.kept
    if head.verb.form != "finite":
        return False
    breaks = lemma in words.breaking and noun in words.deeds
    return breaks or (noun in words.wrongs and lemma in stance_table().appraisal.harming | words.breaking)


def _breach(words: Sequence[str]) -> bool:
    """ "a clear violation of"; "in violation of the law" says it of something else."""
    breaches, plain = stance_table().blame.breaches, [word for word in words if word.isalpha()]
    return any(word in breaches and before != "in" for before, word in itertools.pairwise(["", *plain]))


def _subject(matter: Matter, head: Head) -> str:
    """The head noun of the subject, or of the first clause's, in lower case; nothing where there is none."""
    subject = head.subject or (matter.head.subject if matter.head else None)
    return matter.analysis.document.tokens[subject.head].lower if subject else ""


def _only_reports(matter: Matter) -> bool:
    """Whether the speaker is unnamed or tells what others do: residents, monitors, the press."""
    speaker = matter.attribution.speaker
    words = matter.analysis.document.lowers(speaker.range)
    return not matter.speakers or not stance_table().who.reporting.isdisjoint(words)


def _to_speaker(matter: Matter, head: Head) -> bool:
    """ "sent weapons to us", "supplied Ukraine with missiles", told by Ukraine."""
    tokens = matter.analysis.document.tokens
    for index in range(head.verb.last, head.clause.last):
        if index > head.verb.last and tokens[index - 1].lower not in {"to", "for", "the"}:
            continue
        reference = matter.analysis.references.at(index)
        if tokens[index].lower in grammar().pronouns_own or (reference and reference.key in matter.own):
            return True
    return False


def denies(matter: Matter) -> bool:
    """The words say of a charge, or of what somebody claims, that it is not so."""
    if matter.conditional or matter.attribution.lemma in _ADMITTING:
        return False
    if _flatly(matter) or _no_harm(matter):
        return True
    head = matter.head
    if head is None:
        return not grammar().negatives.isdisjoint(matter.words[:1])  # "Not with us"
    behind = matter.behind(head)
    if head.verb.lemma == "be" and not negated(matter, head):
        return not stance_table().denial.untrue.isdisjoint(behind[:4])
    held = modality_of_head(matter, head) == "negated" and head.verb.modality == "asserted"
    if not held or is_to_come(matter, head):
        return False
    return _claimed(matter, head, behind) if _own_or_nobody(matter, head) else _untrue(matter, head, behind)


def _flatly(matter: Matter) -> bool:
    """ "had nothing to do with"."""
    if matter.head is None:
        return False
    first = matter.head.verb.last
    words = tuple(matter.analysis.document.lowers(Range(first, first + len(_NOTHING_TO_DO) + 1)))
    return _NOTHING_TO_DO in {words[:-1], words[1:]}


def _no_harm(matter: Matter) -> bool:
    """ "no harm had been done to civilians": harm that is said to be none."""
    head = matter.head
    if head is None or modality_of_head(matter, head) != "negated" or head.verb.modality != "asserted":
        return False
    subject = head.subject.range if head.subject else Range(head.clause.first, head.clause.first)
    first = min(subject.first, head.clause.first)
    words = matter.analysis.document.lowers(Range(first, head.clause.last))
    return not noun_table().speech.harm.isdisjoint(words) and not matter.is_other(head.subject)


def _own_or_nobody(matter: Matter, head: Head) -> bool:
    """The speaker's own side, or "there", "it" and things."""
    return not matter.is_other(head.subject)


def _untrue(matter: Matter, head: Head, behind: list[str]) -> bool:
    """ "these claims are not true": told of what others say."""
    return head.verb.lemma == "be" and "true" in behind[:3]


def _claimed(matter: Matter, head: Head, behind: list[str]) -> bool:
    """What the speaker's side has not done, or is not, is a wrong or what others claim."""
    table, lemmas = stance_table(), {head.verb.lemma, *head.chain}
    if head.verb.lemma == "be":
        own = matter.is_own(head.subject)
        return (
            "true" in behind[:2]
            or not table.denial.results.isdisjoint(behind[:3])
            or (own and not table.denial.true.isdisjoint(behind[:4]))
            or _no(matter, head)
        )
    wanted = head.verb.lemma in table.plans.accepting
    if wanted or not matter.is_own(head.subject):
        return False
    if _did_not(matter, head):
        return True
    wrong = (table.blame.verbs | table.blame.violence | table.blame.arming) - {
        "support",
        "back",
    } | table.denial.verbs
    told = matter.analysis.document.lowers(Range(head.verb.first, head.verb.main))
    return bool(wrong & lemmas) or not _NEVER.isdisjoint(told) or _no(matter, head)


def _did_not(matter: Matter, head: Head) -> bool:
    """ "its troops had not moved", "he did not have them in mind": told as past by somebody else."""
    told = matter.analysis.document.lowers(Range(head.verb.first, head.verb.main))
    quoted = matter.analysis.document.quote_around(head.verb.main) is not None
    past = not {"did", "had", "has"}.isdisjoint(told) and "yet" not in told
    return past and not quoted and head.verb.lemma not in stance_table().who.thinking


def _no(matter: Matter, head: Head) -> bool:
    """ "there is no evidence", "has made no agreements": none of what somebody may claim."""
    words = matter.behind(head)
    negatives = [i for i, word in enumerate(words[:4]) if word in {"no", "not", "any", "nothing"}]
    if "nothing" in words[:1]:
        return True
    claims = stance_table().denial.claims
    return any(not claims.isdisjoint(words[i + 1 : i + 3]) for i in negatives)
