"""The other names by which a route goes, as the text gives them."""

from collections.abc import Iterator

from kg.identifiers import digest, slug
from kg.model import AttributedLabel
from kg.reading.analysis import Analysis
from kg.reading.names.references import Reference
from kg.reading.text.tokens import Range
from kg.reading.words.nouns import noun_table


def aliases(analysis: Analysis, key: str, mention: Reference) -> Iterator[AttributedLabel]:
    """ "also called the Middle or East-West Corridor": the first of two names borrows the last word."""
    sentence = analysis.document.sentence(mention.range.first)
    tokens = analysis.document.tokens
    for index in range(sentence.first, sentence.last - 1):
        if tokens[index].lower not in noun_table().route.named:
            continue
        if not (
            mention.range.last <= index <= mention.range.last + 4
            or (index < mention.range.first and index - sentence.first <= 3)
        ):
            continue
        part = _names_after(analysis, index + 1, sentence, mention)
        for words, span in _split_names(analysis, part):
            yield AttributedLabel(
                f"label/{slug(words)}-{digest(analysis.source.key, key, words, length=8)}",
                words,
                key,
                None,
                analysis.spans(span),
            )


def _names_after(analysis: Analysis, index: int, sentence: Range, mention: Reference) -> Range:
    """The capitalised words behind "called", with the articles and "or" between them."""
    tokens = analysis.document.tokens
    while index < sentence.last and tokens[index].lower in {"as", "the", "a"}:
        index += 1
    last = index
    while (
        last < sentence.last
        and last not in mention.range
        and (tokens[last].text[0].isupper() or tokens[last].lower in {"or", "and", "the", "-", "–"})
    ):
        last += 1
    nouns = noun_table().route.nouns
    if index < last < sentence.last and tokens[last].lower in nouns and tokens[last - 1].lower not in nouns:
        last += 1  # "the North-South route"
    return Range(index, last)


def _split_names(analysis: Analysis, part: Range) -> list[tuple[str, Range]]:
    """Each name that "or" joins, with its words; one that lacks the head noun has the last one's."""
    tokens = analysis.document.tokens
    cuts = [i for i in range(part.first, part.last) if tokens[i].lower in {"or", "and"}]
    parts = [
        Range(a, b) for a, b in zip([part.first, *(c + 1 for c in cuts)], [*cuts, part.last], strict=True)
    ]
    parts = [Range(p.first + 1, p.last) if p and tokens[p.first].lower == "the" else p for p in parts]
    parts = [p for p in parts if p]
    if not parts:
        return []
    head = tokens[parts[-1].last - 1]
    nouns = noun_table().route.nouns
    named = []
    for piece in parts:
        words = analysis.document.words(piece)
        complete = tokens[piece.last - 1].lower in nouns or head.lower not in nouns
        named.append((words if complete else f"{words} {head.text}", piece))
    return named
