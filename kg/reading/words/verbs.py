"""The verbs that the rules know, from `verbs.toml`, turned round for look-up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg.reading.words.inflection import inflections
from kg.reading.words.tables import WordClasses, table


@dataclass(frozen=True)
class VerbUses(WordClasses):
    """Lemmas that single rules ask for, by what they are used for."""

    including: frozenset[str]
    accusing: frozenset[str]
    addressing: frozenset[str]
    continuing: frozenset[str]
    framing: frozenset[str]
    naming: frozenset[str]
    said_not: frozenset[str]
    wishing: frozenset[str]
    giving_grounds: frozenset[str]
    planning: frozenset[str]
    controlling: frozenset[str]
    causing: frozenset[str]
    joining: frozenset[str]
    leading_talks: frozenset[str]
    mediating: frozenset[str]
    concluding: frozenset[str]


@dataclass(frozen=True)
class VerbTable:
    """Lemmas may carry a particle ("pull out")."""

    forms: dict[str, tuple[str, frozenset[str]]]  # form → lemma and tags: base, s, past, participle, ing
    stances: dict[str, str]
    relations: dict[str, str]
    events: dict[str, tuple[str, str | None]]  # lemma → class of the events module, PLOVER code
    particles: dict[str, tuple[tuple[str, ...], ...]]
    noun_content: frozenset[str]
    nouns: frozenset[str]
    blame_positive: frozenset[str]
    blame_negative: frozenset[str]
    light: frozenset[str]
    light_nouns: dict[str, str]
    uses: VerbUses


@cache
def verb_table() -> VerbTable:
    """The table, read once."""
    data = table("verbs.toml")
    stances = {lemma: stance for stance, lemmas in data["cues"].items() for lemma in lemmas}
    relations = _relations(data["relations"])
    events = {
        lemma: (kind, row.get("code")) for kind, row in data["events"].items() for lemma in row["verbs"]
    }
    lemmas = {*stances, *relations, *events, *data["light"]["verbs"], *data["other"]["verbs"]}
    return VerbTable(
        forms=_forms(lemmas, data["irregular"]),
        stances=stances,
        relations=relations,
        events=events,
        particles=_particles(lemmas),
        noun_content=frozenset(data["noun_content"]["verbs"]),
        nouns=frozenset(data["nouns"]["forms"]),
        blame_positive=frozenset(data["blame"]["positive"]),
        blame_negative=frozenset(data["blame"]["negative"]),
        light=frozenset(data["light"]["verbs"]),
        light_nouns=data["light"]["nouns"],
        uses=VerbUses.of(data["uses"]),
    )


def _relations(rows: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Lemma → relation; of two relations with one verb the first in the file."""
    found: dict[str, str] = {}
    for relation, lemmas in rows.items():
        for lemma in lemmas:
            found.setdefault(lemma, relation)
    return found


def _particles(lemmas: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Verb → the particles that may follow it, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for lemma in sorted(lemmas, key=lambda text: (-len(text.split()), text)):
        head, *rest = lemma.split()
        if rest:
            found[head].append(tuple(rest))
    return {head: tuple(rests) for head, rests in found.items()}


def _forms(
    lemmas: Iterable[str], irregular: Mapping[str, list[str]]
) -> dict[str, tuple[str, frozenset[str]]]:
    """Form → lemma and tags; a form of two verbs keeps the first and the tags of both."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for head in sorted({lemma.split()[0] for lemma in lemmas}):
        for form, tags in inflections(head, irregular.get(head, [])).items():
            known = found.get(form)
            found[form] = (known[0], known[1] | tags) if known else (head, tags)
    return found
