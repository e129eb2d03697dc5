"""Talks: tracks, mediators, rounds, refusals and agreements."""
