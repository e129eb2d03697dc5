"""Clauses: noun phrases and the subjects of verbs, found without a parser."""
