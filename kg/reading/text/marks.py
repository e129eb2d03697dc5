"""Marks that divide or enclose words, in their straight and typographic forms."""

QUOTES = frozenset({'"', "“", "”", "''", "``", "«", "»", "„"})
OPENING_QUOTES = frozenset({'"', "“", "''", "``", "«", "„"})
CLOSING_QUOTES = frozenset({'"', "”", "''", "»"})
SINGLE_QUOTES = frozenset({"‘", "’", "'"})
DASHES = frozenset({"–", "—", "-", "--"})
