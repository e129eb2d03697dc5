"""Which processes run below one, and in which state, as Linux tells."""

from pathlib import Path


def descendants(process: int) -> list[int]:
    """The children of a process, theirs, and so on."""
    below: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and (facts := _facts(int(folder.name))):
            below.setdefault(int(facts[1]), []).append(int(folder.name))
    found, todo = list[int](), [process]
    while todo:
        children = below.get(todo.pop(), [])
        found += children
        todo += children
    return sorted(found)


def state(process: int) -> str:
    """R for one that runs, S for one that sleeps, Z for a zombie, … ; nothing for one that is gone."""
    facts = _facts(process)
    return facts[0] if facts else ""


def works(process: int) -> bool:
    """Whether one of its threads runs, or wants to."""
    tasks = Path(f"/proc/{process}/task")
    try:
        threads = [int(folder.name) for folder in tasks.iterdir()]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return any(state(thread) == "R" for thread in threads)


def _facts(process: int) -> list[str]:
    """State, parent and more (proc(5), /proc/pid/stat), without the name, which may hold anything."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
