"""Statements: what is said, by whom, in which stance, and what it states without our asserting it."""
