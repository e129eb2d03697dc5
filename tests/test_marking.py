"""`parley read` on a terminal: the article with what was read marked in its words."""

import re
from pathlib import Path

import pytest
from command_line import on_terminal, parley

TEXT = """Serbia and Kosovo agree on how to carry out their deal

Aleksandar Vucic, the president of Serbia, met Albin Kurti, the prime minister of Kosovo,
in Ohrid on Saturday.

"Nobody should know who said these words."

"We have a deal," EU foreign policy chief Josep Borrell said. Vucic said that he did not want to sign
any agreement with Kosovo.

Kurti accused Serbia of delays.
"""
_SGR = re.compile(r"\x1b\[([\d;]*)m")
COLOURS = {*range(30, 38), *range(90, 98)}


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, "utf-8")
    return path


def styled(shown: str) -> list[tuple[frozenset[int], str]]:
    """The pieces of the output, each with the codes that are in force for it (ECMA-48, SGR)."""
    found: list[tuple[frozenset[int], str]] = []
    codes: set[int] = set()
    for number, part in enumerate(_SGR.split(shown)):
        if number % 2 == 0:
            found += [(frozenset(codes), part)] if part else []
        elif part in ("", "0"):
            codes = set()
        else:
            codes |= {int(code) for code in part.split(";")}
    return found


def colours_of(shown: str, words: str) -> set[int]:
    """The colours of the pieces that stand for these words; fails where the words are not there."""
    text, where = "", []
    for codes, part in styled(shown):
        where += [codes & COLOURS] * len(part)
        text += part
    start = text.index(words)
    return {colour for codes in where[start : start + len(words)] for colour in codes}


def read(article: Path, *options: str, **more: str) -> str:
    done = on_terminal("read", article, "--date", "2023-03-19", *options, **more)
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_each_speaker_has_a_colour(article: Path) -> None:
    """What one person says is in one colour, which the legend explains, and no other person's words are."""
    shown = read(article)
    borrell, vucic = colours_of(shown, "We have a deal"), colours_of(shown, "he did not want to sign")
    assert len(borrell) == len(vucic) == 1
    assert borrell != vucic
    assert colours_of(shown, "Josep Borrell: 1 statement") == borrell
    assert colours_of(shown, "Aleksandar Vucic: 1 statement") == vucic
    assert colours_of(shown, "in Ohrid on Saturday") == set()


def test_kinds_are_told_by_type(article: Path) -> None:
    """Names are underlined, events bold, what was not placed reversed, and listed with reasons."""
    pieces = styled(read(article))
    assert (4, "Albin Kurti") in [(code, part) for codes, part in pieces for code in codes if code == 4]
    assert any(1 in codes and "met" in part for codes, part in pieces)
    assert any(7 in codes and "Nobody should know" in part for codes, part in pieces)
    plain = "".join(part for _, part in pieces)
    assert "Not placed (1)\n  a quotation without a speaker: “Nobody should know" in plain


def test_the_words_are_all_there(article: Path) -> None:
    """Without marks and styles, the article on the terminal is the text, line by line."""
    plain = "".join(part for _, part in styled(read(article)))
    unmarked = re.sub(r"\[\d+ [a-z]+\] ", "", plain)
    assert TEXT.strip() in unmarked


def test_no_color(article: Path) -> None:
    """With NO_COLOR there is no colour; numbers say who speaks, and where the words end."""
    shown = read(article, NO_COLOR="1")
    assert not {code for codes, _ in styled(shown) for code in codes} & COLOURS
    plain = "".join(part for _, part in styled(shown))
    number = re.search(r"\[(\d)\] Josep Borrell", plain)
    assert number
    assert f'"[{number[1]} assert] We have a deal [/{number[1]}],"' in plain


def test_plain_lists(article: Path) -> None:
    """`--plain` on a terminal shows the lists that a pipe gets; `--marked` marks in a pipe too."""
    piped = parley("read", article, "--date", "2023-03-19")
    assert read(article, "--plain") == piped.stdout
    assert "Statements (" in piped.stdout
    assert "\x1b" not in piped.stdout
    marked = parley("read", article, "--date", "2023-03-19", "--marked")
    assert marked.stdout == read(article)


def test_a_pager_on_request(article: Path) -> None:
    """`--pager` hands the marked article to $PAGER."""
    assert read(article, "--pager", PAGER="cat") == read(article)


def test_a_text_cannot_steer_the_terminal(tmp_path: Path) -> None:
    """Escape sequences in a text, its title or its outlet lose the character that makes them work."""
    path = tmp_path / "a.jsonl"
    escape = "\\u001b]0;owned\\u0007\\u202e"
    record = f'{{"title": "A{escape}", "publisher": "B{escape}", "text": "Norway{escape} hosted talks."}}'
    path.write_text(f"{record}\n", "utf-8")
    for options in ((), ("--plain",)):
        shown = read(path, *options)
        assert "\x1b]" not in shown
        assert "\x07" not in shown
        assert "\u202e" not in shown
