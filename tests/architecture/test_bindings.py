"""Every clause said to be bound is bound to something that exists."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
import yaml

from goodword.base.people.roles import DEPARTMENTS, GROUPS, ROLES
from goodword.engine.journal.kinds import declared
from goodword.engine.policy import schema
from goodword.engine.policy.queries import all_clauses

SPEC = Path(__file__).parents[3] / "shared" / "spec" / "clauses.yaml"
LIVE_NOW = [
    "FB-1.3a",
    "FB-2.1a",
    "FB-2.1b",
    "FB-2.1c",
    "FB-2.2a",
    "FB-2.2b",
    "FB-2.2c",
    "FB-2.2d",
    "FB-2.2e",
    "FB-2.2f",
    "FB-3.1a",
    "FB-3.1b",
    "FB-3.2a",
    "FB-3.2b",
    "FB-3.2c",
    "FB-3.2d",
    "FB-3.2e",
    "FB-4.1a",
    "FB-4.1b",
    "FB-4.1c",
    "FB-4.1d",
    "FB-4.1e",
    "FB-4.1f",
    "FB-4.2a",
    "FB-4.2b",
    "FB-4.2c",
    "FB-4.2d",
    "FB-4.2e",
    "FB-4.2f",
    "FB-4.3a",
    "FB-4.3b",
    "FB-4.3c",
    "FB-4.3d",
    "FB-4.3e",
    "FB-4.3f",
    "WM-2.3c",
    "WM-2.4a",
    "SU-4b",
    "SU-8a",
    "SU-8b",
    "SU-8c",
    "CS-3.2a",
    "CS-3.2b",
    "CS-3.2c",
    "WM-2.1a",
    "WM-2.2a",
    "WM-2.4b",
    "SU-5",
    "KC-6a",
    "KC-7a",
    "KC-9a",
    "KC-10a",
    "CS-2.1",
    "CS-2.2",
    "CS-3.1a",
]
CLAUSES = all_clauses()
DUTIES = [clause for clause in CLAUSES.values() if clause.binding]


@pytest.mark.parametrize("clause_id", LIVE_NOW)
def test_the_clause_is_bound_and_has_its_test_file(clause_id: str) -> None:
    assert CLAUSES[clause_id].is_bound
    name = clause_id.lower().replace("-", "_").replace(".", "_")
    assert (Path(__file__).parents[1] / "clauses" / f"test_{name}.py").exists()


def test_nothing_else_claims_to_be_bound() -> None:
    assert {clause.id for clause in CLAUSES.values() if clause.is_bound} == set(LIVE_NOW)


@pytest.mark.parametrize("clause", [c for c in CLAUSES.values() if c.bound_by], ids=lambda c: c.id)
def test_what_a_clause_is_bound_by_exists_and_knows_it(clause: schema.Clause) -> None:
    for name in clause.bound_by:
        module = importlib.import_module(f"goodword.{name}")
        assert module.__file__
    sources = "".join(
        Path(importlib.import_module(f"goodword.{name}").__file__ or "").read_text()
        for name in clause.bound_by
    )
    assert clause.id in sources, f"{clause.bound_by} never mentions {clause.id}"


@pytest.mark.parametrize("clause", DUTIES, ids=lambda c: c.id)
def test_the_entries_a_duty_is_bound_to_may_be_journalled(clause: schema.Clause) -> None:
    binding = clause.binding
    assert binding is not None
    kinds = declared()
    named = {
        *binding.starts_on,
        *binding.releases_on,
        *binding.supersedes_on,
        *binding.pauses_on,
        *binding.resumes_on,
    }
    for meeting in binding.meets_on:
        named.add(meeting.on)
        if meeting.when:
            assert meeting.when.facts() <= kinds[meeting.on].facts
    assert named <= kinds.keys()
    context = {fact for kind in kinds.values() if kind.subject == binding.subject for fact in kind.context}
    for condition in (binding.when, binding.unless, *(w.when for w in binding.within)):
        if condition is not None:
            assert condition.facts() <= context | {"office_hours"}


@pytest.mark.parametrize("clause", DUTIES, ids=lambda c: c.id)
def test_whoever_a_duty_names_is_a_role_a_group_or_a_department(clause: schema.Clause) -> None:
    binding = clause.binding
    assert binding is not None
    assert binding.bearer.role in ROLES
    assert binding.bearer.department in {None, "responsible", *DEPARTMENTS}
    assert {step.to for step in binding.escalation} <= {"bearer", *ROLES, *GROUPS}


def test_the_schema_and_the_house_know_the_same_roles() -> None:
    assert set(schema.ROLES) == set(ROLES)
    assert set(schema.DEPARTMENTS) == set(DEPARTMENTS)
    assert set(schema.GROUPS) == set(GROUPS)


@pytest.mark.skipif(not SPEC.exists(), reason="the register of clauses is not beside this checkout")
def test_every_clause_of_the_register_is_there() -> None:
    register = yaml.safe_load(SPEC.read_text())["clauses"]
    assert {row["id"]: row["kind"] for row in register} == {c.id: c.kind for c in CLAUSES.values()}
