"""Whole answers, shared by the workers of one server: right under a swap of the data, and bounded in size."""

from server.cache.answers import Cached
from server.cache.keys import key
from server.cache.shared import SMALLEST, Cache

__all__ = ["SMALLEST", "Cache", "Cached", "key"]
