"""What every request handler needs: the engine, the generation that is served now, and its names."""

from pathlib import Path
from typing import cast

from flask import Flask, current_app

from kg.errors import ParleyError
from kg.names.index import Index
from kg.store import Generation
from kg.vocab import Base
from server.engine.contract import Engine
from server.naming.kept import Names

_KEY = "parley.engine"
_NAMES = "parley.names"
_ARTICLES = "parley.articles"
_WRITABLE = "parley.writable"


def attach(
    app: Flask, engine: Engine, names: Path | None = None, articles: str = "said", writable: bool = False
) -> None:
    """Give an app its engine, and the folder where the index of names is kept, if others share it.

    `articles`: what its pages show of one, which its publisher owns: the setting `data.articles`. `writable`:
    whether updates may change what is served.
    """
    app.extensions[_KEY] = engine
    app.extensions[_NAMES] = Names(engine, names)
    app.extensions[_ARTICLES] = articles
    app.extensions[_WRITABLE] = writable


def engine() -> Engine:
    """The engine of the running app."""
    return cast(Engine, current_app.extensions[_KEY])


def generation() -> Generation:
    """The generation that is served now. Raises NothingBuilt."""
    return engine().generation()


def base() -> Base:
    """Where the things of the served graph live."""
    return generation().base


def names() -> Index:
    """The names of what is served now. Raises the errors of the engine, StoreError."""
    return cast(Names, current_app.extensions[_NAMES]).index()


def prepare_names() -> None:
    """Have the names of what is served now made ready, for who will soon ask for them."""
    cast(Names, current_app.extensions[_NAMES]).prepare()


def shown_of_articles() -> str:
    """What pages show of an article: the setting `data.articles`."""
    return cast(str, current_app.extensions[_ARTICLES])


def writable() -> bool:
    """Whether updates may change what is served."""
    return cast(bool, current_app.extensions[_WRITABLE])


def described() -> bool:
    """Whether the served graph has a description of itself, as built ones have."""
    try:
        present = generation()
    except ParleyError:
        return False
    return str(present.base.graph("void")) in present.manifest["graphs"]
