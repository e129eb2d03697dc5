"""What the reader noticed and could not place."""

from collections.abc import Iterable

from kg.identifiers import digest, slug
from kg.model import Unread
from kg.reading.analysis import Analysis
from kg.reading.speech.attribution import Attribution
from kg.reading.statements.statements import Said
from kg.reading.text.tokens import Range


def unread_of(
    analysis: Analysis, attributions: list[Attribution], said: Said, unplaced: tuple[Range, ...]
) -> Iterable[Unread]:
    """Quotations without a speaker, unexplained pronouns, texts without an issuer, unnamed speakers."""
    held: set[int] = set()
    for attribution in attributions:
        held.update(*(range(part.first, part.last) for part in attribution.content))
    for quote in analysis.document.quotes:
        if quote.last - quote.first > 3 and held.isdisjoint(range(quote.first, quote.last)):
            yield _passage(analysis, quote, "a quotation without a speaker")
    for part in analysis.unresolved:
        yield _passage(analysis, part, "a pronoun that no person before it explains")
    for part in unplaced:
        yield _passage(analysis, part, "an official text whose issuer is not told")
    for number, attribution in enumerate(attributions):
        if number in said.of_attribution and not attribution.speaker.references and attribution.relay is None:
            yield _passage(analysis, attribution.speaker.range, "a speaker whom nothing names")


def _passage(analysis: Analysis, part: Range, reason: str) -> Unread:
    words = analysis.document.words(part)
    return Unread(
        f"unread/{slug(reason)}-{digest(analysis.source.key, reason, words, length=8)}",
        reason,
        analysis.spans(part),
    )
