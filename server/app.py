"""The application over a built graph: SPARQL, linked data, dumps and pages."""

from pathlib import Path

from flask import Flask

from server import (
    assessment,
    catalogue,
    context,
    contexts,
    crawling,
    data_set,
    dates,
    directions,
    dumps,
    entities,
    errors,
    graphs,
    headers,
    listing,
    navigation,
    openapi,
    pages,
    pattern_fragments,
    request_fields,
    responses,
    search,
    sparql,
    urls,
    vocabulary,
)
from server.assets import routes as assets
from server.citing import routes as citing
from server.citing.shown import of_this_view
from server.cookbook import routes as cookbook
from server.editor import routes as editor
from server.engine.contract import Engine
from server.one_version import PagesOfOneVersion
from server.pictures import routes as pictures
from server.portraits.beside import headings
from server.reconciliation import routes as reconciliation
from server.tables import in_words

_BLUEPRINTS = (
    pages.blueprint,
    sparql.blueprint,
    entities.blueprint,
    graphs.blueprint,
    vocabulary.blueprint,
    catalogue.blueprint,
    cookbook.blueprint,
    listing.blueprint,
    pictures.blueprint,
    openapi.blueprint,
    pattern_fragments.blueprint,
    dumps.blueprint,
    search.blueprint,
    reconciliation.blueprint,
    data_set.blueprint,
    crawling.blueprint,
    assessment.blueprint,
    contexts.blueprint,
    citing.blueprint,
    assets.blueprint,
    editor.blueprint,
)
_LARGEST_REQUEST = 1_000_000  # bytes; a query is text that somebody wrote, not a data set


def create_app(
    engine: Engine, names: Path | None = None, articles: str = "said", writable: bool = False
) -> Flask:
    """The application over the graph of an engine.

    `names` is the folder where the index of names is kept for all workers; None: each has its own.
    `articles`: what pages show of one, which its publisher owns: the setting `data.articles`.
    `writable`: whether updates may change what is served, of which the page of the editor tells.
    """
    app = PagesOfOneVersion(__name__)
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_REQUEST
    app.config["MAX_FORM_MEMORY_SIZE"] = _LARGEST_REQUEST
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["urls"] = urls
    app.jinja_env.filters["headings"] = headings
    app.jinja_env.globals["asset"] = assets.asset
    app.jinja_env.globals["described"] = context.described
    app.jinja_env.globals["writable"] = context.writable
    app.jinja_env.globals["address"] = responses.address
    app.jinja_env.filters["day"] = dates.day
    app.jinja_env.filters["in_words"] = in_words
    app.jinja_env.globals["citation_of_view"] = of_this_view
    app.jinja_env.tests["turned"] = directions.turned
    app.jinja_env.globals["site_sections"] = navigation.sections
    context.attach(app, engine, names, articles, writable)
    errors.register(app)
    headers.register(app)
    responses.register(app)
    request_fields.register(app)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
