"""Words by which content shows a stance or a modality, from `stances.toml`."""

from dataclasses import dataclass
from functools import cache, cached_property

from kg.reading.words.tables import WordClasses, table


class WhoWords(WordClasses):
    """Who does something, and whose it is."""

    actors: frozenset[str]
    of_states: frozenset[str]
    of_groups: frozenset[str]
    own_heads: frozenset[str]
    thinking: frozenset[str]
    reporting: frozenset[str]


class BlameWords(WordClasses):
    """Verbs and nouns that lay something at the door of whoever is their subject."""

    verbs: frozenset[str]
    violence: frozenset[str]
    light: frozenset[str]
    wrongs: frozenset[str]
    arming: frozenset[str]
    arms: frozenset[str]
    duties: frozenset[str]
    guilty: frozenset[str]
    struck: frozenset[str]
    deeds: frozenset[str]
    breaking: frozenset[str]
    breaches: frozenset[str]
    kept: frozenset[str]
    names: frozenset[str]


class DenialWords(WordClasses):
    """What is denied, and how a claim is called untrue."""

    claims: frozenset[str]
    verbs: frozenset[str]
    untrue: frozenset[str]
    results: frozenset[str]
    true: frozenset[str]


class AppraisalWords(WordClasses):
    """Words that speak well or ill of something."""

    good: frozenset[str]
    bad: frozenset[str]
    charging: frozenset[str]
    blaming: frozenset[str]
    wanting: frozenset[str]
    labels: frozenset[str]
    harming: frozenset[str]
    manner: frozenset[str]
    honours: frozenset[str]
    weighty: frozenset[str]
    news: frozenset[str]


class PlanWords(WordClasses):
    """What is planned, offered or hoped for."""

    meetings: frozenset[str]
    beginning: frozenset[str]
    scheduled: frozenset[str]
    intending: frozenset[str]
    helping: frozenset[str]
    outcomes: frozenset[str]
    accepting: frozenset[str]
    yielding: frozenset[str]
    scheduling: frozenset[str]
    pledging: frozenset[str]
    deciding: frozenset[str]
    handling: frozenset[str]
    agreeing: frozenset[str]
    committing: frozenset[str]
    unyielding: frozenset[str]
    aims: frozenset[str]


class HarmWords(WordClasses):
    """What warnings speak of."""

    threats: frozenset[str]
    perils: frozenset[str]
    facing: frozenset[str]
    conditional: frozenset[str]
    ends: frozenset[str]


class MustWords(WordClasses):
    """Words other than modal verbs for what has to be and what may be."""

    necessary: frozenset[str]
    possible: frozenset[str]
    need: frozenset[str]
    chance: frozenset[str]
    perhaps: frozenset[str]
    ways: frozenset[str]


class ConditionWords(WordClasses):
    """What opens a condition, and what "if" opens none after."""

    openers: frozenset[str]
    phrases: frozenset[str]
    no_condition_after: frozenset[str]
    no_condition_before: frozenset[str]

    @cached_property
    def starting(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """The phrases as words, by the first."""
        found: dict[str, tuple[tuple[str, ...], ...]] = {}
        for phrase in sorted(self.phrases):
            words = tuple(phrase.split())
            found[words[0]] = (*found.get(words[0], ()), words)
        return found


@dataclass(frozen=True)
class StanceTable:
    """The file, one value a table."""

    who: WhoWords
    blame: BlameWords
    denial: DenialWords
    appraisal: AppraisalWords
    plans: PlanWords
    harm: HarmWords
    must: MustWords
    conditions: ConditionWords
    reasons: frozenset[str]
    linking: frozenset[str]

    @property
    def lemmas(self) -> frozenset[str]:
        """The verbs among the words, some of which carry a particle."""
        blame, plans = self.blame, self.plans
        return blame.verbs | blame.violence | blame.light | blame.duties | plans.beginning | plans.unyielding


@cache
def stance_table() -> StanceTable:
    """The table, read once."""
    data = table("stances.toml")
    return StanceTable(
        who=WhoWords.of(data["who"]),
        blame=BlameWords.of(data["blame"]),
        denial=DenialWords.of(data["denial"]),
        appraisal=AppraisalWords.of(data["appraisal"]),
        plans=PlanWords.of(data["plans"]),
        harm=HarmWords.of(data["harm"]),
        must=MustWords.of(data["must"]),
        conditions=ConditionWords.of(data["conditions"]),
        reasons=frozenset(data["reasons"]["words"]),
        linking=frozenset(data["linking"]["verbs"]),
    )
