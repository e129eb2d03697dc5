"""csv-reconcile on a table of names: run in an environment of its own, with JSON for input and for output."""

import json
import sys
import tempfile
import time
from pathlib import Path

from csv_reconcile import create_app, initdb  # type: ignore[import-not-found]
from csv_reconcile.db import get_db  # type: ignore[import-not-found]
from csv_reconcile.score import processQueryBatch  # type: ignore[import-not-found]


def main() -> None:
    """Read `names` (pairs of id and name) and `queries`; write candidates and seconds of the processor."""
    given = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "names.tsv"
        rows = ("\t".join((f"{key}#{at}", name)) for at, (key, name) in enumerate(given["names"]))
        table.write_text("\n".join(("id\tname", *rows, "")), "utf-8")
        app = create_app("", folder, "")
        with app.app_context():
            database = get_db()
            initdb.init_db(database, str(table), "id", "name", csvencoding="utf-8", scoreOptions={})
            begun = time.process_time()
            batch = {str(at): {"query": text, "limit": 5} for at, text in enumerate(given["queries"])}
            found = processQueryBatch(database, batch, limit=5, threshold=30.0)
            seconds = time.process_time() - begun
    results = [found[str(at)]["result"] for at in range(len(batch))]
    json.dump({"seconds": seconds, "results": results}, sys.stdout)


if __name__ == "__main__":
    main()
