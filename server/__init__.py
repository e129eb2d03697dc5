"""Serves a built graph over HTTP: SPARQL, linked data, dumps and pages; the application is in `server.app`."""
