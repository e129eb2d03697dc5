"""Prints how Parley does in the W3C's tests, suite by suite: `make conformance`."""

from collections import Counter
from collections.abc import Callable

from server_process import writable

from . import checkout, description, federated, over_http
from .manifest import Case
from .over_http import Server
from .suites import FOLDERS, numbers
from .verdicts import Verdict, verdict

_VERDICTS: tuple[Verdict, ...] = ("passed", "known failure", "refused by design")


def main() -> None:
    """Run everything and print a table in Markdown; fails where a case is not as its row says."""
    if checkout.folder() is None:
        raise SystemExit(f"set {checkout.NAMED} to a checkout of https://github.com/w3c/rdf-tests")
    found = {suite: Counter[str]() for suite in numbers()}
    with writable() as server:
        over = runners(server)
        for row in FOLDERS:
            for case in row.cases:
                found[row.suite][_verdict(case, over.get(row.folder))] += 1
    print(_table(found))
    if any(counts["FAILED"] for counts in found.values()):
        raise SystemExit(1)


def runners(server: Server) -> dict[str, Callable[[Case], None]]:
    """What runs the cases of each folder that needs a server, or servers."""
    exchanging = over_http.runner(server)
    return {
        "sparql11/protocol": exchanging,
        "sparql11/graph-store-protocol": exchanging,
        "sparql11/service-description": description.runner(server),
        "sparql11/service": federated.answers,
    }


def _verdict(case: Case, run: Callable[[Case], None] | None) -> str:
    try:
        return verdict(case, run)
    except Exception as error:
        print(f"FAILED {case.id}: {str(error)[:300]}")
        return "FAILED"


def _table(found: dict[str, Counter[str]]) -> str:
    header = ("suite", "cases", *_VERDICTS)
    rows = [(suite, counts.total(), *(counts[name] for name in _VERDICTS)) for suite, counts in found.items()]
    totals = sum(found.values(), Counter[str]())
    rows.append(("all", totals.total(), *(totals[name] for name in _VERDICTS)))
    lines = [header, ("---", *["---:"] * (len(header) - 1)), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


if __name__ == "__main__":
    main()
