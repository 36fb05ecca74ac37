"""The regulations' pages: the tree, a clause with its figures, its editions, and one obligation with its journal."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.cast import Cast, Member, a_case, make_cast, triaged
from tests.support.looking import as_, words

from goodword.base.core import clock
from goodword.engine.obligations.models import Obligation
from goodword.engine.obligations.ticking import tick
from goodword.engine.policy.models import ClauseEdition
from goodword.engine.policy.queries import values_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(days=2))


def figure(page: str, label: str) -> str:
    found = re.search(rf'figure__label">{label}</span>\s*<span class="figure__value">([^<]*)', page)
    assert found, label
    return found.group(1).strip()


def test_nobody_sees_the_regulations_without_logging_in(cast: Cast, client: Client) -> None:
    case = a_case(cast)
    row = Obligation.objects.filter(subject_id=str(case.pk)).first()
    assert row
    for address in ("/regulations/", "/regulations/FB-3.2a/", f"/regulations/obligations/{row.pk}/"):
        assert client.get(address)["Location"].startswith("/login/")


def test_a_visitor_without_the_right_is_refused(cast: Cast) -> None:
    from tests.cast import a_member

    nobody = a_member("无权限", username="nobody", department="hr", roles=())
    assert as_(nobody).get("/regulations/").status_code == 403
    assert as_(nobody).get("/regulations/FB-3.2a/").status_code == 403


def test_the_tree_shows_all_clauses_of_the_five_regulations(cast: Cast) -> None:
    page = words(as_(cast.intake), "/regulations/texts/")
    assert len(set(re.findall(r'href="/regulations/([A-Z]{2}-[^/]+)/"', page))) >= 149
    only = words(as_(cast.intake), "/regulations/texts/?kind=goal&state=planned")
    assert "/regulations/SU-4a/" in only
    assert "/regulations/FB-3.2a/" not in only


def test_a_clause_tells_its_binding_in_plain_words(cast: Cast) -> None:
    page = words(as_(cast.intake), "/regulations/FB-4.2d/")
    for said in ("何时开始", "分类分级", "1 个工作日", "办公室日历", "部门负责人", "70%", "告知初步意见"):
        assert said in page
    client = as_(cast.intake)
    client.post("/language/", {"language": "en", "next": "/"})
    english = words(client, "/regulations/FB-4.2d/")
    for said in ("Starts when", "1 working day (", "office calendar", "Department head"):
        assert said in english


def test_an_unknown_clause_is_not_found(cast: Cast) -> None:
    assert as_(cast.intake).get("/regulations/XX-1/").status_code == 404


def test_the_tally_counts_and_each_figure_opens_its_list(cast: Cast) -> None:
    quick, slow = a_case(cast), a_case(cast, text="另一件")
    triaged(cast)
    tick(now=clock.now())
    page = words(as_(cast.lead), "/regulations/FB-3.2a/")
    assert figure(page, "产生") == "3"
    assert figure(page, "按时") == "1"
    assert figure(page, "已逾期未完成") == "2"
    assert figure(page, "按时率") == "33.3%"
    overdue = words(as_(cast.lead), "/regulations/FB-3.2a/?outcome=overdue")
    assert f"#{quick.number}" in overdue
    assert f"#{slow.number}" in overdue
    assert overdue.count("/regulations/obligations/") == 2


def test_one_by_one_people_see_their_own_and_heads_their_department(cast: Cast) -> None:
    case = triaged(cast)
    row = Obligation.objects.get(subject_id=str(case.pk), clause_id="FB-4.1b")
    address = f"/regulations/obligations/{row.pk}/"
    assert as_(cast.engineer).get(address).status_code == 200
    assert as_(cast.technology_head).get(address).status_code == 200
    assert as_(cast.warehouse_head).get(address).status_code == 404
    assert as_(cast.callback).get(address).status_code == 404
    listed = words(as_(cast.warehouse_head), "/regulations/FB-4.1b/")
    assert str(row.pk) not in listed
    assert figure(listed, "产生") == "1"


def test_an_obligation_tells_why_and_which_entries_stand_behind_it(cast: Cast) -> None:
    case = a_case(cast)
    row = Obligation.objects.get(subject_id=str(case.pk), clause_id="FB-3.2a")
    tick(now=clock.now())
    page = words(as_(cast.lead), f"/regulations/obligations/{row.pk}/")
    for said in (
        "允许 10 分钟",
        "受理反馈",
        "由此开始",
        "义务临期提醒",
        "义务逾期",
        "逾期升级",
        "部门负责人",
        "客服主管",
    ):
        assert said in page
    assert page.count("entry--late") >= 3


def test_a_supervisor_waives_with_a_reason(cast: Cast) -> None:
    case = triaged(cast)
    row = Obligation.objects.get(subject_id=str(case.pk), clause_id="FB-4.1b")
    address = f"/regulations/obligations/{row.pk}/waiver/"
    assert as_(cast.engineer).post(address, {"reason": "系统演练"}).status_code == 403
    empty = as_(cast.lead).post(address, {"reason": " "})
    assert empty.status_code == 422
    assert "请写明豁免理由" in empty.content.decode()
    as_(cast.lead).post(address, {"reason": "系统演练"})
    row.refresh_from_db()
    assert row.state == "waived"
    assert "系统演练" in words(as_(cast.lead), f"/regulations/obligations/{row.pk}/")


def test_new_figures_are_proposed_by_one_and_approved_by_another(cast: Cast) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    form = {"figure:within": "15 min", "holds_from": tomorrow.isoformat(), "note": "人手不足"}
    address = "/regulations/FB-3.2a/editions/"
    assert as_(cast.intake).post(address, form).status_code == 403
    assert as_(cast.deputy).post(address, form).status_code == 302
    edition = ClauseEdition.objects.get(clause_id="FB-3.2a", number=2)
    own = as_(cast.deputy).post(f"{address}2/decision/", {"decision": "approve"})
    assert own.status_code == 409
    assert "SU-8c" in own.content.decode()
    page = words(as_(cast.deputy), "/regulations/FB-3.2a/")
    assert "<del>10 分钟</del> → <ins>15 分钟</ins>" in page
    other = other_executive()
    as_(other).post(f"{address}2/decision/", {"decision": "approve"})
    edition.refresh_from_db()
    assert edition.state == "approved"
    assert values_of("FB-3.2a", on=tomorrow)["within"] == "15 min"
    assert values_of("FB-3.2a", on=tomorrow - timedelta(days=1))["within"] == "10 min"


def test_what_new_figures_would_touch_is_looked_at_before_they_are_proposed(cast: Cast) -> None:
    a_case(cast)
    form = {"figure:within": "15 min", "holds_from": timezone.localdate().isoformat(), "note": "人手不足"}
    address, client = "/regulations/FB-3.2a/editions/look/", as_(cast.deputy)
    assert as_(cast.intake).post(address, form).status_code == 403
    below = client.post(address, form, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in below
    for said in ("<del>10 分钟</del> → <ins>15 分钟</ins>", "进行中的 1 件义务", "若按新时限"):
        assert said in below
    page = client.post(address, form).content.decode()
    assert 'name="note" value="人手不足"' in page
    assert client.post(address, {**form, "figure:within": "很快"}).status_code == 422
    assert not ClauseEdition.objects.filter(clause_id="FB-3.2a", number=2).exists()


def other_executive() -> Member:
    from tests.cast import a_member

    return a_member("王总", username="wang", department="management", roles=("general_manager",))


def test_a_figure_that_does_not_fit_is_refused_and_nothing_typed_is_lost(cast: Cast) -> None:
    form = {"figure:within": "很快", "holds_from": timezone.localdate().isoformat(), "note": "写了半天的理由"}
    answer = as_(cast.deputy).post("/regulations/FB-3.2a/editions/", form)
    assert answer.status_code == 422
    assert "写了半天的理由" in answer.content.decode()
    assert "很快" in answer.content.decode()
    assert not ClauseEdition.objects.filter(clause_id="FB-3.2a", number=2).exists()


def test_queries_stay_the_same_however_many_obligations_there_are(cast: Cast) -> None:
    client = as_(cast.lead)
    a_case(cast)

    def asked(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            words(client, address)
        return len(queries)

    addresses = ("/regulations/", "/regulations/FB-3.2a/")
    few = [asked(address) for address in addresses]
    for _ in range(3):
        a_case(cast)
    assert [asked(address) for address in addresses] == few
    assert max(few) < 30


def test_the_distribution_counts_what_was_used_of_the_allowance(cast: Cast) -> None:
    triaged(cast)
    page = words(as_(cast.lead), "/regulations/FB-3.2a/")
    steps = re.findall(r'([\d–]+)%[^<]*</th><td class="num fit">(\d+)</td>', page)
    assert len(steps) == 20
    assert [step for step, count in steps if count == "1"] == ["40–50"]
    assert page.count('class="chart__column"') == 10
