"""Loading articles and reports from files: the text as it is, the citation, and clear errors."""

import gzip
import json
import unicodedata
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.sources import Discovered, discover, load, shipped_reports
from kg.sources.decoding import MAX_BYTES

HEADER = '+++\ntitle = "Envoy visits capital"\npublisher = "The Example"\nauthor = "A. Writer"\n'
HEADER += 'date = 2024-03-05\nurl = "https://example.org/1"\nlicence = "CC-BY-4.0"\n+++\n'

# name, bytes, a word that the message must hold
BAD = (
    ("empty.txt", b"", "no text"),
    ("blank.txt", b" \n\t\r\n ", "no text"),
    ("blank.md", HEADER.encode() + b"\n \n", "no text"),
    ("binary.txt", b"\x89PNG\r\n\x1a\n\0\0\0", "binary"),
    ("nul-utf16.txt", b"\xff\xfea\0\0\0", "binary"),
    ("latin.txt", "Bakı café".encode("iso-8859-9"), "iconv"),
    ("odd-utf16.txt", b"\xff\xfea\0b", "UTF-16"),
    ("page.html", b"<script>let talks</script><style>p {}</style>", "no article"),
    ("empty.html", b"", "no article"),
    ("page.pdf", b"%PDF-1.4", ".txt, .md, .html"),
    ("greek.txt", "Συνομιλίες στη Γενεύη".encode("iso-8859-7"), "iconv"),
    ("control.txt", b"Caf\xe9\x01", "iconv"),
    ("cut.txt.gz", gzip.compress(b"Talks went on.")[:-9], "gzip"),
    ("plain.txt.gz", b"Talks went on.", "gzip"),
    ("large.txt.gz", gzip.compress(b"Talks. " * (MAX_BYTES // 7 + 1)), "5 MB"),
    ("day-yaml.md", b"---\ntitle: x\ndate: 2023-02-30\n---\nTalks.\n", "2023-02-30"),
    ("list.jsonl", b"[1, 2]\n", "line 1"),
    ("broken.jsonl", b'{"text": "Talks', "line 1"),
    ("no-text.jsonl", b'{"title": "Talks"}\n', "'text'"),
    ("number.jsonl", b'{"text": 5}\n', "'text'"),
    ("null.jsonl", b'{"text": null}\n', "'text'"),
    ("blank.jsonl", b'{"text": " "}\n', "no text"),
    ("half.jsonl", b'{"text": "Talks \\ud83d"}\n', "surrogate"),
    ("nul.jsonl", b'{"text": "Talks \\u0000"}\n', "binary"),
    ("day.jsonl", b'{"text": "Talks", "date": "soon"}\n', "soon"),
    ("nothing.jsonl", b"\n\n", "no text"),
    ("open.md", b'+++\ntitle = "x"\nTalks went on.\n', "line 1"),
    ("toml.md", b'+++\ntitle = "x"\ndate is today\n+++\nTalks.\n', "line 3"),
    ("end.md", b'+++\ntitle = "x\n+++\nTalks.\n', "line 2"),
    ("deep.md", b"+++\ntitle = " + b"[" * 5000 + b"\n+++\nTalks.\n", "header"),
    ("long-number.md", b"+++\ntitle = " + b"1" * 5000 + b"\n+++\nTalks.\n", "header"),
    ("field.md", b'+++\ntitle = "x"\nauthour = "y"\n+++\nTalks.\n', "'authour'"),
    ("fields.md", b'+++\ntitle = "x"\nauthour = "y"\n+++\nTalks.\n', "title, publisher, author, date"),
    ("kind.md", b'+++\ntitle = "x"\nkind = "rumour"\n+++\nTalks.\n', "rumour"),
    ("number.md", b"+++\ntitle = 12\n+++\nTalks.\n", "quotes"),
    ("untitled.md", b'+++\npublisher = "x"\n+++\nTalks.\n', "title"),
    ("day.md", b'+++\ntitle = "x"\ndate = "2023-02-30"\n+++\nTalks.\n', "2023-02-30"),
    ("toml-day.md", b'+++\ntitle = "x"\ndate = 2023-02-30\n+++\nTalks.\n', "line 3"),
    ("talks-2023-02-30.txt", b"Talks.\n", "2023-02-30"),
    ("large.txt", b"Talks. " * (MAX_BYTES // 7 + 1), "5 MB"),
)


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_text_is_not_changed_and_first_line_is_title(tmp_path: Path) -> None:
    """Line ends, spaces and the title line stay in the text; the title is the first line, trimmed."""
    text = "\r\n  Envoy  visits \r\nTalks “went on”.\u2028 \n\n"
    source = load(write(tmp_path, "a.txt", text)).source
    assert (source.text, source.citation.title, source.kind) == (text, "Envoy visits", "article")


def test_paragraph_is_no_title(tmp_path: Path) -> None:
    """A first line of more than 300 characters is a paragraph: the text is then named by its hash."""
    source = load(write(tmp_path, "a.txt", "word " * 70)).source
    assert source.citation.title == ""
    assert source.slug == f"text-{source.sha256[:12]}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_agree(tmp_path: Path, encoding: str) -> None:
    """The same text has the same offsets and hash in each encoding: the byte order mark is dropped."""
    text = "Əliyev – Bakı\n😀 talks\n"
    source = load(write(tmp_path, "a.txt", text.encode(encoding))).source
    assert source.text == text
    assert source == load(write(tmp_path, "b.txt", text)).source


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_report_header(tmp_path: Path, newline: str) -> None:
    """A Markdown file with a header is a report that cites the article; its text starts after the header."""
    body = "\nThe envoy came.\n+++\nHe left.\n"
    loaded = load(write(tmp_path, "r.md", (HEADER + body).replace("\n", newline)))
    citation = loaded.source.citation
    assert loaded.source.kind == "report"
    assert loaded.source.text == body.replace("\n", newline)
    assert (citation.title, citation.publisher, citation.author) == (
        "Envoy visits capital",
        "The Example",
        "A. Writer",
    )
    assert (citation.date, citation.url) == (date(2024, 3, 5), "https://example.org/1")
    assert (loaded.date_from, loaded.licence) == ("header", "CC-BY-4.0")


def test_kind_of_header(tmp_path: Path) -> None:
    """The header's kind decides; without it Markdown makes a report; a file without header is none."""
    article = HEADER.replace("licence", 'kind = "article"\nlicence')
    assert load(write(tmp_path, "a.md", article + "Talks.")).source.kind == "article"
    assert load(write(tmp_path, "a.txt", HEADER + "Talks.")).source.kind == "article"
    plain = load(write(tmp_path, "plain.md", "# Talks resume\n\nThey met.")).source
    assert (plain.kind, plain.citation.title, plain.text[0]) == ("article", "Talks resume", "T")


def test_sidecar(tmp_path: Path) -> None:
    """NAME.meta.json gives what the file does not say; null, and fields of other tools, count for nothing."""
    fields = {
        "title": "T",
        "publisher": "P",
        "date": "2021-01-22T10:00:00Z",
        "url": None,
        "rights": "R",
        "id": 7,
    }
    write(tmp_path, "a.meta.json", json.dumps(fields))
    loaded = load(write(tmp_path, "a.txt", "First line\n"))
    citation = loaded.source.citation
    assert (citation.title, citation.publisher, citation.date) == ("T", "P", date(2021, 1, 22))
    assert (citation.url, loaded.date_from, loaded.licence) == (None, "sidecar", "R")


@pytest.mark.parametrize("content", ["{", "[]", '{"title": 3}', '{"date": "soon"}', "[" * 100_000, b"\xff"])
def test_bad_sidecar(tmp_path: Path, content: str | bytes) -> None:
    """A sidecar that cannot be understood is an error that names it, in one line."""
    write(tmp_path, "a.meta.json", content)
    with pytest.raises(SourceError, match=r"a\.meta\.json") as caught:
        load(write(tmp_path, "a.txt", "Talks\n"))
    assert len(str(caught.value).splitlines()) == 1


def test_date_precedence(tmp_path: Path) -> None:
    """Option, header, sidecar, file name: the first that gives a date decides, and the result says which."""
    name = "talks-2020-01-04.txt"
    loaded = load(write(tmp_path, name, "Talks\n"))
    assert (loaded.source.citation.date, loaded.date_from) == (date(2020, 1, 4), "file name")
    write(tmp_path, "talks-2020-01-04.meta.json", '{"date": "2020-01-03"}')
    assert load(tmp_path / name).date_from == "sidecar"
    write(tmp_path, name, "+++\ndate = 2020-01-02\n+++\nTalks\n")
    assert load(tmp_path / name).date_from == "header"
    loaded = load(tmp_path / name, date=date(2020, 1, 1), publisher="P", title="T")
    assert (loaded.source.citation.date, loaded.date_from) == (date(2020, 1, 1), "option")
    assert (loaded.source.citation.publisher, loaded.source.citation.title) == ("P", "T")


def test_no_date(tmp_path: Path) -> None:
    """A text whose date nobody gives is loaded without one, and the result says so."""
    loaded = load(write(tmp_path, "a.txt", "Talks on 2020-01-01\n"))
    assert (loaded.source.citation.date, loaded.date_from) == (None, None)


def test_bad_cases_are_all_there() -> None:
    """The table of bad files is not cut down unnoticed."""
    assert len(BAD) == 40


@pytest.mark.parametrize(("name", "content", "word"), BAD, ids=[case[0] for case in BAD])
def test_bad_files(tmp_path: Path, name: str, content: bytes, word: str) -> None:
    """Each kind of bad file gives one line that names the file and what is wrong."""
    with pytest.raises(SourceError) as caught:
        load(write(tmp_path, name, content))
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert name in message
    assert word in message


def test_largest_file(tmp_path: Path) -> None:
    """A file of exactly the limit is loaded."""
    assert len(load(write(tmp_path, "a.txt", b"x" * MAX_BYTES)).source.text) == MAX_BYTES


def test_paths_that_are_no_file(tmp_path: Path) -> None:
    """A missing file and a folder are named in one line, even with a line break in the name."""
    (tmp_path / "folder.txt").mkdir()
    for name, word in (
        ("no\nfile.txt", "no such file"),
        ("x" * 300 + ".txt", "no such"),
        ("folder.txt", "folder"),
    ):
        with pytest.raises(SourceError, match=word) as caught:
            load(tmp_path / name)
        assert len(str(caught.value).splitlines()) == 1


def test_discover(tmp_path: Path) -> None:
    """Folders are searched to the bottom; texts come once each, sorted, without hidden and other files."""
    (tmp_path / "sub").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("b.txt", "sub/c.TXT", "a.meta.json", ".d.txt", ".hidden/e.txt"):
        write(tmp_path, name, "x")
    write(tmp_path, "a.md", f"{HEADER}Talks.\n")
    found = discover([tmp_path, tmp_path / "sub" / ".." / "b.txt", str(tmp_path / "b.txt")])
    assert found.files == (tmp_path / "a.md", tmp_path / "b.txt", tmp_path / "sub" / "c.TXT")
    assert found.left_out == ()


def test_discover_leaves_notes_out(tmp_path: Path) -> None:
    """A .md file without a header in a folder is no report: it is listed apart, unless it is named."""
    notes, faulty = write(tmp_path, "README.md", "# Notes\n"), write(tmp_path, "faulty.md", b"+++\n\xff")
    text = write(tmp_path, "a.txt", "Talks.\n")
    assert discover([tmp_path]) == Discovered((text, faulty), (notes,))
    assert discover([tmp_path, tmp_path / ".." / tmp_path.name / "README.md"]).left_out == ()
    assert discover([notes]) == Discovered((notes,))
    assert load(notes).source.kind == "article"


def test_discover_takes_sidecars_for_no_texts(tmp_path: Path) -> None:
    """Sidecars that `folder/*` names with their texts are passed over; one that is alone is an error."""
    text, beside = write(tmp_path, "a.txt", "Talks.\n"), write(tmp_path, "a.meta.json", "{}")
    assert discover([text, beside]) == Discovered((text,))
    assert discover([tmp_path]) == Discovered((text,))
    assert "a.meta.json" in str(discover([beside]).failed[0])


def test_discover_errors(tmp_path: Path) -> None:
    """A missing path, a file of another kind and a folder without texts are listed; no path gives no file."""
    (tmp_path / "none").mkdir()
    (tmp_path / "notes").mkdir()
    write(tmp_path / "notes", "README.md", "# Notes\n")
    others = (tmp_path / "none", tmp_path / "notes")
    text = write(tmp_path, "a.txt", "Talks.\n")
    for path in (tmp_path / "missing", write(tmp_path, "a.pdf", b"%PDF"), *others):
        found = discover([path, text])
        assert found.files == (text,)
        assert [str(path) in str(error) for error in found.failed] == [True]
    assert discover([]) == Discovered(())


def test_shipped_reports_load() -> None:
    """Each report that ships says which text, published where and when, it restates."""
    assert shipped_reports()
    for path in shipped_reports():
        source = load(path).source
        assert source.kind == "report"
        assert all((source.citation.title, source.citation.publisher, source.citation.date))


def outcome(name: str, content: str | bytes) -> str:
    """The text that is loaded from a file with this content, or `refused: ` and the message."""
    with TemporaryDirectory() as folder:
        try:
            return load(write(Path(folder), name, content)).source.text
        except SourceError as error:
            return f"refused: {error}"


def _is_unseen(character: str) -> bool:
    """Controls but for white space, and format characters of the first plane but for signs with numerals."""
    seen = "\t\n\v\f\r\x85\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"
    unseen = unicodedata.category(character) in ("Cc", "Cf") and character < "\U00010000"
    return character == "\u2065" or (unseen and character not in seen)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_any_text_survives(text: str) -> None:
    """Whatever the characters, those that one sees are loaded, if they are neither blank nor a header."""
    seen = "".join(c for c in text if not _is_unseen(c))
    assume(seen and not seen.isspace() and not text.removeprefix("\ufeff").startswith("+++"))
    assert outcome("a.txt", text) == seen


@given(st.binary(), st.sampled_from(["a.txt", "a.md", "a.jsonl", "a.txt.gz", "a.html"]))
def test_any_bytes(data: bytes, name: str) -> None:
    """Any bytes at all are either loaded or refused with one line."""
    result = outcome(name, data)
    assert result
    assert not result.startswith("refused: ") or len(result.splitlines()) == 1


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_any_header(header: str) -> None:
    """Any header is either understood or refused with one line."""
    result = outcome("a.md", f"+++\n{header}\n+++\nTalks.\n")
    assert not result.startswith("refused: ") or len(result.splitlines()) == 1
