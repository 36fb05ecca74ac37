"""The five regulation packs: complete, in both languages, in our own words, and refused with reasons when wrong."""

from __future__ import annotations

import copy
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from goodword.engine.policy.reading import clauses, pack_from, read_packs
from goodword.engine.policy.schema import Allowance, Clause, Pack, PackError

SHARED = Path(__file__).resolve().parents[4] / "shared"
REGISTER = SHARED / "spec" / "clauses.yaml"
REGULATIONS = SHARED / "regulations"
needs_register = pytest.mark.skipif(
    not REGISTER.exists(), reason="the clause register is not beside the repository"
)
needs_texts = pytest.mark.skipif(
    not REGULATIONS.exists(), reason="the source texts are not beside the repository"
)

BOUND_DUTIES = [
    "FB-2.2b",
    "FB-2.2c",
    "FB-2.2d",
    "FB-3.2a",
    "FB-3.2b",
    "FB-4.1a",
    "FB-4.1b",
    "FB-4.2c",
    "FB-4.2d",
    "FB-4.3a",
    "FB-4.3b",
    "FB-4.3c",
    "FB-4.3d",
    "WM-2.4a",
    "SU-8a",
    "SU-8b",
    "CS-3.2a",
    "CS-3.2b",
]
BOUND_BY_CODE = [
    "CS-2.1",
    "CS-2.2",
    "CS-3.1a",
    "CS-3.2c",
    "FB-1.3a",
    "FB-2.1a",
    "FB-2.1b",
    "FB-2.1c",
    "FB-2.2a",
    "FB-2.2e",
    "FB-2.2f",
    "FB-3.1a",
    "FB-3.1b",
    "FB-3.2c",
    "FB-3.2d",
    "FB-3.2e",
    "FB-4.1c",
    "FB-4.1d",
    "FB-4.1e",
    "FB-4.1f",
    "FB-4.2a",
    "FB-4.2b",
    "FB-4.2e",
    "FB-4.2f",
    "FB-4.3e",
    "FB-4.3f",
    "KC-10a",
    "KC-6a",
    "KC-7a",
    "KC-9a",
    "SU-4b",
    "SU-5",
    "SU-8c",
    "WM-2.1a",
    "WM-2.2a",
    "WM-2.3c",
    "WM-2.4b",
]


@pytest.fixture(scope="module")
def packs() -> tuple[Pack, ...]:
    return read_packs()


@pytest.fixture(scope="module")
def rules(packs: tuple[Pack, ...]) -> dict[str, Clause]:
    return clauses(packs)


@pytest.fixture(scope="module")
def register() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in yaml.safe_load(REGISTER.read_text("utf-8"))["clauses"]}


def test_the_five_packs_come_in_the_order_of_the_regulations(packs: tuple[Pack, ...]) -> None:
    assert [pack.id for pack in packs] == ["FB", "WM", "SU", "KC", "CS"]
    assert [len(pack.clauses) for pack in packs] == [40, 31, 19, 47, 12]


@needs_register
def test_every_clause_of_the_register_is_there_and_no_other(
    rules: dict[str, Clause], register: dict[str, dict[str, Any]]
) -> None:
    assert set(rules) == set(register)
    assert len(rules) == 149


@needs_register
def test_kind_place_softness_and_inference_are_the_registers(
    rules: dict[str, Clause], register: dict[str, dict[str, Any]]
) -> None:
    ours = {c.id: (c.kind, c.cite, c.soft, c.inferred) for c in rules.values()}
    theirs = {
        i: (row["kind"], row["cite"], row.get("soft", False), row.get("inferred", False))
        for i, row in register.items()
    }
    assert ours == theirs


@needs_register
def test_figures_are_the_registers(rules: dict[str, Clause], register: dict[str, dict[str, Any]]) -> None:
    wrong = {
        (i, key): (rules[i].values.get(key), value)
        for i, row in register.items()
        for key, value in row.get("values", {}).items()
        if rules[i].values.get(key) != value
    }
    assert wrong == {}


def test_what_this_product_carries_out_is_bound_and_the_rest_is_planned(rules: dict[str, Clause]) -> None:
    assert sorted(c.id for c in rules.values() if c.binding) == sorted(BOUND_DUTIES)
    assert sorted(c.id for c in rules.values() if c.bound_by) == sorted(BOUND_BY_CODE)
    assert all(c.is_bound == (c.planned is None) for c in rules.values())
    assert sum(c.planned is not None for c in rules.values()) == 149 - len(BOUND_DUTIES) - len(BOUND_BY_CODE)


def test_every_clause_speaks_both_languages(rules: dict[str, Clause]) -> None:
    for clause in rules.values():
        assert re.search("[\u4e00-\u9fff]", clause.title.zh + clause.words.zh), clause.id
        assert not re.search("[\u4e00-\u9fff]", clause.title.en + clause.words.en), clause.id
        assert len(clause.title.zh) <= 16, clause.id
        assert len(clause.title.en) <= 44, clause.id


def test_chinese_words_use_chinese_punctuation(rules: dict[str, Clause]) -> None:
    half = {c.id for c in rules.values() if re.search("[\u4e00-\u9fff][,;:?!]", c.title.zh + c.words.zh)}
    assert half == set()


def test_titles_are_unique(rules: dict[str, Clause]) -> None:
    for language in ("zh", "en"):
        titles = [getattr(c.title, language) for c in rules.values()]
        assert sorted({t for t in titles if titles.count(t) > 1}) == []


@needs_texts
def test_no_wording_is_copied_from_the_source_texts(rules: dict[str, Clause]) -> None:
    length = 15
    windows: set[str] = set()
    for path in REGULATIONS.glob("*.txt"):
        text = "".join(re.findall("[\u4e00-\u9fff0-9]", path.read_text("utf-8")))
        windows |= {text[i : i + length] for i in range(len(text) - length + 1)}
    copied = {
        clause.id: plain[i : i + length]
        for clause in rules.values()
        for plain in ("".join(re.findall("[\u4e00-\u9fff0-9]", clause.words.zh)),)
        for i in range(len(plain) - length + 1)
        if plain[i : i + length] in windows
    }
    assert copied == {}


def test_reading_is_quick_and_needs_no_django() -> None:
    code = (
        "import sys, time; from goodword.engine.policy.reading import read_packs; began = time.process_time(); read_packs()\n"
        "print('django' in sys.modules, time.process_time() - began)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_env()
    )
    django, seconds = done.stdout.split()
    assert django == "False"
    assert float(seconds) < 0.5  # about 0.05 on a quiet machine, of the processor: no neighbours in it


def _env() -> dict[str, str]:
    return {"PYTHONPATH": str(Path(__file__).resolve().parents[3] / "src"), "PYTHONUTF8": "1"}


# ------------------------------------------------------------------------------------------ what the duties mean


def test_an_answer_is_due_sooner_in_office_hours(rules: dict[str, Clause]) -> None:
    duty = rules["SU-8a"].binding
    assert duty is not None
    assert duty.allowance({"office_hours": True}) == Allowance(15, "min")
    assert duty.allowance({"office_hours": False}) == Allowance(30, "min")


def test_a_length_the_company_has_not_set_takes_its_default_on_its_clock(rules: dict[str, Clause]) -> None:
    first, help_ = rules["CS-3.2a"].binding, rules["CS-3.2b"].binding
    assert first is not None
    assert help_ is not None
    assert first.allowance({}) == Allowance(30, "wmin")
    assert help_.allowance({}) == Allowance(1, "wd")
    assert help_.escalation[-1].to == "satisfaction_committee"


@pytest.mark.parametrize(
    ("context", "bound"),
    [
        (
            {"kind": "complaint", "severity": "urgent", "content": "device"},
            "FB-3.2b FB-4.1a FB-4.2c FB-4.3a WM-2.4a",
        ),
        (
            {"kind": "complaint", "severity": "urgent", "content": "service"},
            "FB-3.2b FB-4.1a FB-4.2c FB-4.3a",
        ),
        ({"kind": "complaint", "severity": "general", "content": "device"}, "FB-4.1b FB-4.2d FB-4.3b"),
        ({"kind": "suggestion", "severity": "suggestion", "content": "other"}, "FB-4.1b"),
        ({"kind": "praise", "severity": "suggestion", "content": "service"}, ""),
        ({"kind": "consultation", "severity": "general", "content": "device"}, "SU-8a"),
        ({"kind": "consultation", "severity": "urgent", "content": "other"}, "SU-8a SU-8b"),
        (
            {"kind": "consultation", "severity": "urgent", "content": "device"},
            "FB-3.2b FB-4.1a FB-4.2c FB-4.3a SU-8a SU-8b WM-2.4a",
        ),
    ],
)
def test_triage_decides_which_clauses_bind(
    rules: dict[str, Clause], context: dict[str, str], bound: str
) -> None:
    started = [
        c.id
        for c in rules.values()
        if c.binding and "case.triaged" in c.binding.starts_on and c.binding.applies(context)
    ]
    assert sorted(started) == bound.split()


def test_a_mere_receipt_is_no_progress(rules: dict[str, Clause]) -> None:
    duty = rules["FB-2.2d"].binding
    assert duty is not None
    assert duty.applies({"receipt": True})
    assert not duty.applies({})
    assert not duty.is_met_by("case.replied", {"purpose": "first_response"})
    assert duty.is_met_by("case.replied", {"purpose": "answer"})
    assert duty.is_met_by("case.progress_told", {})


def test_progress_repeats_by_severity_until_done(rules: dict[str, Clause]) -> None:
    duty = rules["FB-4.3c"].binding
    assert duty is not None
    assert duty.repeats
    assert "case.done" in duty.releases_on
    assert duty.allowance({"severity": "urgent"}) == Allowance(2, "h")
    assert duty.allowance({"severity": "general"}) == Allowance(1, "wd")


def test_every_ladder_begins_with_the_bearer_and_climbs_in_time(rules: dict[str, Clause]) -> None:
    for clause in rules.values():
        if clause.binding:
            assert clause.binding.escalation[0].to == "bearer", clause.id
            assert len({step.to for step in clause.binding.escalation}) == len(clause.binding.escalation)


# -------------------------------------------------------------------------------------------- what is refused


def _pack() -> dict[str, Any]:
    both = {"zh": "中文", "en": "English"}
    return {
        "id": "FB",
        "title": both,
        "source": both,
        "edition": yaml.safe_load("{number: 1, holds_from: 2026-01-01, note: {zh: 首版, en: First}}"),
        "clauses": [
            {
                "id": "FB-3.2a",
                "cite": "三(二)",
                "kind": "duty",
                "title": both,
                "words": both,
                "values": {"within": "10 min", "clock": "elapsed"},
                "binding": {
                    "subject": "case",
                    "starts_on": ["case.received"],
                    "meets_on": ["case.triaged"],
                    "within": "values.within",
                    "bearer": {"role": "intake"},
                },
            }
        ],
    }


def test_a_small_proper_pack_is_read() -> None:
    (clause,) = pack_from(_pack(), file="FB.yaml").clauses
    assert clause.binding is not None
    assert clause.binding.allowance({}) == Allowance(10, "min")
    assert clause.binding.supersedes_on == ("case.triaged",)
    assert clause.binding.warn_at == 0.7


@pytest.mark.parametrize(
    ("path", "value", "field", "says"),
    [
        (("clauses", 0, "colour"), "red", "", "unknown key “colour”"),
        (("clauses", 0, "binding", "colour"), "red", "binding", "unknown key “colour”"),
        (("clauses", 0, "binding", "within"), "ten minutes", "binding.within", "no allowance"),
        (("clauses", 0, "binding", "within"), "values.nothing", "binding.within", "points at no figure"),
        (("clauses", 0, "binding", "within"), "10min", "binding.within", "no allowance"),
        (("clauses", 0, "binding", "every"), "month", "binding", "exactly one of within and every"),
        (("clauses", 0, "binding", "bearer"), {"role": "king"}, "binding.bearer.role", "“king” is none of"),
        (("clauses", 0, "binding", "bearer"), {}, "binding.bearer", "“role” is missing"),
        (("clauses", 0, "binding", "starts_on"), [], "binding.starts_on", "at least one entry"),
        (("clauses", 0, "binding", "starts_on"), ["help.asked"], "binding", "is no entry of case"),
        (("clauses", 0, "binding", "starts_on"), ["received"], "binding.starts_on", "not a proper name"),
        (("clauses", 0, "binding", "pauses_on"), ["case.waiting_started"], "binding", "go together"),
        (("clauses", 0, "binding", "warn_at"), 7, "binding.warn_at", "between 0 and 1"),
        (("clauses", 0, "binding", "when"), {}, "binding.when", "fact: value"),
        (("clauses", 0, "binding", "calendar"), "moon", "binding.calendar", "none of"),
        (("clauses", 0, "title"), {"zh": "中文"}, "title", "“en” is missing"),
        (("clauses", 0, "words"), {"zh": "", "en": "English"}, "words.zh", "a text is expected"),
        (("clauses", 0, "planned"), "channels", "", "exactly one of planned, binding and bound_by"),
        (("clauses", 0, "kind"), "guard", "binding", "a duty has a binding"),
        (("clauses", 0, "kind"), "wish", "kind", "none of"),
        (("clauses", 0, "soft"), "maybe", "soft", "true or false"),
        (("clauses", 0, "id"), "WM-1", "id", "reads like"),
        (("edition", "holds_from"), "soon", "edition.holds_from", "a day such as"),
        (("edition", "number"), 0, "edition.number", "from 1"),
        (("values",), [1], "values", "a mapping is expected"),
    ],
)
def test_what_is_wrong_is_said_with_file_clause_and_field(
    path: tuple[str | int, ...], value: object, field: str, says: str
) -> None:
    data = copy.deepcopy(_pack())
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(PackError) as refused:
        pack_from(data, file="FB.yaml")
    error = refused.value
    assert error.file == "FB.yaml"
    assert error.field == field
    assert says in error.en
    assert re.search("[\u4e00-\u9fff]", error.zh)
    if path[0] == "clauses" and path[-1] != "id":
        assert error.clause == "FB-3.2a"
        assert str(error).startswith("FB.yaml FB-3.2a")


def test_an_id_given_twice_is_refused() -> None:
    data = _pack()
    data["clauses"].append(copy.deepcopy(data["clauses"][0]))
    with pytest.raises(PackError, match=r"FB-3\.2a id: this id is given twice"):
        pack_from(data, file="FB.yaml")


def test_the_same_pack_twice_in_one_directory_is_refused(tmp_path: Path) -> None:
    text = yaml.safe_dump(_pack(), allow_unicode=True)
    (tmp_path / "FB.yaml").write_text(text, "utf-8")
    assert [pack.id for pack in read_packs(tmp_path)] == ["FB"]
    (tmp_path / "again.yaml").write_text(text, "utf-8")
    with pytest.raises(PackError, match="given twice"):
        read_packs(tmp_path)


def test_a_broken_or_empty_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no pack here"):
        read_packs(tmp_path)
    (tmp_path / "FB.yaml").write_text("id: [", "utf-8")
    with pytest.raises(PackError, match="not proper YAML"):
        read_packs(tmp_path)
