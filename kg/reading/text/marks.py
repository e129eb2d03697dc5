"""Marks that divide or enclose words, in their straight and typographic forms."""

OPENING_DOUBLE = frozenset({"“", "„", "«", "``"})  # by their form alone
CLOSING_DOUBLE = frozenset({"”", "»", "''", "’’"})
DOUBLE_QUOTES = OPENING_DOUBLE | CLOSING_DOUBLE | {'"'}
QUOTES = DOUBLE_QUOTES
OPENING_QUOTES = frozenset({'"', "“", "''", "``", "«", "„"})
CLOSING_QUOTES = frozenset({'"', "”", "''", "’’", "»"})
SINGLE_QUOTES = frozenset({"‘", "’", "'"})
DASHES = frozenset({"–", "—", "-", "--"})
