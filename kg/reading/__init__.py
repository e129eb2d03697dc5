"""Reading: from the text of one source to what it says and tells of, each with the characters that say so."""

from kg.reading.analyse import Index
from kg.reading.reader import read

__all__ = ["Index", "read"]
