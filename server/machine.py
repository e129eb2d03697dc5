"""What suits the machine that the server runs on, where the settings say `auto`."""

import os
import sys

MOST_WORKERS = 64
FORKED, SPAWNED = "forked", "spawned"  # how query processes start


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def workers() -> int:
    """How many processes that speak HTTP suit this machine: one for each core, since one uses one core."""
    return min(cores(), MOST_WORKERS)


def start() -> str:
    """How query processes start on this system."""
    return FORKED if sys.platform == "linux" else SPAWNED
