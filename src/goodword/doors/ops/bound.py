"""Whether the code a clause names is there, found without running it."""

from __future__ import annotations

import ast
from functools import cache
from importlib.util import find_spec
from pathlib import Path


def is_there(dotted: str) -> bool:
    """Whether `dotted` (inside goodword: voice.cases.rules.callback.may_call_back) names a module or a name in one.

    Only the packages around the module are imported, never the module itself, so that no database is needed.
    """
    parts = f"goodword.{dotted}".split(".")
    for cut in range(len(parts), 1, -1):
        file = _file_of(".".join(parts[:cut]))
        if file is not None:
            rest = parts[cut:]
            return not rest or (len(rest) == 1 and rest[0] in _names_in(file))
    return False


def _file_of(module: str) -> Path | None:
    try:
        spec = find_spec(module)
    except ImportError:
        return None
    return Path(spec.origin) if spec is not None and spec.origin else None


@cache
def _names_in(file: Path) -> frozenset[str]:
    """The names a module defines or takes in at its top level."""
    names: set[str] = set()
    for node in ast.parse(file.read_bytes()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names.update(target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
        elif isinstance(node, ast.ImportFrom):
            names.update(alias.asname or alias.name for alias in node.names)
    return frozenset(names)
