"""Citations as CSL-JSON, which Zotero, pandoc and citation.js read (Citation Style Language 1.0.2)."""

import json
from typing import Any

from server.citing.bibtex import key
from server.citing.work import Work, forms, plain, project


def written(work: Work) -> str:
    """The citation as a list of one item."""
    return json.dumps([_item(work)], ensure_ascii=False, indent=1) + "\n"


def _item(work: Work) -> dict[str, Any]:
    day = [int(part) for part in project()["released"].split("-")]
    item = {
        "id": key(work),
        "type": forms()[work.form]["csl"],
        "title": plain(work.title),
        "author": [{"literal": name} for name in project()["authors"]],
        "issued": {"date-parts": [day]},
        "version": work.edition,
        "genre": work.name,
        "URL": work.address,
        "container-title": "" if work.whole else project()["title"],
    }
    if work.original:
        item |= {
            "original-title": plain(work.original.title),
            "original-publisher": plain(work.original.publisher),
            "note": plain(work.source_with_address),
        }
    return {name: value for name, value in item.items() if value}
