"""Imports and foreign keys point down only; the contract refuses what points up."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
ROOMS = next(c for c in CONFIG["contracts"] if c["name"] == "The house: rooms")["layers"]


def storey(module: str) -> int:
    """How high a room lies: the smaller, the higher."""
    for height, line in enumerate(ROOMS):
        if any(module.startswith(room.strip(" ()")) for room in line.split("|")):
            return height
    raise LookupError(module)


def own_models() -> list[type]:
    return [model for model in apps.get_models() if model.__module__.startswith("goodword.")]


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_down(model: type) -> None:
    for field in model._meta.get_fields():
        target = field.related_model if field.is_relation and not field.auto_created else None
        if target is None or not target.__module__.startswith("goodword."):
            continue
        here, there = model._meta.app_config.name, target._meta.app_config.name
        within = f"{here}.".startswith(
            f"{there}."
        )  # an app inside a room points at the room itself, never back
        assert within or storey(here) < storey(there), f"{field} points from {here} to {there}"


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as c; c()",
        "--no-cache",
    ]
    environment = {"PYTHONPATH": str(root / "src"), "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def test_the_contract_refuses_an_import_that_points_up(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(
        ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("static", "templates", "__pycache__")
    )
    bad = tmp_path / "src/goodword/engine/journal/bad.py"
    bad.write_text("from goodword.voice.cases import states\n")
    answer = lint(tmp_path)
    assert answer.returncode != 0
    assert "goodword.engine.journal is not allowed to import goodword.voice.cases" in answer.stdout
    bad.unlink()
    assert lint(tmp_path).returncode == 0
