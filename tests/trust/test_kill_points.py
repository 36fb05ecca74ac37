"""Each act is killed before every writing system call it makes: what it leaves is nothing or everything, never half.

The act runs in a process of its own that is watched call by call (`kit/tracing.py`) and dies at the chosen one. Then
a new process looks: rows and states as before the act or as after one of its commits, the journal whole, each
attachment's bytes its own; and the act, done again with the same key, is done once. GOODWORD_SEED: which calls.
"""

from __future__ import annotations

import json

import pytest
from tests.support.installation import Installation

POINTS = {"quick": 3, "slow": 40, "full": 0}
"""Calls per act, spread over it, and as many where something becomes lasting; 0: every one."""
ACTS = {"intake", "triage", "dispatch", "approve", "callback", "attach", "send", "tick", "import"}


def test_killed_before_any_writing_call_an_act_is_done_or_not_done(
    place: Installation, size: str, seed: int
) -> None:
    program = (
        f"from tests.trust.kit import crash_points\ncrash_points.sweep(points={POINTS[size]}, seed={seed})"
    )
    found = json.loads(place.do(program, within=4 * 3600))
    if "skipped" in found:
        pytest.skip(found["skipped"])
    for name, told in found.items():
        print(
            f"{name}: killed at {told['tried']} of {told['calls']} calls in {told['took']} s, left {told['deaths']}"
        )
    assert found.keys() == ACTS
    assert {name: told["wrong"] for name, told in found.items() if told["wrong"]} == {}
    assert all(told["tried"] and sum(told["deaths"].values()) == told["tried"] for told in found.values())
    left = {name: set(told["deaths"]) for name, told in found.items()}
    assert all({"nothing", "everything"} <= seen for seen in left.values()), left
