"""New figures: typed by their shape, looked at before they hold, decided by somebody else, withdrawn by the proposer."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone
from tests.cast import Cast, a_case, a_member, triaged

from goodword.base.core import clock
from goodword.base.core.errors import Invalid, Refused
from goodword.doors.web.regulations.edition_panel import changes
from goodword.doors.web.regulations.figure_inputs import inputs, read
from goodword.doors.web.regulations.values import figures_in, shaped
from goodword.engine.journal.queries import entries_of
from goodword.engine.obligations.models import Obligation
from goodword.engine.policy import queries
from goodword.engine.policy.actions import editions
from goodword.engine.policy.models import ClauseEdition
from goodword.engine.policy.queries import all_clauses, values_of

pytestmark = pytest.mark.django_db
READER, TRIAGE = "FB-3.2c", "FB-3.2a"


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def form(**figures: Any) -> dict[str, Any]:
    asked = {"holds_from": tomorrow().isoformat(), "note": "试行"}
    return asked | {f"figure:{name}": value for name, value in figures.items()}


def sent(html: str) -> dict[str, list[str]]:
    """What a browser sends of the form as it stands."""
    inside = html.partition('editions/" data-guard>')[2].partition("</form>")[0]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", inside):
        kind = {name: unescape(value) for name, value in re.findall(r'(\w+)="([^"]*)"', tag)}
        if kind.get("type") != "checkbox" or " checked" in tag:
            found.setdefault(kind["name"], []).append(kind.get("value", ""))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', inside, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = [chosen[1] if chosen else ""]
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', inside, re.S):
        found[name] = [unescape(text)]
    return found


def post(browser: Any, clause: str, data: dict[str, Any]) -> Any:
    return browser.post(f"/regulations/{clause}/editions/", data)


def test_a_form_sent_as_it_stands_changes_nothing_whatever_the_clauses_figures(cast: Cast, browse):
    deputy = browse(cast.deputy)
    for clause in (READER, TRIAGE, "FB-4.1d", "FB-4.2f", "FB-4.2a", "CS-3.2a", "SU-4b", "KC-17c"):
        html = deputy.get(f"/regulations/{clause}/").content.decode()
        answer = post(deputy, clause, {**sent(html), "note": "原样"})
        assert answer.status_code == 302, (clause, answer.content.decode()[:3000])
        made = ClauseEdition.objects.get(clause_id=clause, number=2)
        before = values_of(clause, on=tomorrow())
        assert shaped(made.values, all_clauses()[clause].values) == shaped(
            before, all_clauses()[clause].values
        )


def test_every_figure_of_every_clause_has_its_field():
    for clause in all_clauses().values():
        shown = [item for group in inputs(clause, clause.values, None, {}) for item in group.inputs]
        asked = [figure for figure in figures_in(clause.values) if figure.value != "set by company"]
        assert [item.name for item in shown] == [figure.name for figure in asked], clause.id
        assert read(clause, clause.values, QueryDict()) == dict(clause.values), clause.id


def test_one_number_for_all_severities_is_shown_and_kept_as_one_for_each(cast: Cast, browse):
    older = ClauseEdition.objects.get(clause_id=READER, number=1)
    older.values = {**older.values, "confidence": 0.85}
    older.save(update_fields=["values"])
    queries._values.cache_clear()  # no action changes an edition; this row stands for one of an older version
    deputy = browse(cast.deputy)
    html = deputy.get(f"/regulations/{READER}/").content.decode()
    for severity in ("general", "suggestion"):
        assert re.search(rf'name="figure:confidence\.{severity}" type="number" value="0\.85"', html)
    assert post(deputy, READER, form(**{"confidence.general": "0.95"})).status_code == 302
    made = ClauseEdition.objects.get(clause_id=READER, number=2)
    assert made.values["confidence"] == {"general": 0.95, "suggestion": 0.85}
    page = deputy.get(f"/regulations/{READER}/editions/2/").content.decode()
    assert re.search(r"把握至少 · 一般: <del>0\.85</del>\s*→ <ins>0\.95</ins>", page)
    assert "0.85</ins>" not in page


REFUSED = (
    (READER, "confidence.general", "1.5"),
    (READER, "confidence.general", "nan"),
    (READER, "confidence.general", "9" * 400),
    (READER, "sampled", "1e999"),
    (READER, "judged_by", "guess"),
    (READER, "unattended", "perhaps"),
    (READER, "seed", "1.5"),
    (TRIAGE, "within", "-5"),
    (TRIAGE, "within", "١٠ min"),
    (TRIAGE, "within", "0 wd\x00"),
    (TRIAGE, "within", "0 min"),
    ("SU-4b", "complaints_in_time", "101"),
    ("FB-3.1a", "contents", "[NaN]"),
    ("FB-3.1a", "contents", "[" * 5000),
    ("FB-3.1a", "contents", '["\\u0000"]'),
)


def test_what_is_not_of_a_figures_kind_is_refused_beside_its_field_and_nothing_is_made(cast: Cast, browse):
    deputy = browse(cast.deputy)
    for clause, name, text in REFUSED:
        answer = post(deputy, clause, form(**{name: text}))
        assert answer.status_code == 422, (clause, name, text)
        assert "field__error" in answer.content.decode(), (clause, name, text)
    assert not ClauseEdition.objects.filter(number=2).exists()


def test_ticks_rows_and_lines_are_read_as_they_were_shown():
    clause = all_clauses()[TRIAGE]
    typed = QueryDict(mutable=True)
    typed.update({"figure:within": "1", "figure:within:unit": "h", "figure:routes:rows": "3"})
    typed.update({"figure:routes:0:content": "device", "figure:routes:0:subclass": "a, b"})
    typed.update({"figure:routes:0:department": "warehouse", "figure:routes:2:department": "service"})
    found = read(clause, clause.values, typed)
    assert found["within"] == "1 h"
    assert found["routes"] == [
        {"content": "device", "subclass": ["a", "b"], "department": "warehouse"},
        {"department": "service"},
    ]
    reader = all_clauses()[READER]
    ticked = QueryDict("figure:told:sent=1&figure:told=general_manager&figure:severities:sent=1")
    assert (
        read(reader, reader.values, ticked)["told"],
        read(reader, reader.values, ticked)["severities"],
    ) == (
        ["general_manager"],
        [],
    )
    with pytest.raises(Invalid):
        read(reader, reader.values, QueryDict("figure:told:sent=1&figure:told=nobody"))
    lines = read(
        all_clauses()["FB-4.2e"], all_clauses()["FB-4.2e"].values, QueryDict("figure:phrases=不行%0A%0A别想")
    )
    assert lines["phrases"] == ["不行", "别想"]


def test_of_a_list_only_what_goes_and_what_comes_is_said():
    clause = all_clauses()["FB-4.2e"]
    phrases = [*clause.values["phrases"][1:], "不行"]
    said = changes(clause.values, {**clause.values, "phrases": phrases}, clause)
    assert [(gone, come) for _, gone, come in said] == [(["不可能"], ["不行"])]


def test_one_sees_what_a_proposal_would_touch_before_it_is_decided(cast: Cast, browse):
    now = clock.now()
    triaged(cast, at=now - timedelta(hours=3))
    a_case(cast, text="还没分类", at=now - timedelta(minutes=8))
    used = Obligation.objects.get(clause_id=TRIAGE, state="met").used_for
    assert used is not None
    assert 60 < used <= 300
    answer = post(browse(cast.deputy), TRIAGE, form(within="1", **{"within:unit": "min"}))
    assert answer["Location"] == f"/regulations/{TRIAGE}/editions/2/"
    html = browse(cast.lead).get(answer["Location"]).content.decode()
    assert "进行中的 1 件义务仍按各自开始时的版本" in html
    assert re.search(r"<del>10 分钟</del> → <ins>1 分钟</ins>", html)
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th>((?:<td class="num">[^<]+</td>)+)</tr>', html)
    assert [(name, re.findall(r">([^<]+)</td>", cells)) for name, cells in rows] == [
        ("实际", ["1", "1", "100%"]),
        ("若按新时限", ["2", "0", "0.0%"]),
    ]
    assert Obligation.objects.get(clause_id=TRIAGE, state="open").edition == 1
    assert "decision/" not in html, "she may look, not decide"


def test_the_proposer_withdraws_others_decide_and_neither_twice(cast: Cast, browse):
    deputy, lead = browse(cast.deputy), browse(cast.lead)
    post(deputy, TRIAGE, form(within="20 min"))
    address = f"/regulations/{TRIAGE}/editions/2/"
    html = deputy.get(address).content.decode()
    assert "withdrawal/" in html
    assert "decision/" not in html
    assert lead.post(f"{address}withdrawal/").status_code == 403
    other = browse(a_member("王总", username="wang", department="management", roles=("general_manager",)))
    assert "decision/" in other.get(address).content.decode()
    assert other.post(f"{address}withdrawal/").status_code == 409
    assert deputy.post(f"{address}withdrawal/").status_code == 302
    assert other.post(f"{address}decision/", {"decision": "approve"}).status_code == 409
    assert deputy.post(f"{address}withdrawal/").status_code == 409
    made = ClauseEdition.objects.get(clause_id=TRIAGE, number=2)
    assert (made.state, made.decided_by) == ("withdrawn", None)
    assert values_of(TRIAGE, on=tomorrow())["within"] == "10 min"
    kinds = entries_of("clause", TRIAGE).values_list("kind", flat=True)
    assert list(kinds) == ["clause.edition_proposed", "clause.edition_withdrawn"]
    assert "已撤回" in deputy.get(f"/regulations/{TRIAGE}/").content.decode()
    assert deputy.get(f"/regulations/{TRIAGE}/editions/99/").status_code == 404


def test_a_proposal_whose_day_is_over_cannot_be_approved(cast: Cast):
    now = clock.now()
    made = editions.propose(
        TRIAGE, values={**values_of(TRIAGE, on=tomorrow()), "within": "5 min"}, holds_from=tomorrow(), note="试",
        by=cast.administrator.by, at=now,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        editions.approve(made, by=cast.deputy.by, at=now + timedelta(days=2))
    assert refused.value.clauses == ("SU-8c",)
    editions.approve(made, by=cast.deputy.by, at=now + timedelta(days=1))
    assert values_of(TRIAGE, on=tomorrow())["within"] == "5 min"
