"""Tests of the cache of answers: what a key tells apart, what is kept, and who may die meanwhile."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.formats import RDF_FORMATS, RESULT_FORMATS
from server.cache import SMALLEST, Cache, Cached, key
from server.cache.doorkeeper import Doorkeeper
from server.code_version import code_version
from server.engine.contract import Dataset, Formats, Limits, Question, Table
from server.messages import Spooled

ROOT = Path(__file__).parent.parent
ASKED = Question("ASK {}")
ANSWER = Cached("application/sparql-results+json", "gzip", "one", b"{}", rows=7)


@contextmanager
def _cache(folder: Path, size: int = 4 * 2**20) -> Iterator[Cache]:
    with closing(Cache(folder, size)) as cache:
        yield cache


@contextmanager
def _process(folder: Path, size: int, code: str) -> Iterator[subprocess.Popen[str]]:
    """Another process with the same cache; `code` sees it as `cache`, and `answer(n)` makes answers."""
    head = (
        "import sys; from pathlib import Path; from server.cache import *\n"
        "from server.engine.contract import Question\n"
        "def k(n): return key('one', Question(str(n)))\n"
        "def answer(n): return Cached('text/plain', 'identity', 'one', f'{n} '.encode() * (1 + n % 5000))\n"
        f"cache = Cache(Path({str(folder)!r}), {size})\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", head + code],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def test_cheap_answers_are_kept_the_second_time(tmp_path: Path) -> None:
    """What took less than `cheap` is kept when it comes again; what took more at once."""
    cheap, costly = key("one", ASKED), key("two", ASKED)
    with closing(Cache(tmp_path, 4 * 2**20, cheap=0.01)) as cache:
        for first in (None, ANSWER):
            cache.put(costly, ANSWER, 0.01)
            cache.put(cheap, ANSWER, 0.009)
            cache.settle()
            assert (cache.get(cheap), cache.get(costly)) == (first, ANSWER)


def test_what_came_to_one_worker_came_to_all(tmp_path: Path) -> None:
    """Workers know together which keys came before; another key that begins alike makes them forget one."""
    with closing(Doorkeeper(tmp_path / "seen")) as one, closing(Doorkeeper(tmp_path / "seen")) as other:
        known = [
            worker.knows(b"ab" + 16 * last)
            for worker, last in zip([one, other] * 2, (b"a", b"a", b"b", b"a"), strict=True)
        ]
        assert known == [False, True, False, False]


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def _whole(n: int) -> bytes:
    return f"{n} ".encode() * (1 + n % 5000)


def _key(n: int) -> bytes:
    return key("one", Question(str(n)))


def test_what_is_put_is_found_whole(tmp_path: Path) -> None:
    """An answer comes back with its type, coding, version, rows and cut; another key finds nothing."""
    cut = replace(ANSWER, rows=None, cut="rows", body=os.urandom(300_000))
    with _cache(tmp_path) as cache:
        cache.put(b"a" * 18, ANSWER)
        cache.put(b"b" * 18, cut)
        cache.settle()
        assert (cache.get(b"a" * 18), cache.get(b"b" * 18), cache.get(b"c" * 18)) == (ANSWER, cut, None)
        assert (cache.counts.hits, cache.counts.misses, cache.counts.stored) == (2, 1, 2)
        assert cache.usage().answers == 2


DIFFERENT = {
    "text": ["ASK { }"],
    "coding": ["gzip"],
    "base": ["http://e/"],
    "partial": [True],
    "formats": [Formats(results=RESULT_FORMATS[1]), Formats(graphs=RDF_FORMATS[1])],
    "tables": [(Table(4, "(1)"),), (Table(5, "(1)"),)],
    "dataset": [Dataset(default=("http://e/g",)), Dataset(named=("http://e/g",))],
}


@pytest.mark.parametrize("field", DIFFERENT)
def test_key_tells_apart_what_is_answered_differently(field: str) -> None:
    """Each part of a question makes a key of its own, and so does each version and each way to hold it."""
    for value in DIFFERENT[field]:
        other = replace(ASKED, **{field: value})
        keys = [key(version, asked) for version in ("one", "two") for asked in (ASKED, other)]
        assert len({*keys, *(key("one", asked, held="memory") for asked in (ASKED, other))}) == 6


def test_every_part_of_a_question_is_looked_at() -> None:
    """Whatever a question gains decides either what is answered, or only whether there is an answer."""
    assert {field.name for field in fields(Question)} == DIFFERENT.keys() | {"limits", "client"}


def test_limits_count_where_they_cut_an_answer() -> None:
    """Limits make no difference to a whole answer; rows and bytes do to one that may be cut."""
    limits = Limits(seconds=1, rows=5, size=10)
    assert key("one", replace(ASKED, limits=limits, client="somebody")) == key("one", ASKED)
    partial = replace(ASKED, partial=True)
    others = [
        partial,
        *(replace(partial, limits=Limits(rows=n, size=m)) for n, m in ((5, 9), (5, 10), (6, 10))),
    ]
    assert len({key("one", question) for question in others}) == 4


def test_key_is_not_fooled_by_where_texts_end() -> None:
    """Parts that are the same letters when joined are different keys, lone surrogates no fault."""
    one = replace(ASKED, dataset=Dataset(default=("http://e/a", "http://e/b")))
    two = replace(ASKED, dataset=Dataset(default=("http://e/a",), named=("http://e/b",)))
    three = replace(ASKED, dataset=Dataset(default=("http://e/ahttp://e/b",)))
    assert len({key("one", question) for question in (one, two, three)}) == 3
    assert key("one", Question("\ud800")) != key("one", Question("\udfff"))


def test_key_is_the_same_in_another_process(tmp_path: Path) -> None:
    """Workers agree about keys, and so about the version of the code."""
    with _process(tmp_path, 0, "print(k(1).hex(), flush=True)") as other:
        assert _line(other) == _key(1).hex()
    assert len(code_version()) == 18


def test_no_size_keeps_nothing(tmp_path: Path) -> None:
    """A cache of size 0 writes no file, and finds nothing; a tiny one is refused."""
    with _cache(tmp_path / "none", 0) as cache:
        cache.put(b"a" * 18, ANSWER)
        cache.settle()
        assert cache.get(b"a" * 18) is None
    assert not (tmp_path / "none").exists()
    with pytest.raises(ValueError, match=str(SMALLEST)):
        Cache(tmp_path, 1000)


def test_folder_that_cannot_be_used(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Where the folder cannot be made, that is logged, and the server goes on without a cache."""
    (tmp_path / "file").write_text("")
    with _cache(tmp_path / "file") as cache:
        cache.put(b"a" * 18, ANSWER)
        cache.settle()
        assert cache.get(b"a" * 18) is None
    assert "no cache" in caplog.text


def test_body_in_a_file(tmp_path: Path) -> None:
    """A body that lies in a file is stored from its start; the file stays open, and where it was read to."""
    content = os.urandom(200_000)
    (tmp_path / "body").write_bytes(content)
    file = os.open(tmp_path / "body", os.O_RDONLY)
    with _cache(tmp_path / "cache") as cache:
        os.lseek(file, 70_000, os.SEEK_SET)
        cache.put(b"a" * 18, replace(ANSWER, body=Spooled(file, len(content))))
        assert len(os.read(file, 300_000)) == 130_000
        os.close(file)
        cache.settle()
        found = cache.get(b"a" * 18)
    assert found
    assert found.body == content


def test_file_that_is_too_short_is_not_stored(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A file with less than it promises is never taken for an answer."""
    (tmp_path / "body").write_bytes(b"half")
    with (tmp_path / "body").open("rb") as file, _cache(tmp_path / "cache") as cache:
        cache.put(b"a" * 18, replace(ANSWER, body=Spooled(file.fileno(), 8)))
        cache.settle()
        assert cache.get(b"a" * 18) is None
        assert cache.counts.failed == 1
    assert "ends at byte 4 of 8" in caplog.text


def test_large_answers_are_not_stored(tmp_path: Path) -> None:
    """An answer that would fill an eighth of the cache is left out, and others stay."""
    with _cache(tmp_path) as cache:
        cache.put(b"a" * 18, ANSWER)
        cache.put(b"b" * 18, replace(ANSWER, body=bytes(600_000)))
        cache.settle()
        assert cache.get(b"b" * 18) is None
        assert cache.get(b"a" * 18) == ANSWER
        assert cache.counts.skipped == 1
    with closing(Cache(tmp_path, 4 * 2**20, entry=10)) as cache:
        cache.put(b"c" * 18, replace(ANSWER, body=bytes(11)))
        cache.put(b"d" * 18, replace(ANSWER, body=bytes(10)))
        cache.settle()
        assert cache.get(b"c" * 18) is None
        assert cache.get(b"d" * 18)


def test_what_is_asked_for_stays_longest(tmp_path: Path) -> None:
    """When it is full, the oldest answers go, but for those that were asked for since they came."""
    # Answers whose keys begin alike share the mark that says so, and may outstay their time by chance.
    asked, *others = range(2000)
    others = [n for n in others if _key(n)[:2] != _key(asked)[:2]]
    with _cache(tmp_path) as cache:
        for n in (asked, *others):
            cache.put(_key(n), replace(ANSWER, body=os.urandom(4000)))
            cache.settle()
            assert cache.get(_key(asked))
        found = [n for n in others if cache.get(_key(n))]
        assert found == others[-len(found) :]
        assert 200 < len(found) < 1000
        assert cache.counts.evicted == len(others) - len(found)


def test_answers_of_data_that_are_gone_go_first(tmp_path: Path) -> None:
    """After a swap the old version's answers leave before any of the new one, however often asked for."""
    with _cache(tmp_path) as cache:
        old = [key("old", Question(str(n))) for n in range(900)]
        for this in old:
            cache.put(this, replace(ANSWER, version="old", body=os.urandom(4000)))
            cache.settle()
        new = [_key(n) for n in range(sum(cache.get(this) is not None for this in old) - 10)]
        for this in new:
            cache.put(this, replace(ANSWER, body=os.urandom(4000)))
            cache.settle()
        assert all(map(cache.get, new))
        assert len(new) > 300
        assert sum(cache.get(this) is not None for this in old) < 20


@settings(max_examples=12)
@given(st.lists(st.integers(0, 140_000), min_size=20, max_size=120), st.integers(0, 2**32))
def test_size_is_bounded_under_any_load(sizes: list[int], seed: int) -> None:
    """Whatever sizes come in whatever order, the file keeps its bound, and nothing comes out changed."""
    bodies = [(n ^ seed).to_bytes(8, "big") * (size // 8) for n, size in enumerate(sizes * 3)]
    with TemporaryDirectory() as folder, _cache(Path(folder), SMALLEST) as cache:
        for n, body in enumerate(bodies):
            cache.put(_key(n), replace(ANSWER, body=body))
            cache.settle()
            for m in (n, n // 2):
                found = cache.get(_key(m))
                assert found is None or found.body == bodies[m]
            assert (Path(folder) / "data.mdb").stat().st_size <= SMALLEST
        cache.put(b"z" * 18, ANSWER)
        cache.settle()
        assert cache.get(b"z" * 18) == ANSWER
        assert cache.counts.failed == 0
        assert cache.counts.skipped == sum(len(body) > SMALLEST // 8 for body in bodies)


@pytest.mark.parametrize(("size", "found"), [(64 * 2**20, range(3000, 3001)), (4 * 2**20, range(50, 1500))])
def test_processes_share_what_they_put(tmp_path: Path, size: int, found: range) -> None:
    """What one process puts another finds, both writing at once, and nobody ever sees half an answer."""
    code = (
        "for n in range({}, 3000, 2): cache.put(k(n), answer(n)); cache.settle()\n"
        "for n in range(3000):\n"
        "    found = cache.get(k(n))\n"
        "    assert found is None or found == answer(n), n\n"
        "print(cache.counts.stored + cache.counts.skipped, cache.counts.failed, flush=True)\n"
    )
    with (
        _process(tmp_path, size, code.format(0)) as even,
        _process(tmp_path, size, code.format(1)) as odd,
        _cache(tmp_path, size) as cache,
    ):
        while even.poll() is None and odd.poll() is None:
            for n in range(3000):
                seen = cache.get(_key(n))
                assert seen is None or seen.body == _whole(n)
        assert (_line(even), _line(odd)) == ("1500 0", "1500 0")
        assert sum(cache.get(_key(n)) is not None for n in range(3000)) in found


def test_killed_writers_leave_it_whole(tmp_path: Path) -> None:
    """Processes that are killed while they write harm no answer, and block no other writer."""
    size = 8 * 2**20
    code = "print('on', flush=True)\nn = {}\nwhile True: n += 1; cache.put(k(n), answer(n)); cache.settle()\n"
    with _cache(tmp_path, size) as cache:
        for start in range(0, 600_000, 100_000):
            with _process(tmp_path, size, code.format(start)) as writer:
                assert _line(writer) == "on"
                seen = start
                while not cache.get(_key(seen + 1)):
                    assert writer.poll() is None
                while cache.get(_key(seen + 1)):
                    seen += 1
                writer.send_signal(signal.SIGKILL)
                assert writer.wait(5) == -signal.SIGKILL
            for n in range(start, seen + 50):
                found = cache.get(_key(n))
                assert found is None or found.body == _whole(n)
            cache.put(_key(-start - 1), ANSWER)
            cache.settle()
            assert cache.get(_key(-start - 1)) == ANSWER
        assert cache.counts.failed == 0


def test_reader_that_dies_pins_no_room(tmp_path: Path) -> None:
    """What a process had open when it was killed is taken again, so that others go on storing."""
    reading = f"import lmdb; reading = lmdb.open({str(tmp_path)!r}, readonly=True).begin()\n"
    code = reading + "print('on', flush=True); sys.stdin.readline()\n"
    with _cache(tmp_path) as cache, _process(tmp_path, 0, code) as reader:
        assert _line(reader) == "on"
        for n in range(2000):  # several times the whole map, of which nothing can be taken again meanwhile
            cache.put(_key(n), replace(ANSWER, body=os.urandom(8000)))
            cache.settle()
        assert cache.counts.skipped > 0
        reader.kill()
        reader.wait(5)
        for n in range(2000, 2300):
            cache.put(_key(n), replace(ANSWER, body=os.urandom(8000)))
            cache.settle()
        assert cache.get(_key(2299))
        assert cache.counts.failed == 0


def test_closing_stores_what_waits(tmp_path: Path) -> None:
    """What was put before the end is there for the next; afterwards nothing is found or kept."""
    with _cache(tmp_path) as cache:
        for n in range(200):
            cache.put(_key(n), ANSWER)
    assert cache.get(_key(0)) is None
    cache.put(_key(0), ANSWER)
    cache.settle()
    with _cache(tmp_path) as again:
        assert all(again.get(_key(n)) == ANSWER for n in range(200))
