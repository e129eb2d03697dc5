"""Reading: from the text of one source to entities, statements, events, formats and corridors, each with its spans."""

from kg.reading.analyse import Index
from kg.reading.reader import read

__all__ = ["Index", "read"]
