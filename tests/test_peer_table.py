"""The table of what linked-data servers do says of us only what a test shows."""

import ast
from pathlib import Path

import pytest
import renew_peer_table

TESTS = Path(__file__).parent


@pytest.mark.parametrize("row", renew_peer_table.rows(), ids=lambda row: row["feature"])
def test_each_claim_names_tests_that_there_are(row: dict[str, str]) -> None:
    """Every feature of the table names tests, each a file or a function of one."""
    assert row["tests"]
    for named in row["tests"].split():
        file, _, function = named.partition("::")
        held = ast.walk(ast.parse((TESTS / file).read_text("utf-8")))
        names = {node.name for node in held if isinstance(node, ast.FunctionDef)}
        assert {function} - {""} <= {name for name in names if name.startswith("test_")}, named


def test_the_document_has_the_table() -> None:
    """The table in docs/linked-data.md is the one in tests/cases/peers.tsv."""
    assert renew_peer_table.written() == renew_peer_table.table()
