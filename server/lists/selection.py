"""The queries behind a list: for the number of its items, some of them in order, their fields, and facets.

All values that a reader gave come as terms, written as SPARQL writes them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from server.lists import Field, List

FEW = 20  # values of a facet that are counted


@dataclass(frozen=True)
class Selection:
    """The items of a list that have all of these terms, by the names of fields."""

    list: List
    terms: Mapping[str, str]

    def count(self) -> str:
        """A query for their number, as `?n`."""
        return f"SELECT (COUNT(DISTINCT ?item) AS ?n) WHERE {{ {self._pattern()} }}"

    def page(self, sort: str, limit: int | None, offset: int) -> str:
        """A query for some of them, as `?item` and `?label`, in their order; all where there is no limit."""
        name, turned = sort.removeprefix("-"), sort.startswith("-")
        order = next((order for order in self.list.orders if order.name == name), None)
        more = f"OPTIONAL {{ {order.pattern} }}" if order else ""
        value = order.value if order else "LCASE(STR(SAMPLE(?name)))"
        direction = "DESC" if turned else "ASC"
        part = (f" LIMIT {limit}" if limit is not None else "") + (f" OFFSET {offset}" if offset else "")
        return (
            f"SELECT ?item (SAMPLE(?name) AS ?label) ({value} AS ?place) WHERE {{ {self._pattern()} "
            f"OPTIONAL {{ ?item rdfs:label ?name }} {more} }} "
            f"GROUP BY ?item ORDER BY {direction}(?place) ?label ?item{part}"
        )

    def facets(self) -> str:
        """A query for the values of facets and how many items each would leave: `?facet ?value ?n`.

        What is chosen by a facet itself does not count for its own values, so that a reader can change it.
        """
        arms = (f"{{ {self._facet(field)} }}" for field in self.list.fields if field.faceted)
        return f"SELECT ?facet ?value ?n WHERE {{ {' UNION '.join(arms)} }}"

    def _facet(self, field: Field) -> str:
        most = "" if field.parameter.choices else f" LIMIT {FEW + 1}"
        columns = f'("{field.name}" AS ?facet) (?{field.name} AS ?value) (COUNT(DISTINCT ?item) AS ?n)'
        return (
            f"SELECT {columns} WHERE {{ {self._pattern(but=field.name)} {field.pattern} }} "
            f"GROUP BY ?{field.name} ORDER BY DESC(?n) ?{field.name}{most}"
        )

    def _pattern(self, but: str = "") -> str:
        chosen = [
            _chosen(field, self.terms[field.name]) for field in self.list.fields if self._by(field, but)
        ]
        return " . ".join([*chosen, self.list.scope]) + " . "

    def _by(self, field: Field, but: str) -> bool:
        return field.name in self.terms and field.name != but


def details(fields: Sequence[Field], items: Sequence[str]) -> str:
    """A query for the values of fields of these items: `?item ?field ?value`."""
    these = " ".join(str(NamedNode(item)) for item in items)
    arms = (
        f'{{ VALUES ?item {{ {these} }} {field.pattern} BIND("{field.name}" AS ?field) '
        f"BIND(?{field.name} AS ?value) }}"
        for field in fields
    )
    return (
        f"SELECT DISTINCT ?item ?field ?value WHERE {{ {' UNION '.join(arms)} }} ORDER BY ?item ?field ?value"
    )


def _chosen(field: Field, term: str) -> str:
    """An own group each, so that no two fields share a variable but `?item`."""
    if field.parameter.kind == "iri" or field.parameter.choices:
        return f"{{ VALUES ?{field.name} {{ {term} }} {field.pattern} }}"
    return f"{{ {field.pattern} FILTER(?{field.name} = {term}) }}"
