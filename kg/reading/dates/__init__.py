"""Dates: the expressions of time in a text, placed on the calendar."""

from kg.reading.dates.find import ARTICLES, FoundTime, find_times, may_open

__all__ = ["ARTICLES", "FoundTime", "find_times", "may_open"]
