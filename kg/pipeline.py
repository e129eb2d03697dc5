"""From texts to a stored generation of the graph: read what is new, join, infer, write, switch."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from kg import fingerprint, library
from kg.draft import Draft
from kg.errors import SourceError, StoreError
from kg.library import Merged, Stored
from kg.source_graphs import Outcome, SourceGraphs
from kg.store import DataFolder, Generation
from kg.vocab import DEFAULT_BASE, Base

T = TypeVar("T")
Texts = tuple[Stored, ...]
Failures = tuple[SourceError, ...]


class Progress(Protocol):
    """Shows how far work on the items is while they are taken from it; `click.progressbar` fits."""

    def __call__(self, items: Sequence[T], label: str) -> AbstractContextManager[Iterable[T]]: ...


def quiet(items: Sequence[T], label: str) -> AbstractContextManager[Iterable[T]]:
    """No progress shown."""
    return nullcontext(items)


@dataclass(frozen=True)
class BuildReport:
    """What a build did: the generation that is current now, the texts read for it, and why others were not.

    `mended` where a damaged build of the same version was set aside for it.
    """

    generation: Generation
    changed: bool
    mended: bool
    read: tuple[Outcome, ...]
    failed: Failures


def build(
    folder: DataFolder, given: Iterable[Stored] = (), base: Base | None = None, progress: Progress = quiet
) -> BuildReport:
    """Add texts to the library, or put them in place of those with the same keys, and build its graph.

    `base` stays what it was in this folder unless it is given. Whatever fails, what was current stays so.
    Raises StoreLocked while another process builds, StoreError where the folder cannot be used, SourceError
    where nothing given can be read.
    """
    return _rebuild(folder, lambda held: library.merge(held, given), base, progress)


def remove(folder: DataFolder, keys: Sequence[str], progress: Progress = quiet) -> BuildReport:
    """Take texts out of the library and build its graph; raises StoreError for a key that is not there."""
    return _rebuild(folder, lambda held: Merged(_without(held, keys), ()), None, progress)


def _without(held: Texts, keys: Sequence[str]) -> Texts:
    for key in keys:
        if not any(key in (text.source.key, text.source.slug) for text in held):
            raise StoreError("no text has this key", key, "See the keys with: parley info")
    return tuple(text for text in held if not {text.source.key, text.source.slug} & set(keys))


def _rebuild(
    folder: DataFolder, change: Callable[[Texts], Merged], base: Base | None, progress: Progress
) -> BuildReport:
    with folder.lock():
        held = library.load(folder.sources)
        graphs = SourceGraphs(folder.cache, base or _base_of(folder))
        merged = change(held)
        texts, failed = merged.texts, Failures()
        if folder.find(graphs.version(texts)) is None:
            texts, failed = _readable(texts, held, graphs, progress)
        version = graphs.version(texts)
        made = folder.find(version) is None
        mended = made and folder.holds(version)
        changed = made or not folder.is_current(version)
        if made:
            _make(folder, version, texts, graphs, progress)
        library.save(folder.sources, texts)
        if changed:
            folder.switch(version)
            graphs.keep_only(texts)
        return BuildReport(
            folder.current(), changed, mended, tuple(graphs.outcomes), (*merged.left_out, *failed)
        )


def _base_of(folder: DataFolder) -> Base:
    return folder.base() or Base(DEFAULT_BASE)


def _readable(texts: Texts, held: Texts, graphs: SourceGraphs, progress: Progress) -> tuple[Texts, Failures]:
    """The texts whose graphs are in the cache now, and why the others are left out.

    Raises SourceError where a text of the library can no longer be read, which is not for us to drop, and
    where none of the new ones can.
    """
    read: list[Stored] = []
    failed: list[SourceError] = []
    with progress(texts, "Reading") as shown:
        for text in shown:
            try:
                graphs.lines(text)
                read.append(text)
            except SourceError as error:
                if text in held:
                    mend = f"{error.mend}. To go on without it: parley remove {text.source.key}"
                    raise SourceError(error.what, error.where, mend) from error
                failed.append(error)
    if failed and set(read) == set(held):
        others = f" (nor could {len(failed) - 1} more texts)" if len(failed) > 1 else ""
        raise SourceError(failed[0].what + others, failed[0].where, failed[0].mend)
    return tuple(read), tuple(failed)


def _make(folder: DataFolder, version: str, texts: Texts, graphs: SourceGraphs, progress: Progress) -> None:
    """Write the generation of this version whole, under its name."""
    before = _dumps_before(folder)
    with folder.staging() as staged:
        draft = Draft(staged, version, texts, graphs.of(texts), graphs.base, before)
        with progress(draft.steps, "Joining") as steps:
            for step in steps:
                step()
        folder.publish(staged, version)


def _dumps_before(folder: DataFolder) -> Path | None:
    """The dumps of the current generation, where this very code wrote them."""
    try:
        current = folder.current()
    except StoreError:
        return None
    return current.dumps if current.manifest.get("code") == fingerprint.code() else None
