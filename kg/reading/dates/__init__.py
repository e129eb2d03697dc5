"""Dates: the expressions of time in a text, placed on the calendar."""

from kg.reading.dates.find import FoundTime, find_times, goes_on, may_open

__all__ = ["FoundTime", "find_times", "goes_on", "may_open"]
