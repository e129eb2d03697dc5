"""Corridors: named transport routes, their course and their other names."""
