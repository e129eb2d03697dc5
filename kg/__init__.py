"""From articles to a checked, stored knowledge graph."""

__version__ = "0.1.0"
