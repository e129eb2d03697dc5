"""Fixtures that tests share: built data folders, a running server, and files from outside the project."""

import fcntl
import gc
import os
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date as Day
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from command_line import parley, serving
from hypothesis import settings
from pyoxigraph import Store
from server_graph import CASES, put

from kg.model import Source
from kg.sources import load, shipped_reports
from kg.store import DataFolder, Generation

if TYPE_CHECKING:
    from browsing import Browser

SHARED = "PARLEY_SHARED"
SEED_ARTICLE = "articles/dailysabah-2023-12-06.txt"
SEED_REPORT = next(path for path in shipped_reports() if path.stem.startswith("daily-sabah"))

# How long one example takes says little where several run at a time.
settings.register_profile("parley", deadline=None)
settings.load_profile("parley")


# Files that take longest, in this order: they go first, so that no worker is left alone with one at the end.
LONG = (
    *("test_docs.py", "test_pages_in_a_browser.py", "test_command_line.py", "test_bad_input.py"),
    *("test_checks.py", "test_stopping.py", "test_many_texts.py", "test_determinism.py"),
    *("test_server_swap.py", "test_editor.py", "test_writable.py", "test_closure.py"),
    *("test_server_vocabulary.py", "test_server_dereferencing.py", "test_stopped_builds.py"),
    *("test_models.py", "test_inference.py", "test_consistency.py", "test_installation.py"),
)
_RANKS = {name: rank for rank, name in enumerate(LONG)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have long files begin first; within a file nothing changes."""
    items.sort(key=lambda item: _RANKS.get(item.path.name, len(LONG)))


def pytest_collection_finish() -> None:
    """Have Python look for cycles as rarely as `parley` does, and never in what tests are made of."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where the shared files are promised, a test that skips is a test that failed."""
    return _without_skips((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for files of tests that skip as a whole."""
    return _without_skips((yield))


def _without_skips(report: Any) -> Any:
    if os.environ.get(SHARED) and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{SHARED} is set, so nothing may be skipped. {reason}"
    return report


@dataclass(frozen=True)
class Built:
    """A data folder with a graph in it, what the build of it printed, and that graph, open."""

    folder: DataFolder
    said: str
    generation: Generation
    store: Store

    def copied(self, path: Path, *left_out: str) -> Path:
        """A copy of the folder, to change at will; but a file of a store or of dumps is to be replaced, not
        written to, which Parley never does: it is a link.
        """
        ignore = shutil.ignore_patterns(*left_out)
        shutil.copytree(self.folder.path, path, symlinks=True, ignore=ignore, copy_function=_copied)
        return path


def _copied(file: str, to: str) -> None:
    copy = os.link if Path(file).parent.name in ("store", "dumps") else shutil.copy2
    copy(file, to)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of articles and designs that is not part of the project."""
    if SHARED not in os.environ:
        pytest.skip(f"set {SHARED} to the folder that holds {SEED_ARTICLE}")
    return Path(os.environ[SHARED]).resolve()


@pytest.fixture(scope="session")
def article_source(shared: Path) -> Source:
    """The seed article."""
    return load(shared / SEED_ARTICLE, date=Day(2023, 12, 6), publisher="Daily Sabah").source


@pytest.fixture(scope="session")
def report_source() -> Source:
    """Our report of the seed article."""
    return load(SEED_REPORT).source


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of a run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def built(once: Path) -> Built:
    """The graph of the shipped reports."""
    return _build(once / "built")


@pytest.fixture(scope="session")
def lone(once: Path) -> Built:
    """The graph of one report, where the number of texts makes no difference but to the time."""
    return _build(once / "lone", SEED_REPORT)


@pytest.fixture(scope="session")
def article_built(once: Path, shared: Path) -> Built:
    """The graph of the seed article itself."""
    cited = ("--date", "2023-12-06", "--publisher", "Daily Sabah")
    return _build(once / "article", shared / SEED_ARTICLE, *cited)


def _build(folder: Path, *arguments: str | Path) -> Built:
    """What the first worker to ask has built."""
    said = folder.with_suffix(".said")
    with _alone(folder.with_suffix(".lock")):
        if not folder.exists():
            done = parley("build", *arguments, data=folder)
            assert done.returncode == 0, done.stderr
            said.write_text(done.stdout, "utf-8")
    data = DataFolder(folder)
    return Built(data, said.read_text("utf-8"), data.current(), data.current().open())


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def server_url(built: Built) -> Iterator[str]:
    """The address, without a slash at its end, of a real server of the shipped reports."""
    with serving(built.folder.path) as url:
        yield url


@pytest.fixture(scope="session")
def small_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address, without a slash at its end, of a real server of the small graph in `cases/server.trig`."""
    folder = DataFolder(tmp_path_factory.mktemp("small"))
    put(folder, "one", (CASES / "server.trig").read_text("utf-8"))
    with serving(folder.path) as url:
        yield url


@pytest.fixture(scope="session")
def small(small_url: str) -> Iterator[httpx.Client]:
    """A client of that server."""
    with httpx.Client(base_url=small_url, timeout=30) as client:
        yield client


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """A browser without a window."""
    from browsing import CHROMIUM, browsing  # here, because it takes a third of a second that few tests need

    if CHROMIUM is None:
        pytest.skip("install chromium to look at pages as a browser does")
    with browsing(CHROMIUM) as found:
        yield found
