"""Verbs in a text, from the table `verbs.toml`: which tokens are verbs, of what form, negated or modal."""

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.reading.document import Document, Range
from kg.reading.grammar import grammar
from kg.reading.references import References

_BE = frozenset({"be", "is", "are", "was", "were", "been", "being", "am", "’re", "'re"})
_HAVE = frozenset({"have", "has", "had", "having", "’ve", "'ve"})
_DO = frozenset({"do", "does", "did"})


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb group: tokens [first, last) from its first helper to its particle; `main` is the verb itself."""

    lemma: str
    main: int
    range: Range
    form: str  # finite, passive, infinitive, gerund, participle
    negated: bool
    modality: str  # asserted, possible, future, necessary

    @property
    def first(self) -> int:
        return self.range.first

    @property
    def last(self) -> int:
        return self.range.last


@dataclass(frozen=True)
class VerbTable:
    """The file `verbs.toml`, turned round for look-up; lemmas may carry a particle ("pull out")."""

    forms: dict[str, tuple[str, frozenset[str]]]  # form → lemma and tags: base, s, past, participle, ing
    stances: dict[str, str]
    relations: dict[str, str]
    events: dict[str, tuple[str, str | None]]
    particles: dict[str, tuple[tuple[str, ...], ...]]
    noun_content: frozenset[str]
    clause_only: frozenset[str]
    nouns: frozenset[str]
    blame_positive: frozenset[str]
    blame_negative: frozenset[str]
    light: frozenset[str]
    light_nouns: dict[str, str]


def inflections(lemma: str, irregular: list[str]) -> dict[str, frozenset[str]]:
    """The forms of a verb with their tags; regular spelling where the table gives nothing else."""
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    y_stem = lemma[:-1] + "i" if re.search(r"[^aeiou]y$", lemma) else None
    past = irregular[0] if irregular else (f"{y_stem or stem}ed")
    participle = irregular[1] if len(irregular) > 1 else past
    ing = irregular[2] if len(irregular) > 2 else ("lying" if lemma == "lie" else f"{stem}ing")
    sibilant = re.search(r"(s|x|z|ch|sh|o)$", lemma)
    third = (
        irregular[3]
        if len(irregular) > 3
        else f"{y_stem}es"
        if y_stem
        else f"{lemma}es"
        if sibilant
        else f"{lemma}s"
    )
    found: dict[str, set[str]] = defaultdict(set)
    for form, tag in (
        (lemma, "base"),
        (third, "s"),
        (past, "past"),
        (participle, "participle"),
        (ing, "ing"),
    ):
        found[form].add(tag)
    for extra in irregular[4:]:
        found[extra] |= {"ing"} if extra.endswith("ing") else {"past", "participle"}
    return {form: frozenset(tags) for form, tags in found.items()}


@cache
def verb_table() -> VerbTable:
    """The table, read once."""
    data = tomllib.loads(files("kg.reading").joinpath("verbs.toml").read_text("utf-8"))
    stances = {lemma: stance for stance, lemmas in data["cues"].items() for lemma in lemmas}
    relations: dict[str, str] = {}
    for relation, lemmas in data["relations"].items():
        for lemma in lemmas:
            relations.setdefault(lemma, relation)
    events = {
        lemma: (kind, row.get("code")) for kind, row in data["events"].items() for lemma in row["verbs"]
    }
    lemmas = {*stances, *relations, *events, *data["light"]["verbs"], *data["other"]["verbs"]}
    particles: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for lemma in sorted(lemmas, key=lambda text: -len(text.split())):
        head, *rest = lemma.split()
        if rest:
            particles[head].append(tuple(rest))
    forms: dict[str, tuple[str, frozenset[str]]] = {}
    for head in sorted({lemma.split()[0] for lemma in lemmas}):
        for form, tags in inflections(head, data["irregular"].get(head, [])).items():
            known = forms.get(form)
            forms[form] = (known[0], known[1] | tags) if known else (head, tags)
    return VerbTable(
        forms, stances, relations, events, {k: tuple(v) for k, v in particles.items()},
        frozenset(data["noun_content"]["verbs"]), frozenset(data["clause_only"]["verbs"]),
        frozenset(data["nouns"]["forms"]), frozenset(data["blame"]["positive"]), frozenset(data["blame"]["negative"]),
        frozenset(data["light"]["verbs"]), data["light"]["nouns"],
    )  # fmt: skip


def find_verbs(document: Document, references: References) -> tuple[Verb, ...]:
    """Every verb group whose main verb the table knows, in order."""
    table = verb_table()
    found = []
    for token in document.tokens:
        entry = table.forms.get(token.lower)
        if entry and references.at(token.index) is None:
            verb = _verb(document, references, token.index, *entry)
            if verb:
                found.append(verb)
    return tuple(found)


def _verb(
    document: Document, references: References, main: int, head: str, tags: frozenset[str]
) -> Verb | None:
    first = _group_start(document, main)
    helpers = [document.tokens[i].lower for i in range(first, main)]
    form = _form(document, references, main, first, helpers, tags)
    if form is None:
        return None
    lemma, last = _with_particle(document, head, main)
    words = grammar()
    negated = any(helper in words.negations for helper in helpers)
    return Verb(lemma, main, Range(first, last), form, negated, _modality(helpers))


def _group_start(document: Document, main: int) -> int:
    """The first helper of the group; adverbs before it belong only if a helper stands before them."""
    sentence = document.sentence(main)
    words = grammar()
    first = main
    for index in range(main - 1, sentence.first - 1, -1):
        lower = document.tokens[index].lower
        if lower not in words.helpers and not (lower.endswith("ly") and lower not in words.prepositions):
            # An opening quotation mark may cut a verb group: `did "not fulfill"`.
            if not (
                lower in {'"', "“", "‘"}
                and index > sentence.first
                and document.tokens[index - 1].lower in words.helpers
            ):
                break
        elif lower in words.modals | words.auxiliaries | words.negations:
            first = index
    return first


def _form(
    document: Document,
    references: References,
    main: int,
    first: int,
    helpers: list[str],
    tags: frozenset[str],
) -> str | None:
    """The verb's form from its helpers and the word before it; None where the token is more likely a noun."""
    token = document.tokens[main]
    words = grammar()
    initial = first == document.sentence(main).first or document.tokens[first - 1].text in {
        '"',
        "“",
        "‘",
        ":",
    }
    if token.text[0].isupper() and not (initial and tags & {"ing"}):
        return None
    edge = _before_adverbs(document, first)
    before = document.tokens[edge].lower if edge >= document.sentence(main).first else ""
    if "to" in helpers and "base" in tags:
        return "infinitive"
    if any(h in _BE for h in helpers) and tags & {"participle", "ing"}:
        return "passive" if "participle" in tags else "finite"
    if any(h in words.modals | _DO | _HAVE | {"ca"} for h in helpers):
        return "finite"
    if before == "-" and document.tokens[main - 1].end == token.start:
        return "participle"  # "Russian-brokered"
    nominal = before in words.determiners - {"that", "both", "all"} or before in words.possessive_marks
    if "ing" in tags:
        return (
            "gerund"
            if before in words.prepositions or (not nominal and before not in words.determiners)
            else None
        )
    if nominal or before in words.prepositions - {"that", "as", "after", "before", "since", "until"}:
        return None
    subject = edge >= 0 and _may_be_subject(document, references, edge)
    after = document.tokens[main + 1].lower if main + 1 < len(document.tokens) else ""
    determined = before == "," and after in words.determiners  # "X, he said, supports the …"
    goes_on = edge < first - 1 or determined or _takes_object(document, references, main + 1)
    subject = subject or (before in {"and", ","} and goes_on)
    if token.lower in words.official_nouns or token.lower in verb_table().nouns:
        return "finite" if subject else None
    if "base" in tags and not tags & {"past"} and not subject:
        return None
    if tags == frozenset({"participle"}) or ("participle" in tags and _reduced(document, main)):
        return "participle"
    return "finite"


def _before_adverbs(document: Document, first: int) -> int:
    """The word before a verb group, past adverbs and "each": "the two each mediate", "then ends"."""
    index = first - 1
    while index >= 0 and document.tokens[index].lower in grammar().adverbs | {"each", "all", "both"}:
        index -= 1
    return index


def _reduced(document: Document, main: int) -> bool:
    """ "talks mediated separately by X": a participle with its agent, and no helper."""
    tokens = document.tokens
    index = main + 1
    while index < len(tokens) and (
        tokens[index].lower in grammar().adverbs or tokens[index].lower.endswith("ly")
    ):
        index += 1
    return index < len(tokens) and tokens[index].lower == "by"


def _may_be_subject(document: Document, references: References, index: int) -> bool:
    lower = document.tokens[index].lower
    words = grammar()
    if lower in words.pronouns_person | words.pronouns_thing | words.pronouns_plural | {
        "who",
        "which",
        "that",
        "we",
        "i",
    }:
        return True
    reference = references.at(index)
    return reference is not None and not reference.adjective


def _takes_object(document: Document, references: References, index: int) -> bool:
    """ "and covers Georgia": a name right behind, after an article if there is one."""
    if index < len(document.tokens) and document.tokens[index].lower == "the":
        index += 1
    reference = references.at(index) if index < len(document.tokens) else None
    return reference is not None and not reference.adjective


def _with_particle(document: Document, head: str, main: int) -> tuple[str, int]:
    """The lemma with its particle, if one follows ("point out"), and the end of the group."""
    for rest in verb_table().particles.get(head, ()):
        last = main + 1 + len(rest)
        if tuple(document.lowers(Range(main + 1, min(last, len(document.tokens))))) == rest:
            return " ".join((head, *rest)), last
    return head, main + 1


def _modality(helpers: list[str]) -> str:
    words = grammar()
    for name, modals in (
        ("possible", words.modals_possible),
        ("future", words.modals_future),
        ("necessary", words.modals_necessary),
    ):
        if any(helper in modals for helper in helpers):
            return name
    return "asserted"
