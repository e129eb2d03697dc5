"""From articles to a checked, stored knowledge graph."""
