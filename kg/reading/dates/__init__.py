"""Dates: the expressions of time in a text, placed on the calendar."""

from kg.reading.dates.find import ARTICLES, MAY_OPEN, FoundTime, find_times

__all__ = ["ARTICLES", "MAY_OPEN", "FoundTime", "find_times"]
