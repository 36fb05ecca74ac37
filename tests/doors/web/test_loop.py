"""The loop by forms: from the telephone to closed, with what stands in the way."""

from __future__ import annotations

import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone
from tests import cast as people
from tests.cast import Cast

from goodword.base.core import clock
from goodword.voice.cases.models import Case

INTAKE = {
    "text": "摄像机开机后黑屏,晚上直播要用,请尽快处理。",
    "channel": "hotline",
    "kind": "complaint",
    "name": "张测试",
    "phone": "13800001234",
    "customer_kind": "streamer",
    "order": "ZL20260101-01",
    "device_type": "摄像机",
    "scene": "直播间开机",
    "asks": "尽快修好",
}
TRIAGE = {
    "kind": "complaint",
    "severity": "general",
    "content": "device",
    "subclass": "device:fault",
    "device_type": "摄像机",
    "stage": "in_use",
    "department": "technology",
}


def soon(**later: int) -> str:
    return timezone.localtime(clock.now() + timedelta(**later)).strftime("%Y-%m-%dT%H:%M")


def act(client: Client, case: Case, noun: str, status: int = 302, **typed: object) -> str:
    """Send one of the case's forms; returns the page that answers a refusal."""
    answer = client.post(f"/cases/{case.number}/{noun}/", typed)
    assert answer.status_code == status, (noun, answer.status_code, answer.content.decode()[:6000])
    case.refresh_from_db()
    return answer.content.decode()


def solve(engineer: Client, case: Case) -> None:
    """From a started investigation to done."""
    act(engineer, case, "technical-check", result="confirmed", what="主板接触不良")
    found = {
        "cause": "device_aging",
        "responsible_party": "company",
        "department": "technology",
        "note": "核对后认定",
    }
    act(engineer, case, "cause", **found)
    offer = {
        "type": "replace_same_model",
        "what": "更换同型号",
        "deadline_at": soon(days=1),
        "acceptance": "开机正常",
    }
    act(engineer, case, "solutions", **offer)
    act(engineer, case, "solutions/communication", channel="hotline")
    act(engineer, case, "solutions/answer", accepted="yes")
    act(engineer, case, "carrying-out", what_1="送换并当面调试", due_at_1=soon(hours=4))
    act(engineer, case, "steps", step=1, proof="已签收")
    act(engineer, case, "completion", proof="客户现场确认")
    assert case.state == "done"


def test_four_people_take_a_case_from_the_telephone_to_closed_with_an_unsatisfied_round(cast: Cast, browse):
    intake, engineer = browse(cast.intake), browse(cast.engineer)
    callback, lead = browse(cast.callback), browse(cast.lead)
    answer = intake.post("/cases/new/", INTAKE)
    case = Case.objects.latest("number")
    assert answer["Location"] == f"/cases/{case.number}/"
    assert case.customer == cast.customer
    assert case.order == cast.order
    page = intake.get(f"/cases/{case.number}/").content.decode()
    assert "查询码" in page
    assert "照此分派" in page
    act(intake, case, "triage", **TRIAGE)
    assert (case.state, case.responsible.code, case.assignee_id) == (
        "triaged",
        "technology",
        cast.engineer.pk,
    )
    refused = act(
        engineer,
        case,
        "solutions",
        409,
        type="replace_same_model",
        what="换",
        deadline_at=soon(days=1),
        acceptance="好",
    )
    assert "FB-" in refused or "这一步要求" in refused
    act(engineer, case, "investigation")
    act(engineer, case, "replies", text="工程师已在检查,半小时内给您消息。", purpose="first_response")
    solve(engineer, case)

    refused = act(lead, case, "handover", 409, department="warehouse", note="请看")
    assert "这一步要求" in refused
    act(callback, case, "callback-attempts", note="无人接听")
    act(callback, case, "callback", solved="no", satisfaction=2, words="还是会黑屏")
    assert (case.state, case.round_no) == ("investigating", 2)
    assert "第 2 轮" in engineer.get(f"/cases/{case.number}/").content.decode()
    act(engineer, case, "investigation")
    solve(engineer, case)
    refused = act(lead, case, "closure", 409)
    assert "FB-4.3e" in refused
    assert "独立回访" in refused

    act(lead, case, "replies", text="请问现在可以正常使用了吗?", purpose="progress")
    refused = act(lead, case, "callback", 409, solved="yes", satisfaction=5)
    assert "FB-4.3e" in refused
    assert not case.callbacks.filter(round_no=2).exists()
    act(callback, case, "callback", solved="yes", satisfaction=5, words="很好", may_quote="on")
    page = callback.get(f"/cases/{case.number}/").content.decode()
    act(callback, case, "closure")
    assert case.state == "closed"
    assert "已关闭" in callback.get(f"/cases/{case.number}/").content.decode()
    people_involved = {handler.person.name for handler in case.handlers.select_related("person")}
    assert {"林受理", "陈工程", "周主管"} <= people_involved
    assert "关闭" in page


def test_the_proposal_is_accepted_with_one_click(cast: Cast, browse):
    case = people.a_case(cast, at=clock.now())
    intake = browse(cast.intake)
    page = intake.get(f"/cases/{case.number}/").content.decode()
    form = page[page.index("系统建议") : page.index("照此分派")]
    typed = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    typed.pop("csrfmiddlewaretoken")
    act(intake, case, "triage", **typed)
    assert case.state == "triaged"
    assert case.content == "device"
    assert not case.labels.exclude(name="device_type").exclude(name="stage").exists()


def test_a_consultation_is_answered_and_closed(cast: Cast, browse):
    now = clock.now()
    case = people.triaged(
        cast, at=now - timedelta(minutes=9), kind="consultation", content="other", subclass="price", department="service",
        text="租一台编码器多少钱?", assignee=cast.intake,
    )  # fmt: skip
    intake = browse(cast.intake)
    act(intake, case, "answer", text="编码器每天 120 元,押金可以用信用免押。")
    assert case.state == "done"
    act(intake, case, "closure")
    assert case.state == "closed"


def test_a_suggestion_is_thanked_for_assessed_and_closed(cast: Cast, browse):
    case = people.triaged(
        cast, at=clock.now() - timedelta(minutes=9), kind="suggestion", content="other", subclass="suggestion",
        severity="suggestion", department="service", text="建议交付时附一张接线图",
    )  # fmt: skip
    lead = browse(cast.lead)
    act(lead, case, "acknowledgement", text="谢谢您的建议。")
    wrong = act(lead, case, "assessment", 422, verdict="adopt", reason="")
    assert "field__error" in wrong
    act(lead, case, "assessment", verdict="adopt", reason="下月起随箱附接线图。", told="on")
    assert (case.state, case.assessment) == ("done", "adopt")
    act(lead, case, "closure")
    assert case.state == "closed"


def test_compensation_above_the_limit_is_approved_by_whom_it_takes(cast: Cast, browse):
    case = people.investigated(cast, at=clock.now() - timedelta(hours=2))
    engineer, head, deputy = browse(cast.engineer), browse(cast.technology_head), browse(cast.deputy)
    offer = {"type": "replace_same_model", "what": "更换", "deadline_at": soon(days=1), "acceptance": "正常"}
    act(engineer, case, "solutions", compensation_kind="代金券", compensation_amount="3000", **offer)
    assert "待审批" in engineer.get(f"/cases/{case.number}/").content.decode()
    refused = act(head, case, "solutions/decision", 409, approved="yes")
    assert "FB-4.2f" in refused
    wanting = act(deputy, case, "solutions/decision", 422, approved="no")
    assert "refusal" in wanting
    act(deputy, case, "solutions/decision", approved="yes", note="同意")
    assert case.solutions.get().approval == "approved"


def test_a_declined_solution_calls_the_supervisor(cast: Cast, browse):
    case = people.communicated(cast, at=clock.now() - timedelta(hours=2))
    act(browse(cast.engineer), case, "solutions/answer", accepted="no", note="要求退租")
    assert case.supervisor_needed
    assert "主管出面" in browse(cast.technology_head).get(f"/cases/{case.number}/").content.decode()
