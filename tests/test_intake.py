"""What files may be: formats, encodings and languages, each as a file that `parley` is given."""

import gzip
import json
import tomllib
from datetime import date
from pathlib import Path

import pytest

from kg.errors import LeftOut, SourceError
from kg.sources import language, load, load_all
from kg.sources.loading import Loaded

LANGUAGES = tomllib.loads((Path(__file__).parent / "cases" / "languages.toml").read_text("utf-8"))
ENGLISH = (
    "Talks\n\nNorway hosted talks.",
    "Soup\n\nPeel carrots. Boil them with salt.",
    "Present: Nikol Pashinyan, Ilham Aliyev, Charles Michel, Emmanuel Macron, Olaf Scholz, Antony Blinken",
    "After the talks in the capital the minister quoted a proverb: “Après la pluie, le beau temps”.",
    "In 2020, 2021, 2022 and 2023 the two sides met 14, 12, 9 and 3 times, the office of the president said.",
)
PAGE = """<!DOCTYPE html><html><head><title>Envoys meet | The Example</title>
<meta charset="{charset}"><meta property="og:site_name" content="The Example">
<meta property="og:title" content="Envoys meet"><meta name="author" content="Ann Writer">
<meta property="article:published_time" content="2024-03-05T10:00:00Z">
<script>document.write("The minister resigned at once, said the script");</script>
<style>p {{ color: red }}</style></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Envoys meet</h1><p>Norway hosted talks between Armenia and Azerbaijan in Oslo on Monday.</p>
<p>“We have a deal,” the minister said &amp; left. The two sides meet again in April, his office said.</p>
<table><tr><td>1990</td><td>12.5</td></tr></table><p>No agreement was signed after three days of talks.</p>
</article>
<footer><p>© 2024 The Example. All rights reserved.</p></footer></body></html>"""


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "utf-16"])
def test_a_page_is_its_article(tmp_path: Path, charset: str) -> None:
    """A page gives the words of its article by paragraphs, and none of scripts, styles, menus, tables."""
    source = load(write(tmp_path, "a.html", PAGE.format(charset=charset).encode(charset))).source
    assert source.kind == "article"
    assert source.text.split("\n\n") == [
        "Envoys meet",
        "Norway hosted talks between Armenia and Azerbaijan in Oslo on Monday.",
        "“We have a deal,” the minister said & left. The two sides meet again in April, his office said.",
        "No agreement was signed after three days of talks.\n",
    ]


def test_a_page_cites_itself(tmp_path: Path) -> None:
    """Title, author, outlet and date come from the page's markup, if no option or sidecar gives them."""
    path = write(tmp_path, "a.html", PAGE.format(charset="utf-8"))
    loaded = load(path)
    cited = loaded.source.citation
    assert (cited.title, cited.publisher, cited.author) == ("Envoys meet", "The Example", "Ann Writer")
    assert (cited.date, loaded.date_from) == (date(2024, 3, 5), "page")
    write(tmp_path, "a.meta.json", '{"publisher": "The Other", "date": "2024-03-06"}')
    loaded = load(path, date=date(2024, 3, 7))
    assert (loaded.source.citation.publisher, loaded.date_from) == ("The Other", "option")


MARKDOWN = """---
title: 'Envoys'' visit'   # as printed
authors: [Ann Writer, "B. Other"]
date: 2024-03-05T10:00:00+01:00
publisher: The Example
tags:
  - talks
layout: post
---
# Envoys’ visit

**Norway** hosted _talks_ in [Oslo](https://example.org "the city"), says the ministry\\*.
It was the third round.

> “We have a deal,” he said.

- First point
- Second point

![A picture](a.png) <!-- a note -->

| a | b |
|---|---|
| 1 | 2 |

```python
print("no words")
```
"""


def test_markdown_without_its_markup(tmp_path: Path) -> None:
    """Headings, emphasis, links, lists and quotations leave their words; front matter is the citation."""
    loaded = load(write(tmp_path, "a.md", MARKDOWN))
    source, cited = loaded.source, loaded.source.citation
    assert source.kind == "article"
    assert source.text.startswith(
        "Envoys’ visit\n\nNorway hosted talks in Oslo, says the ministry*.\nIt was the third round.\n\n"
        "“We have a deal,” he said.\n\nFirst point\n\nSecond point\n\n"
    )
    assert not any(sign in source.text for sign in ("](", "**", "picture", "note", "print", "|"))
    assert (cited.title, cited.author) == ("Envoys' visit", "Ann Writer, B. Other")
    assert (cited.date, cited.publisher, loaded.date_from) == (date(2024, 3, 5), "The Example", "header")


def test_markdown_without_markup_stays_as_it_is(tmp_path: Path) -> None:
    """A body of plain paragraphs is the text, to the last blank line."""
    body = "\nThe envoy  came,\nand left.\n\n\nHe said: “No.”\n\n"
    assert load(write(tmp_path, "a.md", body)).source.text == body


def test_three_hyphens_are_no_front_matter_by_themselves(tmp_path: Path) -> None:
    """A rule at the start of a text does not take words away."""
    text = load(write(tmp_path, "a.md", "---\n\nThe envoy came, he said.\n\n---\n\nHe left.\n")).source.text
    assert text == "The envoy came, he said.\n\nHe left.\n"


def test_records(tmp_path: Path) -> None:
    """Each line of a .jsonl file is an article with its citation; a bad line leaves the others alone."""
    good = {"title": "A", "publisher": "P", "author": "W", "date": "2024-03-05", "url": "u", "text": "One."}
    lines = [json.dumps(good), "{", "", json.dumps({"text": "Two.\nMore.", "id": 7})]
    plain = write(tmp_path, "a.jsonl", "\n".join(lines))
    packed = write(tmp_path, "b.jsonl.gz", gzip.compress("\n".join(lines).encode()))
    for path in (plain, packed):
        first, fault, second = load_all(path)
        assert isinstance(first, Loaded)
        assert isinstance(second, Loaded)
        cited = first.source.citation
        assert (cited.title, cited.publisher, cited.author, cited.url) == ("A", "P", "W", "u")
        assert (cited.date, first.source.text) == (date(2024, 3, 5), "One.")
        assert isinstance(fault, SourceError)
        assert f"{path.name}, line 2" in str(fault)
        assert (second.source.citation.title, second.where) == ("Two.", f"{path}, line 4")


def test_records_of_a_file_that_breaks_off(tmp_path: Path) -> None:
    """What stands before the damage is loaded, and the error says where that ends."""
    packed = gzip.compress(b"".join(b'{"text": "Talks %d."}\n' % number for number in range(50_000)))
    *found, fault = load_all(write(tmp_path, "a.jsonl.gz", packed[: len(packed) // 2]))
    assert isinstance(fault, SourceError)
    assert f"after line {len(found)}" in str(fault)
    assert len(found) > 1_000


@pytest.mark.parametrize("name", ["2024-03-05-a.txt.gz", "a.md.gz", "a.html.gz"])
def test_packed_files_are_what_they_hold(tmp_path: Path, name: str) -> None:
    """A .gz file is loaded as what is packed in it, with its sidecar and the date in its name."""
    contents = {"txt": "Envoys meet\n", "md": "# Envoys meet\n", "html": PAGE.format(charset="utf-8")}
    write(tmp_path, "a.meta.json", '{"date": "2024-03-05"}')
    loaded = load(write(tmp_path, name, gzip.compress(contents[name.split(".")[1]].encode())))
    assert (loaded.source.citation.title, loaded.source.citation.date) == ("Envoys meet", date(2024, 3, 5))


def test_windows_1252_is_supposed_aloud(tmp_path: Path) -> None:
    """Text that is not UTF-8 is taken for Windows-1252 where that fits, and the result says so."""
    text = "Café talks – “no deal” in Zürich, the minister said after the talks\n"
    loaded = load(write(tmp_path, "a.txt", text.encode("cp1252")))
    assert loaded.source.text == text
    assert len(loaded.notes) == 1
    assert "Windows-1252" in loaded.notes[0]
    assert load(write(tmp_path, "b.txt", text)).notes == ()


def test_unseen_characters_do_not_split_names(tmp_path: Path) -> None:
    """Zero-width characters, soft hyphens, direction marks and controls are left out of the stored text."""
    odd = "Azer\u200bbai\u00adjan\u200e and \u202bArmenia\u202c\ufeff met\u0007 in\u00a0Oslo\u2060.\x1b[31m\n"
    assert load(write(tmp_path, "a.txt", odd)).source.text == "Azerbaijan and Armenia met in\u00a0Oslo.[31m\n"


@pytest.mark.parametrize(("name", "text"), LANGUAGES.items())
def test_other_languages_are_named(name: str, text: str) -> None:
    """A text of one sentence in another language is left out, and the reason names language or script."""
    with pytest.raises(LeftOut, match=name):
        language.check(text, "a.txt")


def test_all_languages_are_there() -> None:
    """The table of languages is not cut down unnoticed."""
    assert len(LANGUAGES) == 16


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_read(text: str) -> None:
    """Short texts, lists of names, foreign quotations and sentences with many figures are English still."""
    language.check(text, "a.txt")


def test_figures_are_no_text() -> None:
    """A table of figures is left out as such."""
    rows = "\n".join(f"{year} {year * 3} {year / 7:.2f}" for year in range(1990, 2020))
    with pytest.raises(LeftOut, match="figures"):
        language.check(f"Year Oil Gas\n{rows}\n", "a.txt")


def test_a_real_stream_is_english(shared: Path) -> None:
    """Of the first 2,000 public-domain texts, the one that is in Spanish is left out, and no other."""
    left_out = []
    for number, found in enumerate(load_all(shared / "articles" / "stream.jsonl.gz")):
        if number == 2_000:
            break
        assert isinstance(found, Loaded)
        try:
            language.check(found.source.text, found.where)
        except LeftOut as error:
            left_out.append(error.what)
    assert left_out == ["is not English: it reads like Spanish"]
