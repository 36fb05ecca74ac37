"""A bench is run seldom: what it takes from the product is looked for here, so that none breaks unseen."""

from __future__ import annotations

import ast
from importlib import import_module, util
from pathlib import Path

import pytest

BENCHES = sorted((Path(__file__).parents[2] / "bench").glob("*.py"))


@pytest.mark.parametrize("bench", BENCHES, ids=lambda path: path.stem)
def test_what_it_imports_of_the_product_is_there(bench: Path) -> None:
    missing = []
    for node in ast.walk(ast.parse(bench.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("goodword"):
            module = import_module(str(node.module))
            missing += [
                f"{node.module}.{name.name}"
                for name in node.names
                if not hasattr(module, name.name) and not util.find_spec(f"{node.module}.{name.name}")
            ]
    assert not missing
