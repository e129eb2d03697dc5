"""Sources: from files of any kind to texts with what is known of their publication."""

from kg.sources.discovery import Discovered, discover, shipped_reports
from kg.sources.loading import Loaded, load, load_all

__all__ = ["Discovered", "Loaded", "discover", "load", "load_all", "shipped_reports"]
