"""Every example that `--help` shows is a call that works: command, options, question, format, graph, key."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from command_line import environment
from conftest import Built

import queries
from kg.formats import RDF_FORMATS, RESULT_FORMATS, find
from server.cli import main

CONTEXT = click.Context(main)
COMMANDS = {name: main.get_command(CONTEXT, name) or main for name in main.list_commands(CONTEXT)}
HELP = {"parley": main.get_help(CONTEXT)} | {
    name: command.get_help(click.Context(command)) for name, command in COMMANDS.items()
}


def examples(name: str) -> Iterator[list[str]]:
    """The words after `parley` in the examples of a help text, without comments, pipes and redirections."""
    below = HELP[name].partition("Example")[2].partition("\n\n")[0]
    for line in below.splitlines()[1:]:
        for part in re.split(r" [|>] | {3,}\S.*$", line.strip()):
            words = shlex.split(part)
            if words[:1] == ["parley"]:
                yield words[1:]


def parsed(words: list[str]) -> click.Context:
    """The call as click reads it; it fails for an option or a value that the command does not take."""
    return COMMANDS[words[0]].make_context(words[0], words[1:])


EXAMPLES = [words for name in HELP for words in examples(name)]


def test_every_help_has_examples() -> None:
    """No help text goes without, and no example is overlooked."""
    assert len(HELP) == 12
    assert all(any(examples(name)) for name in HELP)
    assert len(EXAMPLES) == sum(text.count("parley ") for text in map(_examples_only, HELP.values()))


def _examples_only(text: str) -> str:
    return text.partition("Example")[2].partition("\n\n")[0].replace("> parley.", ">")


@pytest.mark.parametrize("words", EXAMPLES, ids=" ".join)
def test_an_example_is_a_call_that_works(words: list[str], built: Built) -> None:
    """Options are those of the command; questions, their parameters, formats, graphs and keys exist."""
    given = parsed(words).params
    spelling = given.get("spelling")
    assert spelling is None or find(spelling, RDF_FORMATS) or find(spelling, RESULT_FORMATS)
    manifest = built.generation.manifest
    if given.get("graph"):
        assert str(built.generation.base.graph(given["graph"])) in manifest["graphs"]
    assert set(given.get("keys", ())) <= {text["key"] for text in manifest["built_from"]}
    if words[0] == "query" and given["query"] and not given["query"].endswith((".rq", "-")):
        question = queries.load()[given["query"]]
        values = dict(pair.split("=", 1) for pair in given["parameters"])
        assert question.bind(built.generation.base.iri, **values)


def test_help_waits_for_no_parser() -> None:
    """What reads pages, Markdown and sentences is loaded when it is needed, so that `--help` is quick."""
    parsers = {"trafilatura", "lxml", "markdown_it", "spacy"}
    code = f"import sys, server.cli; print(*{parsers} & sys.modules.keys())"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
