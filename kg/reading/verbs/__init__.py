"""Verbs: the verb groups of a text and their forms."""
