"""Write docs/clauses.md, the index of every clause, from the regulation packs. With --check: say whether it is old.

python scripts/clause_index.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

from goodword.engine.policy.reading import read_packs
from goodword.engine.policy.schema import Clause, Pack

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "clauses.md"
KINDS = {
    "duty": "义务 duty",
    "guard": "约束 guard",
    "goal": "指标 goal",
    "record": "记录 record",
    "role": "岗位 role",
    "flow": "流程 flow",
    "guide": "指引 guide",
}


def page() -> str:
    """The page as it should be now."""
    packs = read_packs()
    clauses = [clause for pack in packs for clause in pack.clauses]
    live = sum(clause.is_bound for clause in clauses)
    head = [
        "# Clauses 条款索引",
        "",
        "<!-- Written by scripts/clause_index.py from the regulation packs; do not edit. -->",
        "",
        f"{len(clauses)} clauses of {len(packs)} regulations: {live} are live, {len(clauses) - live} are planned. "
        "A live clause has a test of its own in `tests/clauses`.",
        "",
        f"{len(packs)} 部制度共 {len(clauses)} 条：已落实 {live} 条，计划中 {len(clauses) - live} 条。",
    ]
    return "\n".join([*head, *(line for pack in packs for line in _regulation(pack)), ""])


def _regulation(pack: Pack) -> list[str]:
    return [
        "",
        f"## {pack.id} {pack.title.zh}",
        "",
        f"{pack.title.en}",
        "",
        "| id | 出处 cite | 类别 kind | 标题 title | 落实于 bound by |",
        "|---|---|---|---|---|",
        *(_row(clause) for clause in pack.clauses),
    ]


def _row(clause: Clause) -> str:
    marks = " (soft)" * clause.soft + " (inferred)" * clause.inferred
    kind = f"{KINDS[clause.kind]}{marks}"
    cells = (_id(clause), clause.cite, kind, f"{clause.title.zh} {clause.title.en}", _bound_by(clause))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _id(clause: Clause) -> str:
    if not clause.is_bound:
        return clause.id
    name = clause.id.lower().replace("-", "_").replace(".", "_")
    return f"[{clause.id}](../tests/clauses/test_{name}.py)"


def _bound_by(clause: Clause) -> str:
    if clause.binding is None:
        return ", ".join(f"`{name}`" for name in clause.bound_by) or f"planned: {clause.planned}"
    binding = clause.binding
    within = " / ".join(str(each.allow) for each in binding.within) or f"each {binding.every}"
    starts = ", ".join(f"`{kind}`" for kind in binding.starts_on)
    meets = ", ".join(f"`{kind}`" for kind in dict.fromkeys(meeting.on for meeting in binding.meets_on))
    return f"{within}: {starts} → {meets}"


def main() -> int:
    """Write the page, or compare it; 1 when it is old."""
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page():
        return 0
    sys.stderr.write(f"{PAGE.relative_to(ROOT)} is old: python scripts/clause_index.py\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
