"""Variables of a script: filled in one pass, so that no value can bring in another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goodword.company.knowledge.variables import VARIABLES, filled, left_in, unknown_in


def test_both_languages_names_are_the_same_variable():
    for code, names in VARIABLES.items():
        for name in names:
            assert filled(f"<{{ {name} }}>", {code: "值"}) == "<值>"


def test_what_is_unknown_is_named_and_what_has_no_value_stays():
    text = "{客户称呼}您好，{客户电话}，{promised}，{}"
    assert unknown_in(text) == ["{客户电话}", "{}"]
    said = filled(text, {"customer": "张"})
    assert said == "张您好，{客户电话}，{promised}，{}"
    assert left_in(said) == ["{promised}"]


@given(st.text(max_size=60))
def test_nothing_in_a_value_is_ever_a_variable(value: str):
    said = filled("{customer}{company}", {"customer": value, "company": "好口碑"})
    assert said.endswith("好口碑") or not value
    assert left_in(said) == ([] if value else ["{customer}"])


def test_what_the_software_comes_with_says_nothing_unknown_and_comes_once(db):
    from goodword.base.core import clock
    from goodword.company.knowledge.models import Script, ScriptVersion
    from goodword.company.knowledge.shipped import seed_scripts

    for version in ScriptVersion.objects.all():
        assert unknown_in(version.text) == unknown_in(version.text_en) == []
    before = Script.objects.count()
    assert (before, seed_scripts(at=clock.now()), Script.objects.count()) == (6, 0, 6)
