"""How far two annotators agree, by the measure that the reader is held to: what it can reach at all.

    PARLEY_TEXTS=… .venv/bin/python -m bench.agreement

A folder of bench/agreement/ has a second account of some texts of the set of its name in bench/extraction/,
written by somebody who had not seen the first. Each account is scored against the other, then the reader
against both, on those texts alone; their texts are found as `bench.extraction` finds them.
"""

from collections.abc import Mapping
from pathlib import Path

from bench.extraction import SETS, elsewhere
from kg import authority
from kg.evaluation import Folder
from kg.evaluation.compare import compare
from kg.evaluation.figures import Figures, counted, figures
from kg.evaluation.folder import Case
from kg.evaluation.items import Account
from kg.evaluation.offered import offered
from kg.evaluation.values import Values
from kg.reading import Index, read
from kg.vocab import Base
from server.commands.tables import render

SECOND = Path(__file__).with_name("agreement")
_KINDS = ("entities", "statements", "stance", "modality", "events", "status", "dates")


def main() -> None:
    """Print a table for each set with a second account. SystemExit: where no text is here."""
    lexicon = authority.lexicon(Base())
    index, values, scored = Index.of(lexicon), Values(), 0
    for path in sorted(one for one in SECOND.iterdir() if one.is_dir()):
        first, second = _cases(SETS / path.name, values), _cases(path, values)
        names = sorted(first.keys() & second.keys())
        scored += len(names)
        if not names:
            continue
        ones, others = ({name: cases[name].gold for name in names} for cases in (first, second))
        reader = {name: offered(read(first[name].source, index), lexicon, values) for name in names}
        columns = {
            "second by first": _scored(ones, others),
            "first by second": _scored(others, ones),
            "reader by first": _scored(ones, reader),
            "reader by second": _scored(others, reader),
        }
        rows = [(kind, *(_told(found.get(kind)) for found in columns.values())) for kind in _KINDS]
        print(f"\n## {path.name}: {len(names)} texts; F1, and n of the account that is taken for right\n")
        print(render(("kind", *columns), rows))
    if not scored:
        raise SystemExit("None of these texts is here: set PARLEY_TEXTS to a folder that has them")


def _cases(path: Path, values: Values) -> dict[str, Case]:
    folder = Folder.of(path, elsewhere(path))
    return {name: folder.case(name, values) for name in folder.scored}


def _scored(right: Mapping[str, Account], given: Mapping[str, Account]) -> Mapping[str, Figures]:
    return figures(counted([compare(right[name], given[name]).outcomes for name in right]))


def _told(one: Figures | None) -> str:
    return f"{one.f1:.3f} ({one.n})" if one else "–"


if __name__ == "__main__":
    main()
