"""Which accounts are worth comparing, and what the comparison says: never all pairs, never by arrival."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from rdflib.term import Node

from kg.links.accounts import Account, Fit, compare

Reasons = Mapping[str, Fit]
# Two accounts that agree in everything are still two where one source tells both apart.
_APART = {"number": Fit.OPEN}


@dataclass(frozen=True)
class Pair:
    """Two nodes in the order of their IRIs, and how their accounts stand in each respect."""

    one: Node
    other: Node
    reasons: Reasons

    @property
    def certain(self) -> bool:
        return all(fit is Fit.AGREES for fit in self.reasons.values())


@dataclass(frozen=True)
class _Alike:
    """Accounts that cannot be told apart, by source; the first source in order speaks for them."""

    account: Account
    nodes: Mapping[str, Sequence[Node]]


def certain(told: Sequence[Account]) -> Iterator[Pair]:
    """The first node of each group that agrees in everything, with each other node of it.

    A group has none where one source tells two of it, or where some say that it was held and others not.
    """
    groups: defaultdict[Hashable, list[Account]] = defaultdict(list)
    for account in told:
        if (key := _identity(account)) is not None:
            groups[key].append(account)
    for group in groups.values():
        tellers = {(account.source, account.node) for account in group}
        reasons = compare(group[0], group[0])
        apart = len({source for source, _ in tellers}) < len(tellers)
        if not apart and all(compare(group[0], other)["kind"] is Fit.AGREES for other in group):
            first, *others = sorted({account.node for account in group}, key=str)
            yield from (Pair(first, other, reasons) for other in others)


def _identity(account: Account) -> Hashable | None:
    """Two accounts that share it agree in everything; None where too little is known to say so."""
    if not account.sides or (account.refused is None and (account.place is None or not account.exact)):
        return None
    where = account.refused or (account.place, account.earliest)
    return account.kind, account.sides, where


def candidates(told: Sequence[Account]) -> Iterator[Pair]:
    """Pairs against which nothing speaks: between the first of those alike rather than each with each."""
    groups = _alike(told)
    for group in groups:
        if fits := _fits(group.account, group.account):
            head, *others = group.nodes
            for source in others:
                yield from _across(group.nodes[head], group.nodes[source], fits)
    for one, other in _overlapping(groups):
        if fits := _fits(one.account, other.account):
            sources = next(((a, b) for a, b in product(one.nodes, other.nodes) if a != b), None)
            if sources:
                yield from _across(one.nodes[sources[0]], other.nodes[sources[1]], fits)


def _alike(told: Iterable[Account]) -> list[_Alike]:
    groups: defaultdict[Hashable, list[Account]] = defaultdict(list)
    for account in told:
        if account.span is not None:
            groups[account.described].append(account)
    return [_Alike(group[0], _by_source(group)) for group in groups.values()]


def _by_source(group: Iterable[Account]) -> dict[str, list[Node]]:
    nodes: defaultdict[str, set[Node]] = defaultdict(set)
    for account in group:
        nodes[account.source].add(account.node)
    return {source: sorted(nodes[source], key=str) for source in sorted(nodes)}


def _across(ones: Iterable[Node], others: Iterable[Node], fits: Reasons) -> Iterator[Pair]:
    reasons = fits if Fit.OPEN in fits.values() else {**fits, **_APART}
    for one, other in product(ones, others):
        if one != other:
            low, high = sorted((one, other), key=str)
            yield Pair(low, high, reasons)


def _fits(one: Account, other: Account) -> Reasons | None:
    """How two accounts stand where they may be of one event.

    An account of nobody needs the same place, one without a time the same people too.
    """
    fits = compare(one, other)
    if Fit.DIFFERS in fits.values():
        return None
    known = [fits["participants"], fits.get("place")] if one.vague or other.vague else []
    if not (one.sides and other.sides):
        known.append(fits.get("place"))
    return None if any(fit is not Fit.AGREES for fit in known) else fits


def _overlapping(groups: Iterable[_Alike]) -> Iterator[tuple[_Alike, _Alike]]:
    """Groups of one family with a side or a place and a day in common, each pair once."""
    blocks: defaultdict[tuple[Node, Node], list[_Alike]] = defaultdict(list)
    for group in groups:
        account = group.account
        for key in {*account.sides, account.place} - {None}:
            blocks[account.family, key].append(group)  # type: ignore[index]
    met: set[tuple[int, int]] = set()
    for block in blocks.values():
        for one, other in _sweep(block):
            pair = id(one), id(other)
            if pair not in met and pair[::-1] not in met:
                met.add(pair)
                yield one, other


def _sweep(block: Iterable[_Alike]) -> Iterator[tuple[_Alike, _Alike]]:
    """Pairs with a day in common; sorted by start, so that far apart ones are never compared."""
    running: list[tuple[date, _Alike]] = []
    for first, last, group in sorted(map(_dated, block), key=lambda row: row[:2]):
        running = [row for row in running if row[0] >= first]
        yield from ((earlier, group) for _, earlier in running)
        running.append((last, group))


def _dated(group: _Alike) -> tuple[date, date, _Alike]:
    assert group.account.span is not None  # the others have no group
    return *group.account.span, group
