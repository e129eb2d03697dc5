"""The forms of English verbs and the numbers of nouns: regular, but for what the table of verbs excepts."""

import re
from collections import defaultdict


def inflections(lemma: str, irregular: list[str]) -> dict[str, frozenset[str]]:
    """The forms of a verb with their tags; `irregular`: past, participle, -ing, third person, others."""
    regular = _regular(lemma)
    past = irregular[0] if irregular else regular["past"]
    named = {"base": lemma, **regular, "past": past, "participle": past}
    named.update(zip(("past", "participle", "ing", "s"), irregular, strict=False))
    found: dict[str, set[str]] = defaultdict(set)
    for tag, form in named.items():
        found[form].add(tag)
    for extra in irregular[4:]:
        found[extra] |= {"ing"} if extra.endswith("ing") else {"past", "participle"}
    return {form: frozenset(tags) for form, tags in found.items()}


def _regular(lemma: str) -> dict[str, str]:
    """Past, -ing and third person by the rules of spelling."""
    stem = lemma.removesuffix("e")
    y_stem = lemma[:-1] + "i" if re.search(r"[^aeiou]y$", lemma) else None
    sibilant = re.search(r"(s|x|z|ch|sh|o)$", lemma)
    third = f"{y_stem or lemma}es" if y_stem or sibilant else f"{lemma}s"
    return {"past": f"{y_stem or stem}ed", "ing": f"{stem}ing", "s": third}


def numbers(noun: str) -> frozenset[str]:
    """A noun and, by the rules of spelling, its plural or singular: "port" with "ports"."""
    sibilant = re.search(r"(sh|ch|x|ss)$", noun)
    if len(noun) < 3 or not noun.isalpha():
        return frozenset({noun})
    if noun.endswith("ies"):
        return frozenset({noun, noun[:-3] + "y"})
    if noun.endswith("s") and not sibilant:
        return frozenset({noun, re.sub(r"(?<=sh|ch|ss)e$|(?<=x)e$", "", noun[:-1])})
    plural = _regular(noun)["s"] if sibilant or noun.endswith("y") else noun + "s"
    return frozenset({noun, plural})
