"""From a source to its analysis: names, people, pronouns, verbs and times, found in this order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.lexicon import Lexicon, Name, Title
from kg.model import Source
from kg.reading.analysis import Analysis
from kg.reading.dates import ARTICLES, MAY_OPEN, find_times
from kg.reading.dates.same_day import with_days_meant
from kg.reading.names.armies import armies
from kg.reading.names.authorities import as_authorities
from kg.reading.names.called import People
from kg.reading.names.coreference import Resolver
from kg.reading.names.datelines import datelines
from kg.reading.names.gazetteer import Phrases, gazetteer, listed_names
from kg.reading.names.given import without_given_names
from kg.reading.names.glossed import glossed
from kg.reading.names.halves import halves
from kg.reading.names.kinds import is_foreign
from kg.reading.names.offices import office_holders
from kg.reading.names.outlets import outlets
from kg.reading.names.parties import joined, principal_parties
from kg.reading.names.people import Appointment, find_people, surnames
from kg.reading.names.proper import Proper
from kg.reading.names.references import Reference, References
from kg.reading.names.same import as_one
from kg.reading.names.staffs import staffs
from kg.reading.text.document import Document, read_document
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import find_verbs


@dataclass(frozen=True)
class Index:
    """A lexicon, indexed once for many texts."""

    lexicon: Lexicon
    names: Phrases[tuple[Name, ...]]
    titles: Phrases[Title]
    people: People

    @classmethod
    def of(cls, lexicon: Lexicon) -> "Index":
        """Index the names as they are written and the titles in any case."""
        titles = Phrases.of([(title.form, title) for title in lexicon.titles], fold=True)
        return cls(lexicon, gazetteer(lexicon), titles, People.of(lexicon))


def analyse(source: Source, lexicon: Lexicon | Index) -> Analysis:
    """Find everything that the rules lean on; linear in the length of the text."""
    index = lexicon if isinstance(lexicon, Index) else Index.of(lexicon)
    document = read_document(source.text)
    names = listed_names(document, index.names, index.lexicon)
    listed = References.of(without_given_names(document, names, index.titles))
    listed = References.of([*listed.items, *glossed(document, listed)])
    unlisted = Proper(document, listed, index.titles, index.people, source.slug).references()
    filed = datelines(document, index.names, index.lexicon, source.slug)
    press = outlets(document, listed, source.slug)
    listed = References.of([*filed, *press, *unlisted, *listed.items])
    appointments, people = find_people(document, index.titles, listed, source.slug)
    named = References.of([*(p for p in people if is_foreign(document, p.range)), *listed.items])
    apart, named = named, as_one(document, named)
    appointments = _renamed(appointments, apart, named)
    named = References.of([*named.items, *_later_surnames(document, named), *halves(document, named)])
    appointments = _shared_employers(_within(appointments, named))
    in_office = office_holders(document, appointments, index.lexicon, source.citation.date)
    named = References.of([*named.items, *in_office])
    speaking = [*armies(document, named, source.slug), *staffs(document, named, source.slug)]
    named = References.of([*speaking, *named.items])
    employers = {a.holder.key: a.of for a in appointments if a.holder and a.of}
    told_at = {a.holder.key: a.evidence for a in reversed(appointments) if a.holder and a.of}
    resolution = _resolver(document, named, employers, told_at, appointments).resolve(appointments)
    references = References.of([*named.items, *resolution.references])
    verbs = find_verbs(document, references)
    return Analysis(
        source=source,
        document=document,
        references=as_authorities(document, references, verbs, index.lexicon),
        verbs=verbs,
        times=with_days_meant(
            source.text, find_times(source.text, source.citation.date, _opening_times(document))
        ),
        appointments=tuple(appointments),
        pairs=resolution.pairs,
        employers=employers,
        told_at=told_at,
        unresolved=resolution.unresolved,
        served=index.lexicon.served,
        missions=index.lexicon.missions,
        seats=index.lexicon.capitals,
    )


def _opening_times(document: Document) -> Iterator[tuple[int, int]]:
    """The words in which an expression of time may begin."""
    tokens = document.tokens
    for index in document.positions(frozenset(filter(MAY_OPEN.__getitem__, document.vocabulary))):
        first = index - 1 if index and tokens[index - 1].lower in ARTICLES else index
        yield from ((token.start, token.end) for token in tokens[first : index + 1])


def _resolver(
    document: Document,
    named: References,
    employers: dict[str, str],
    told_at: dict[str, Range],
    appointments: list[Appointment],
) -> Resolver:
    holders, parties = _holders(document, appointments), principal_parties(joined(document, named))
    return Resolver(document, named, employers, told_at, holders, parties)


def _later_surnames(document: Document, named: References) -> Iterable[Reference]:
    """ "O'Brien" beside "James O'Brien", which a headline may stand before."""
    known = surnames(document, (r for r in named.items if r.type == "Person"))
    for index in document.positions({name.lower() for name in known}):
        person = known.get(document.tokens[index].text)
        if person and named.at(index) is None:
            yield replace(person, range=Range(index, index + 1), form="alias", antecedents=(person.range,))


def _renamed(appointments: list[Appointment], apart: References, named: References) -> list[Appointment]:
    """Posts in a body that is told by its initials serve the body that these stand for."""
    keys = {r.key: one.key for r in apart.items if (one := named.at(r.range.first)) is not None}
    return [replace(a, of=keys.get(a.of, a.of)) if a.of else a for a in appointments]


def _within(appointments: list[Appointment], named: References) -> list[Appointment]:
    """Without holders whose supposed name turned out to be part of a longer one."""
    keys = {reference.key for reference in named.items}
    return [replace(a, holder=None) if a.holder and a.holder.key not in keys else a for a in appointments]


def _shared_employers(appointments: list[Appointment]) -> list[Appointment]:
    """A second post of one person serves the same body as the first, unless it names its own."""
    body = {a.holder.key: a.of for a in reversed(appointments) if a.holder and a.of}
    return [replace(a, of=a.of or body.get(a.holder.key)) if a.holder else a for a in appointments]


def _holders(document: Document, appointments: list[Appointment]) -> dict[str, list[Appointment]]:
    """The appointments that have a holder, by the last word of their titles."""
    found: dict[str, dict[object, Appointment]] = defaultdict(dict)
    for a in appointments:
        if a.holder:
            words = document.lowers(a.title)
            found[words[-1]].setdefault((a.holder.key, a.of, a.office, *words), a)
    return {word: list(held.values()) for word, held in found.items()}
