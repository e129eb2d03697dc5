"""A small built data folder for tests of the server, written without running the pipeline."""

import json
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, RdfFormat, Store

from kg.dumps import GRAPHS, listing
from kg.store import LAYOUT, DataFolder

CASES = Path(__file__).parent / "cases"


def put(folder: DataFolder, version: str, trig: str, base: str = "https://w3id.org/parley/") -> None:
    """Add a generation that holds these quads, and make it the current one."""
    with folder.lock(), folder.staging() as staged:
        store = Store(str(staged / "store"))
        store.bulk_load(trig, format=RdfFormat.TRIG)
        manifest = {"layout": LAYOUT, "base": base, "triples": len(store), "graphs": {}, "built_from": []}
        _write_dump(staged / "dumps", store, manifest | {"version": version})
        store.bulk_extend([Quad(*quad.triple) for quad in store])
        store.flush()
        (staged / "manifest.json").write_text(json.dumps(manifest), "utf-8")
        del store
        folder.publish(staged, version)
        folder.switch(version)


def _write_dump(folder: Path, store: Store, about: dict[str, Any]) -> None:
    folder.mkdir()
    content = store.dump(format=RdfFormat.N_QUADS)
    assert content is not None
    files = {"parley.nq": content, "parley.nq.gz": b"packed"}
    for name, body in files.items():
        (folder / name).write_bytes(body)
    kind = "application/n-quads"
    listed = [listing.on_disk(folder / name, "N-Quads", kind, packed=name.endswith(".gz")) for name in files]
    (folder / GRAPHS).touch()
    listed.append(listing.on_disk(folder / GRAPHS, "Graphs", "application/jsonl"))
    listing.write(folder, listed, about)
