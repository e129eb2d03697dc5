"""English verbs and their forms, from `verbs.tsv`, and what the rules know of some, from `verbs.toml`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.prepared import prepared
from kg.reading.words.events import event_table
from kg.reading.words.inflection import inflections
from kg.reading.words.stances import stance_table
from kg.reading.words.tables import WordClasses, lines, table

# Stances of phrases that nobody but somebody takes; "raised the prospect of" can be said of a war too.
_PERSONAL = frozenset({"praise", "criticise", "accuse", "support", "refuse", "promise", "expect"})
_OWNER = "~"
_POSSESSIVES = ("its", "his", "her", "their", "our", "my")


class VerbUses(WordClasses):
    """Lemmas that single rules ask for, by what they are used for."""

    acting: frozenset[str]
    refusing: frozenset[str]
    saying: frozenset[str]
    clausal: frozenset[str]
    personal: frozenset[str]
    including: frozenset[str]
    accusing: frozenset[str]
    addressing: frozenset[str]
    continuing: frozenset[str]
    framing: frozenset[str]
    naming: frozenset[str]
    said_not: frozenset[str]
    wishing: frozenset[str]
    holding: frozenset[str]
    passing_on: frozenset[str]
    going_on_to: frozenset[str]
    eager: frozenset[str]
    withholding: frozenset[str]
    deeds_in_the_past: frozenset[str]
    leaving_open: frozenset[str]
    leading_to: frozenset[str]
    needing_clause: frozenset[str]
    needing_that: frozenset[str]
    needing_to: frozenset[str]
    presenting: frozenset[str]
    presenting_now: frozenset[str]
    defending: frozenset[str]
    telling: frozenset[str]
    blaming: frozenset[str]
    naming_as: frozenset[str]
    ordering: frozenset[str]
    needing_as: frozenset[str]
    giving_grounds: frozenset[str]
    planning: frozenset[str]
    controlling: frozenset[str]
    causing: frozenset[str]
    joining: frozenset[str]
    leading_talks: frozenset[str]
    shuttling: frozenset[str]
    mediating: frozenset[str]
    offering: frozenset[str]
    stalling: frozenset[str]
    coming: frozenset[str]
    convening: frozenset[str]
    chairing: frozenset[str]
    hosting: frozenset[str]
    resuming: frozenset[str]
    negotiating: frozenset[str]
    sitting: frozenset[str]
    leaving: frozenset[str]
    entrusting: frozenset[str]
    concluding: frozenset[str]
    concluded: frozenset[str]
    apart: frozenset[str]


@dataclass(frozen=True)
class VerbTable:
    """Lemmas may carry a particle ("pull out")."""

    forms: dict[str, tuple[str, frozenset[str]]]  # form → lemma and tags: base, s, past, participle, ing
    stances: dict[str, str]
    beside: tuple[tuple[str, ...], ...]  # phrases that say something, of verbs that tell of an event as well
    relations: dict[str, str]
    particles: dict[str, tuple[tuple[str, ...], ...]]
    fixed: dict[str, str]  # stance → modality, whatever the words are
    held: dict[str, str]  # stance or verb → modality, unless a condition or a negation says otherwise
    firm: frozenset[str]  # stances that a negation does not touch
    coming: frozenset[str]  # stances whose content is to come
    voicing: frozenset[str]
    voiced: dict[str, str]  # noun → stance
    attitudes: dict[str, str]  # adjective → stance
    noun_content: frozenset[str]
    nouns: frozenset[str]
    blame_positive: frozenset[str]
    blame_negative: frozenset[str]
    light: frozenset[str]
    light_nouns: dict[str, str]
    uses: VerbUses

    @cached_property
    def words(self) -> frozenset[str]:
        """Every form of a verb."""
        return frozenset(self.forms)

    @cached_property
    def relating(self) -> frozenset[str]:
        """The verbs that state a relation, by themselves or by their object."""
        return self.light.union(self.relations)

    @cached_property
    def reporting(self) -> frozenset[str]:
        """The verbs that show a stance of whoever speaks."""
        return frozenset(self.stances)

    @cached_property
    def beside_heads(self) -> frozenset[str]:
        """The verbs of phrases that say something besides telling of an event."""
        return frozenset(phrase[0] for phrase in self.beside)

    @cached_property
    def attitude_words(self) -> frozenset[str]:
        """The adjectives that tell of an attitude."""
        return frozenset(self.attitudes)


@prepared
def verb_table() -> VerbTable:
    """The table, read once."""
    data = table("verbs.toml")
    of, that = (_phrases(rows) for rows in (table("speech-phrases.toml")[name] for name in ("of", "that")))
    stances = {lemma: stance for stance, lemmas in data["cues"].items() for lemma in lemmas} | of | that
    beside = _phrases(table("speech-phrases.toml")["beside"])
    relations = _relations(data["relations"])
    uses = data["uses"] | {
        "personal": {*data["uses"]["personal"], *(p for p, how in (of | that).items() if how in _PERSONAL)},
        "needing_that": {*data["uses"]["needing_that"], *that},
    }
    used = {lemma for lemmas in uses.values() for lemma in lemmas}
    lemmas = {*stances, *relations, *event_table().lemmas, *data["light"]["verbs"], *used}
    lemmas |= stance_table().lemmas
    verbs = tuple(_listed())
    return VerbTable(
        forms=_forms(verbs),
        stances=stances | beside,
        beside=tuple(tuple(phrase.split()) for phrase in beside),
        relations=relations,
        particles=_particles(lemmas),
        fixed=data["held"]["fixed"],
        held=data["held"]["usual"]
        | {name: how for how, verbs in data["held_by_verb"].items() for name in verbs},
        firm=frozenset(data["held"]["firm"]),
        coming=frozenset(data["held"]["coming"]),
        voicing=frozenset(data["voicing"]["verbs"]),
        voiced={noun: stance for stance, nouns in data["voicing"]["nouns"].items() for noun in nouns},
        attitudes={word: stance for stance, words in data["attitudes"].items() for word in words},
        noun_content=frozenset({*data["noun_content"]["verbs"], *of}),
        nouns=frozenset(form for verb in verbs for form in verb.nominal()),
        blame_positive=frozenset(data["blame"]["positive"]),
        blame_negative=frozenset(data["blame"]["negative"]),
        light=frozenset(data["light"]["verbs"]),
        light_nouns=data["light"]["nouns"],
        uses=VerbUses.of(uses),
    )


def _phrases(rows: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Phrase → stance, once for each possessive that "~" stands for."""
    return {
        phrase.replace(_OWNER, owner): stance
        for stance, phrases in rows.items()
        for phrase in phrases
        for owner in (_POSSESSIVES if _OWNER in phrase else ("",))
    }


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


@dataclass(frozen=True)
class _Verb:
    """One line of `verbs.tsv`."""

    lemma: str
    forms: dict[str, frozenset[str]]
    also: str

    def nominal(self) -> Iterator[str]:
        """The forms that are often nouns or adjectives."""
        for form, tags in self.forms.items():
            if ("base" in tags and "n" in self.also) or ("s" in tags and "s" in self.also):
                yield form


def _listed() -> Iterator[_Verb]:
    for line in lines("verbs.tsv"):
        lemma, irregular, also, *_ = [*line.split("\t"), "", ""]
        yield _Verb(lemma, inflections(lemma, irregular.split("/") if irregular else []), also)


def _forms(verbs: Iterable[_Verb]) -> dict[str, tuple[str, frozenset[str]]]:
    """Form → lemma and tags; a form of two verbs is of the one that it inflects ("found" of "find")."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for verb in verbs:
        for form, tags in verb.forms.items():
            known = found.get(form)
            lemma = verb.lemma if known is None or known[0] == form else known[0]
            found[form] = (lemma, known[1] | tags if known else tags)
    return found
