"""A file is one ability, a function one thought."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "src" / "goodword"
FILES = [path for path in ROOT.rglob("*.py") if "migrations" not in path.parts]
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
MEDIAN_FILE = 60
MEDIAN_FUNCTION = 8


def functions() -> list[tuple[str, int]]:
    """(place, lines of the body without its docstring) of every function."""
    found = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
                found.append((f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", lines))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_has_two_abilities(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


def test_files_are_short() -> None:
    lengths = [len(path.read_text().splitlines()) for path in FILES if path.name != "__init__.py"]
    assert statistics.median(lengths) <= MEDIAN_FILE


def test_functions_are_short() -> None:
    found = functions()
    assert [place for place, lines in found if lines > LONGEST_FUNCTION] == []
    assert statistics.median(lines for _, lines in found) < MEDIAN_FUNCTION
