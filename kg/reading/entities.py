"""The actors and places of a text with their mentions, and the posts that people hold."""

from collections.abc import Iterable, Mapping

from kg.lexicon import Lexicon
from kg.model import Entity, Mention, Post, Span
from kg.posts import capitalised, post_key, post_label
from kg.reading.analysis import Analysis
from kg.reading.names.references import Reference
from kg.reading.words.nouns import noun_table

_NOT_ENTITIES = frozenset({"TransportCorridor", "NegotiationFormat"})


def labels_of(analysis: Analysis, lexicon: Lexicon) -> dict[str, str]:
    """The labels of the lexicon, and those of the things that only this text names."""
    local = {r.key: r.label for r in analysis.references.items if not r.known}
    return {**lexicon.labels, **local}


def entities_of(
    analysis: Analysis, labels: Mapping[str, str], types: Mapping[str, str], routes: Iterable[Span]
) -> Iterable[Entity]:
    """Each thing that the text refers to, with all its mentions; `types` are those of listed things.

    `routes` are the names that turned out to be those of routes: they name no place, and only describe one.
    """
    roads = {analysis.tokens_of(span) for span in routes}
    grouped: dict[str, list[Mention]] = {}
    kinds: dict[str, tuple[str, bool]] = {}
    for reference in analysis.references.items:
        if reference.type in _NOT_ENTITIES:
            continue
        road = reference.type == "Place" and not reference.known and reference.range in roads
        form = "description" if road or _names_pact(analysis, reference) else reference.form
        grouped.setdefault(reference.key, []).append(Mention(analysis.document.span(reference.range), form))
        kinds.setdefault(reference.key, (reference.type, reference.known))
    for key, implied in _implied(analysis).items():
        if key not in grouped and key in types:  # a local body may lie within a longer name by now
            grouped[key], kinds[key] = implied, (types[key], True)
    for key, mentions in grouped.items():
        yield Entity(
            key,
            kinds[key][0],
            labels.get(key, key),
            kinds[key][1],
            tuple(sorted(mentions, key=lambda m: m.span)),
        )


def served_entities(
    analysis: Analysis,
    told: Iterable[Entity],
    keys: Iterable[str],
    labels: Mapping[str, str],
    types: Mapping[str, str],
) -> Iterable[Entity]:
    """Those of the `keys` that no entity of the text has: listed bodies whom its people are known to serve.

    "Presidents X and Y signed a treaty" binds their states, which only the authority data name.
    """
    entities = tuple(told)
    lacking = {key for key in keys if key in types} - {entity.key for entity in entities}
    for key in sorted(lacking):
        people = (e for e in entities if key in analysis.served.get(e.key, ()))
        spans = sorted({mention.span for person in people for mention in person.mentions})
        if spans:
            yield Entity(key, types[key], labels[key], True, tuple(Mention(span, "role") for span in spans))


def _names_pact(analysis: Analysis, reference: Reference) -> bool:
    """ "the Algiers Accord": the town is only part of another name."""
    town = reference.type == "Place" or reference.form == "metonym"
    after = analysis.document.tokens[reference.range.last : reference.range.last + 1]
    named = any(token.text[0].isupper() and token.lower in noun_table().talks.pacts for token in after)
    return town and named


def _implied(analysis: Analysis) -> dict[str, list[Mention]]:
    """The bodies of held posts with the titles that imply them: "Pope" names no state, yet is of one."""
    found: dict[str, list[Mention]] = {}
    for appointment in analysis.appointments:
        if appointment.holder and appointment.of:
            mention = Mention(analysis.document.span(appointment.title), "role")
            found.setdefault(appointment.of, []).append(mention)
    return found


def posts_of(analysis: Analysis, labels: dict[str, str]) -> Iterable[Post]:
    """Each post whose holder the text tells."""
    for appointment in analysis.appointments:
        if appointment.holder is None:
            continue
        title, of = capitalised(appointment.words), appointment.of
        key, label = post_key(title, of), post_label(title, labels.get(of, of) if of else None)
        yield Post(key, label, title, of, appointment.holder.key, analysis.spans(appointment.evidence))
