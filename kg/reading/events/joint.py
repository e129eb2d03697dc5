"""Those who act together before one noun: "Iraqi and Kurdish forces", "U.S. and British airstrikes"."""

from kg.reading.analysis import Analysis
from kg.reading.names.references import AGENTS, Reference
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar

_JOINING = frozenset({"and", ",", "&"})
_MOST = 4  # names in a row


def joint_start(analysis: Analysis, first: int, sentence: Range) -> int:
    """Where the names begin that "and" joins to the one at a token, if that only qualifies a noun."""
    for _ in range(_MOST):
        named, before = analysis.references.at(first), _joined_before(analysis, first, sentence)
        if named is None or before is None or not _qualifies(analysis, named):
            return first
        first = before.range.first
    return first


def _joined_before(analysis: Analysis, first: int, sentence: Range) -> Reference | None:
    """The state or group of which an adjective stands before "and"."""
    at = first - 1
    if at <= sentence.first or analysis.document.tokens[at].lower not in _JOINING:
        return None
    before = analysis.references.at(at - 1)
    fitting = before is not None and before.type in AGENTS - {"Person"} and before.range.last == at
    return before if before and fitting and (before.adjective or _abbreviated(analysis, before)) else None


def _abbreviated(analysis: Analysis, reference: Reference) -> bool:
    """ "U.S.", "UN", "NATO", which qualify as they are."""
    return analysis.document.tokens[reference.range.first].text.isupper() or "." in reference.label


def _qualifies(analysis: Analysis, reference: Reference) -> bool:
    """Whether a common noun follows the name."""
    tokens, last = analysis.document.tokens, reference.range.last
    plain = last < len(tokens) and tokens[last].text.islower() and tokens[last].text.isalpha()
    return plain and tokens[last].lower not in grammar().closed and reference.type != "Person"
