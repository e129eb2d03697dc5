"""How fast the reader is on a long stream of texts, beside plain spaCy on the same texts in the same run.

    PARLEY_SHARED=… .venv/bin/python -m bench.stream [--every N] [--sample N]

The texts are `articles/stream.jsonl.gz` in $PARLEY_SHARED, or each N-th of them. Prints the start of `parley
read`, from the process to what it shows; articles of 700 words a second and core, up to readings, and memory,
at the quarters of the stream; for each N-th text read (--sample) what spaCy and writing as RDF take; and the
time per word of one pool of text, cut into shorter and longer texts.

spaCy here tokenizes, splits sentences and finds the names of our authority data, and knows nothing else of
what the text says: the ratio is what the reading itself costs.
"""

import argparse
import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from time import process_time
from typing import TypeVar

from spacy.lang.en import English
from spacy.matcher import PhraseMatcher

from kg import authority
from kg.assembly import assemble
from kg.errors import SourceError
from kg.lexicon import Lexicon
from kg.model import Reading, Source
from kg.reading import Index, read
from kg.sources import load_all
from kg.vocab import Base

T = TypeVar("T")
_ARTICLE = 700  # words
_STARTS = 3
_POOL = 16  # pieces of one article each
_PAGE = os.sysconf("SC_PAGE_SIZE")


def main(every: int, sample: int) -> None:
    """Print everything, the start first: it is another process."""
    gc.set_threshold(50_000)  # as the command line has it
    wall, processor = _start()
    print(f"start of parley read   {wall:7.2f} s to what it shows, {processor:.2f} s of a core")
    lexicon = authority.lexicon(Base())
    index, peer = Index.of(lexicon), _peer(lexicon)
    _stream(index, peer, every, sample)
    _lengths(index)


def _start() -> tuple[float, float]:
    """Seconds of `parley read` on a short text, from its start to its end, and of the processor: medians."""
    command = [sys.executable, "-m", "server.cli", "read", "--plain", "--date", "2023-12-06"]
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "text.txt"
        text.write_text(
            "Talks resume\n\nArmenia and Azerbaijan held talks in Brussels, officials said.", "utf-8"
        )
        for _ in range(_STARTS):
            before = os.times()
            subprocess.run([*command, str(text)], check=True, capture_output=True)
            after = os.times()
            busy = after.children_user + after.children_system - before.children_user - before.children_system
            taken.append((after.elapsed - before.elapsed, busy))
    return median(wall for wall, _ in taken), median(busy for _, busy in taken)


def _peer(lexicon: Lexicon) -> Callable[[str], object]:
    """spaCy with the names of the lexicon; it remembers words as we do."""
    nlp = English()
    nlp.add_pipe("sentencizer")
    nlp.max_length = 100_000_000
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("name", [nlp.make_doc(form) for form in lexicon.names])
    return lambda text: matcher(nlp(text))


def _stream(index: Index, peer: Callable[[str], object], every: int, sample: int) -> None:
    """Read the stream; nothing is kept of a text that has been read."""
    wanted = len(range(0, _count(), every))
    texts = words = 0
    reading = 0.0
    sampled: list[tuple[int, float, float, float]] = []  # words, and seconds of reading, spaCy and writing
    print("\n  texts      words  articles/s  memory MB")
    for source in _sources(every):
        size, start = len(source.text.split()), process_time()
        made = read(source, index)
        taken = process_time() - start
        texts, words, reading = texts + 1, words + size, reading + taken
        if texts % sample == 0:
            sampled.append((size, taken, _seconds(peer, source.text), _seconds(_written, made)))
        if texts % max(1, wanted // 4) == 0:
            print(f"{texts:7} {words:10} {words / _ARTICLE / reading:11.1f} {_memory():10.0f}")
    if sampled:
        _beside(*(sum(column) for column in zip(*sampled, strict=True)))


def _beside(words: float, ours: float, theirs: float, writing: float) -> None:
    """What the sampled texts took, an article of so many words."""
    articles = words / _ARTICLE
    print(f"\nof each article of {_ARTICLE} words, on the sample:")
    print(f"reading              {ours / articles * 1000:7.2f} ms")
    print(f"spaCy with our names {theirs / articles * 1000:7.2f} ms; ratio {ours / theirs:.2f}")
    print(f"writing it as RDF    {writing / articles * 1000:7.2f} ms on top")


def _written(reading: Reading) -> str:
    return assemble(reading, Base()).serialize(format="nt")


def _lengths(index: Index) -> None:
    """The same words as texts of one to sixteen articles: their time per word should not grow."""
    pieces = list(islice(_pieces(), _POOL))
    print("\narticles in a text  µs a word")
    for count in (1, 2, 4, 8, 16):
        texts = ["\n\n".join(pieces[at : at + count]) for at in range(0, len(pieces), count)]
        example = next(_sources(1))
        sources = [replace(example, text=text) for text in texts]
        taken = min(_seconds(partial(_read_all, index), sources) for _ in range(2))
        print(f"{count:18} {taken / sum(len(text.split()) for text in texts) * 1e6:10.1f}")


def _read_all(index: Index, sources: list[Source]) -> None:
    for source in sources:
        read(source, index)


def _pieces() -> Iterator[str]:
    """Paragraphs of the stream, about one article's words at a time."""
    held: list[str] = []
    for source in _sources(1):
        held += source.text.split("\n\n")
        if sum(len(part.split()) for part in held) >= _ARTICLE:
            yield "\n\n".join(held)
            held = []


def _sources(every: int) -> Iterator[Source]:
    found = (loaded for loaded in load_all(_path()) if not isinstance(loaded, SourceError))
    return (loaded.source for loaded in islice(found, 0, None, every))


def _count() -> int:
    return sum(1 for _ in load_all(_path()))


def _path() -> Path:
    if "PARLEY_SHARED" not in os.environ:
        raise SystemExit("PARLEY_SHARED names no folder with articles/stream.jsonl.gz")
    return Path(os.environ["PARLEY_SHARED"]) / "articles" / "stream.jsonl.gz"


def _memory() -> float:
    """What this process holds in memory now, in MB; it is Linux that tells."""
    return int(Path("/proc/self/statm").read_text("utf-8").split()[1]) * _PAGE / 1e6


def _seconds(work: Callable[[T], object], given: T) -> float:
    start = process_time()
    work(given)
    return process_time() - start


def _arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--every", type=int, default=1, metavar="N", help="each N-th text of the stream")
    parser.add_argument(
        "--sample", type=int, default=20, metavar="N", help="each N-th text read, for the rest"
    )
    return parser.parse_args(words)


if __name__ == "__main__":
    main(**vars(_arguments()))
