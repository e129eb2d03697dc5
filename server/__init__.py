"""Serves a built graph over HTTP: SPARQL, linked data, dumps and pages; `server.app` puts it together."""
