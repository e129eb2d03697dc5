"""What every request handler needs: the engine, and the generation that is served now."""

from typing import cast

from flask import Flask, current_app

from kg.store import Generation
from kg.vocab import Base
from server.engine.contract import Engine

_KEY = "parley.engine"


def attach(app: Flask, engine: Engine) -> None:
    """Give an app its engine."""
    app.extensions[_KEY] = engine


def engine() -> Engine:
    """The engine of the running app."""
    return cast(Engine, current_app.extensions[_KEY])


def generation() -> Generation:
    """The generation that is served now. Raises NothingBuilt."""
    return engine().generation()


def base() -> Base:
    """Where the things of the served graph live."""
    return generation().base
