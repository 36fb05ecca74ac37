"""docs/clauses.md is what the packs say now, and every test file here belongs to a live clause."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from goodword.engine.policy.reading import clauses, read_packs

ROOT = Path(__file__).parents[2]


def test_the_index_of_clauses_is_up_to_date() -> None:
    script = [sys.executable, str(ROOT / "scripts" / "clause_index.py"), "--check"]
    checked = subprocess.run(
        script, check=False, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT / "src")}
    )
    assert checked.returncode == 0, checked.stderr


def test_every_file_here_is_of_a_live_clause_and_none_is_missing() -> None:
    live = [clause.id for clause in clauses(read_packs()).values() if clause.is_bound]
    names = {f"test_{clause.lower().replace('-', '_').replace('.', '_')}.py" for clause in live}
    here = {file.name for file in Path(__file__).parent.glob("test_*.py")} - {Path(__file__).name}
    assert here == names


def test_each_file_names_its_clause_and_what_it_demands() -> None:
    for clause in clauses(read_packs()).values():
        if clause.is_bound:
            file = Path(__file__).parent / f"test_{clause.id.lower().replace('-', '_').replace('.', '_')}.py"
            assert file.read_text(encoding="utf-8").startswith(f'"""{clause.id}: ')
