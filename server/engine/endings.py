"""What it means that a process ended before it had answered, told from its last words on standard error."""

from kg.errors import QueryError, StoreError
from server.engine.contract import DeadlinePassed, EngineLost, OutOfMemory

_LESS = "Ask for less"


def told_by(said: str) -> QueryError:
    """The error that a query process ended for; `said` is what Rust's runtime wrote before it ended it."""
    if "memory allocation" in said:
        return out_of_memory()
    if "overflowed its stack" in said:
        return QueryError("the query is too complex to be evaluated", mend="Ask in several smaller queries")
    return EngineLost("the process that ran the query ended unexpectedly", mend="Try again")


def out_of_memory() -> OutOfMemory:
    return OutOfMemory("the query wants more memory than one query may have", mend=_LESS)


def too_late(seconds: float) -> DeadlinePassed:
    return DeadlinePassed(f"the query was ended after {seconds:g} s", mend=_LESS)


def not_written(error: OSError) -> StoreError:
    mend = "See to the folder that data.spool names"
    return StoreError(f"the answer cannot be laid down to be sent: {error}", mend=mend)


def no_process() -> EngineLost:
    return EngineLost("no query process can be had now", mend="Try again in a few seconds")


def loading() -> EngineLost:
    return EngineLost("the graph is being loaded", mend="Try again in a few seconds")
