"""Where a text speaks of negotiations: the noun phrase around "talks" and the like, and whom it names."""

from collections.abc import Iterable
from dataclasses import dataclass

from kg.reading.analysis import Analysis
from kg.reading.names.parties import SIDES
from kg.reading.names.references import Reference
from kg.reading.talks.attendance import attending
from kg.reading.talks.complements import TOPICS, about_end, behind_head, held_in, lasting, troubled
from kg.reading.talks.compounds import before_head, with_round
from kg.reading.talks.pairs import whole_pair
from kg.reading.talks.sides import bodies_of
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table

_TWO = 2
_HELD = 5  # words from who holds talks to the words for these
_TOPIC = 5  # words of what the talks are about


@dataclass(frozen=True, slots=True)
class Passage:
    """One noun phrase about talks; `kind` are the lower-case words before its head."""

    range: Range
    head: int
    sides: tuple[Reference, ...]  # empty where only the verb of "the five-party meeting" names one
    mediators: tuple[Reference, ...]
    kind: frozenset[str]
    place: Range | None  # the capitalised place in its name: "the Jeddah talks"
    wished: bool = False  # talks that somebody calls for, or that there are not
    several: bool = False  # more than two sit at the table
    round: bool = False  # "a new round of talks"
    open: bool = False  # "with X" without a word on who talks with X
    named: Reference | None = None  # the listed format that it names
    half: bool = False  # "between X and" somebody whom nobody knows


def find_passages(analysis: Analysis) -> list[Passage]:
    """Every noun phrase whose head is a word for talks, in the order of the text."""
    heads = noun_table().talks.heads | noun_table().talks.gatherings
    places: dict[int, Reference | None] = {
        index: None
        for index in analysis.document.positions(heads)
        if _is_noun(analysis, index) and not analysis.titled(index)
    }
    names = (r for r in analysis.references.items if r.type == "NegotiationFormat")
    places |= {name.range.last - 1: name for name in names}
    found = (_passage(analysis, head, name) for head, name in sorted(places.items(), key=lambda p: p[0]))
    return [passage for passage in found if passage]


def _is_noun(analysis: Analysis, index: int) -> bool:
    """No verb ("process the ores"), and no first half of a compound ("talks deadline")."""
    before = analysis.document.tokens[index - 1].lower if index else ""
    loose = analysis.document.tokens[index].lower == "talk" and before not in noun_table().talks.conflictual
    if analysis.references.at(index) or loose:
        return False
    verb = next(iter(analysis.verbs_in(Range(index, index + 1))), None)
    if verb is None or verb.form == "participle" or _named_frame(analysis, index):
        return True
    adjectival = before.endswith(("ed", "al", "ite", "way", "party")) or before in grammar().determiners
    return verb.form == "gerund" and verb.first == index and adjectival


def _hosted(analysis: Analysis, head: int, name: Reference) -> bool:
    """ "Doha talks": a listed name that is only a place's; "six-party talks" is no such name."""
    place = analysis.document.tokens[name.range.first].text
    one = head - name.range.first == 1 and place[0].isupper() and not place.isupper()
    return one and analysis.document.tokens[head].lower in noun_table().talks.hosted


def _named_frame(analysis: Analysis, index: int) -> bool:
    """ "the Tirana track": behind a place with an article, a word that may be a verb elsewhere is a noun."""
    place = analysis.references.at(index - 1) if index else None
    if place is None or analysis.document.tokens[index].lower not in noun_table().talks.frames:
        return False
    return place.range.first > 0 and analysis.document.tokens[place.range.first - 1].lower == "the"


def _passage(analysis: Analysis, head: int, name: Reference | None) -> Passage | None:
    """The phrase around a head; a listed name that is only a place's ("Doha talks") may be many talks'."""
    hosted = name is not None and _hosted(analysis, head, name)
    first, sides, mediators, place = before_head(analysis, head, name)
    place = Range(name.range.first, head) if name and hosted else place
    name = None if hosted else name
    kind, talks = frozenset(analysis.document.lowers(Range(first, head))), noun_table().talks
    kind |= _topic(analysis, head + 1)
    last, told, by = behind_head(analysis, head, bool(kind & talks.indirect))
    kind |= _topic(analysis, last)
    if kind & talks.commercial:
        return None
    several = bool(kind & talks.several or (kind & talks.counts and kind & talks.count_units))
    several = several or len(bodies_of(analysis, told)) > _TWO
    if analysis.document.tokens[head].lower in talks.gatherings and name is None:
        single = not analysis.document.tokens[head].lower.endswith("s")
        table = several and single and sum(r.type in SIDES for r in (*sides, *told)) > 1
        if not (table or kind & talks.several or kind & talks.counts or mediators):
            return None
    told, last, half = whole_pair(analysis, head, last, told)
    opening = with_round(analysis, first)
    of_round = opening < first
    one = len(bodies_of(analysis, told)) == 1 and not sides
    own = attending(analysis, opening) if one or not (told or sides) or (several and told) else ()
    owned = analysis.document.tokens[first].lower in {"its", "their"}
    own = own if told or owned or len(bodies_of(analysis, own)) > 1 else ()
    own = own or (_owner(analysis, first) if owned else ())
    paired = own or sides or several or name
    told = () if not paired and _others(analysis, head, kind, told) else told
    mediators = _once((*mediators, *by))
    keys = {r.key for r in mediators}
    sides = _once((*own, *sides, *told)) or troubled(analysis, head)
    last = about_end(analysis, last)
    both = len(bodies_of(analysis, own)) > 1 and not told
    held = both and not owned and opening - max(r.range.last for r in own) <= _HELD
    wished = _wished(analysis, Range(opening, last))
    opening = min(r.range.first for r in own) if held else opening
    part = Range(
        opening, _without_time(analysis, head, lasting(analysis, held_in(analysis, last) if told else last))
    )
    return Passage(
        part,
        head,
        tuple(r for r in sides if r.key not in keys),
        mediators,
        kind,
        place,
        wished,
        several,
        of_round,
        one and not own,
        name,
        half,
    )


def _without_time(analysis: Analysis, head: int, last: int) -> int:
    """Where the phrase ends without the time behind it: "talks with X early last year"."""
    while last - 1 > head and last - 1 in analysis.time_tokens:
        last -= 1
    return last


def _owner(analysis: Analysis, index: int) -> tuple[Reference, ...]:
    """ "its talks with X": whose they are, where the pronoun is known to stand for one body."""
    owner = analysis.references.at(index)
    return (owner,) if owner and owner.type in SIDES else ()


def _once(references: Iterable[Reference]) -> tuple[Reference, ...]:
    return tuple({r.key: r for r in references}.values())


def _topic(analysis: Analysis, index: int) -> frozenset[str]:
    """The words that begin here for what the talks are about: "on a truce", "aimed at a ceasefire"."""
    end = analysis.document.sentence(index - 1).last
    if index + 1 in analysis.time_tokens:
        return frozenset()  # "on Saturday"
    about = analysis.document.lowers(Range(index, min(index + _TOPIC, end)))
    return frozenset(about if about and about[0] in TOPICS else ())


def _others(analysis: Analysis, head: int, kind: frozenset[str], told: tuple[Reference, ...]) -> bool:
    """ "discussions with A and B": both are on the other side of the table, and talk with somebody else."""
    after = head + 1 < len(analysis.document.tokens) and analysis.document.tokens[head + 1].lower == "with"
    group = any(r.type in SIDES - {"State"} for r in told)
    return after and len(told) > 1 and not group and not kind & noun_table().talks.conflictual


def _wished(analysis: Analysis, part: Range) -> bool:
    """ "no talks", "called for talks", "ruled out talks": there may be none."""
    first = analysis.document.tokens[part.first].lower
    if first in noun_table().talks.wished:
        return True
    sentence = analysis.document.sentence(part.first)
    verb = analysis.verb_before(part.first, sentence)
    held = analysis.verb_at(part.first - 1) if part.first > sentence.first else None
    if held and held.last > part.first and held.modality in {"necessary", "possible"}:
        return True  # "must hold talks"
    return verb is not None and part.first - verb.last < 2 and verb.lemma in verb_table().uses.offering
