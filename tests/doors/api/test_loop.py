"""The whole loop by the API alone, and what it refuses on the way."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from tests.cast import PHONE

from goodword.base.core import clock
from goodword.engine.journal.verifying import verify

pytestmark = pytest.mark.django_db
WORD = {
    "text": "摄像机开机后黑屏,晚上直播要用,打 13800001234 找我。",
    "channel": "hotline",
    "contact_phone": PHONE,
    "order_number": "ZL20260101-01",
    "kind": "complaint",
    "scene": "直播间开机",
    "asks": "尽快修好",
}
LABELS = {
    "kind": "complaint",
    "content": "device",
    "subclass": "fault",
    "severity": "urgent",
    "device_type": "摄像机",
    "stage": "in_use",
    "department": "technology",
}


def soon() -> str:
    return (clock.now() + timedelta(days=1)).isoformat()


def received(api, **more):
    return api("intake").ok("cases", {**WORD, **more})


def brought_to_done(api, cast, **labels):
    """A case worked on by intake and engineer until it is done; its number."""
    intake, engineer = api("intake"), api("engineer")
    number = received(api)["number"]
    at = f"cases/{number}"
    triage = {**LABELS, "severity": "general", **labels, "assignee": cast.engineer.pk}
    intake.ok(f"{at}/triage", triage)
    engineer.ok(f"{at}/investigation", {})
    engineer.ok(f"{at}/technical-check", {"result": "confirmed", "what": "主板接触不良", "remote": True})
    cause = {"cause": "device_aging", "responsible_party": "company", "note": "核对后认定"}
    engineer.ok(f"{at}/cause", {**cause, "department": "technology"})
    solve(engineer, at, cast)
    return number


def solve(engineer, at, cast):
    offer = {
        "type": "replace_same_model",
        "what": "更换同型号",
        "deadline_at": soon(),
        "acceptance": "可正常使用",
    }
    solution = engineer.ok(f"{at}/solutions", offer)["id"]
    engineer.ok(f"{at}/solutions/{solution}/communication", {"channel": "hotline"})
    engineer.ok(f"{at}/solutions/{solution}/answer", {"accepted": True})
    engineer.ok(
        f"{at}/carrying-out", {"steps": [{"what": "送换", "owner": cast.engineer.pk, "due_at": soon()}]}
    )
    engineer.ok(f"{at}/steps/1/completion", {"proof": "已签收"})
    engineer.ok(f"{at}/completion", {"proof": "客户确认"})


def test_from_a_word_to_closure(api, cast):
    answer = received(api)
    assert len(answer["code"]) == 10
    at = f"cases/{answer['number']}"
    row = api("intake").ok(f"{at}/triage", {**LABELS, "assignee": cast.engineer.pk})
    assert (row["state"], row["department"], row["assignee"]["name"]) == ("triaged", "technology", "陈工程")
    task = api("intake").ok(f"{at}/phone-task/calls", {"reached": True})
    assert (task["state"], task["target"]["name"]) == ("reached", "吴主任")
    engineer = api("engineer")
    assert engineer.ok(f"{at}/investigation", {})["state"] == "investigating"
    status, problem = engineer.post(
        f"{at}/solutions",
        {"type": "replace_same_model", "what": "更换", "deadline_at": soon(), "acceptance": "可用"},
    )
    assert status == 409, "no technical check, no cause"
    assert {"FB-4.1e"} <= set(problem["clauses"]) or {"FB-4.1f"} <= set(problem["clauses"])
    engineer.ok(f"{at}/technical-check", {"result": "confirmed", "what": "主板接触不良", "remote": True})
    cause = {"cause": "device_aging", "responsible_party": "company", "note": "核对后认定"}
    engineer.ok(f"{at}/cause", {**cause, "department": "technology"})
    solve(engineer, at, cast)
    for who in ("lead",):  # who has handled it may not call back
        api(who).ok(f"{at}/notes", {"text": "我来跟进"})
        api(who).ok(f"{at}/customer-calls", {"reached": True})
        status, problem = api(who).post(f"{at}/callback", {"solved": True, "satisfaction": 5})
        assert status == 409
        assert "FB-4.3e" in problem["clauses"]
        assert problem["cure"]
    status, problem = api("callback").post(f"{at}/closure", {})
    assert status == 409
    assert "FB-4.3d" in problem["clauses"], "no callback yet"
    assert api("callback").ok(f"{at}/callback", {"solved": True, "satisfaction": 5})["state"] == "called_back"
    closed = api("callback").ok(f"{at}/closure", {})
    assert closed["state"] == "closed"
    _, whole = api("lead").get(at)
    assert whole["missing_to_close"] == []
    assert {o["state"] for o in whole["obligations"]} <= {"met", "released", "superseded"}
    assert {"FB-3.2a", "FB-3.2b", "FB-4.3d"} <= {o["clause"] for o in whole["obligations"]}
    assert all(o["why"]["started_by"] and o["why"]["allowance"] for o in whole["obligations"])
    _, timeline = api("lead").get(f"{at}/timeline")
    assert timeline["items"][0]["kind"] in {"case.received", "in"}
    assert "case.closed" in {entry["kind"] for entry in timeline["items"]}
    assert list(verify()) == []


def test_an_unsatisfied_callback_starts_a_round(api, cast):
    number = brought_to_done(api, cast)
    row = api("callback").ok(
        f"cases/{number}/callback", {"solved": False, "satisfaction": 2, "words": "又坏了"}
    )
    assert (row["state"], row["round"]) == ("investigating", 2)
    _, whole = api("lead").get(f"cases/{number}")
    assert [r["number"] for r in whole["rounds"]] == [1, 2]
    assert whole["callbacks"][0]["satisfied"] is False


def test_a_blunt_phrase_is_refused_with_a_kinder_one_and_may_be_sent_anyway(api, cast):
    number = received(api)["number"]
    words = {"text": "这不是我们的问题,没办法。", "purpose": "answer"}
    status, problem = api("lead").post(f"cases/{number}/replies", words)
    assert (status, problem["clauses"]) == (409, ["FB-4.2e"])
    assert problem["fields"]
    sent = api("lead").ok(f"cases/{number}/replies", {**words, "anyway": True})
    assert sent["phrases"]


def test_compensation_above_ones_limit_waits_for_somebody_else(api, cast):
    number = received(api)["number"]
    at, engineer = f"cases/{number}", api("engineer")
    api("intake").ok(f"{at}/triage", {**LABELS, "severity": "general", "assignee": cast.engineer.pk})
    engineer.ok(f"{at}/investigation", {})
    engineer.ok(f"{at}/technical-check", {"result": "confirmed", "what": "坏了", "remote": True})
    cause = {
        "cause": "device_aging",
        "responsible_party": "company",
        "note": "认定",
        "department": "technology",
    }
    engineer.ok(f"{at}/cause", cause)
    offer = {"type": "replace_same_model", "what": "更换并补偿", "deadline_at": soon(), "acceptance": "可用"}
    made = engineer.ok(
        f"{at}/solutions", {**offer, "compensation_kind": "voucher", "compensation_amount": "900.00"}
    )
    assert made["approval"] == "needed"
    status, _ = engineer.post(f"{at}/solutions/{made['id']}/decision", {"approved": True})
    assert status == 403
    decided = api("deputy").ok(f"{at}/solutions/{made['id']}/decision", {"approved": True})
    assert (decided["approval"], decided["decided_by"]["name"]) == ("approved", "高副总")


def test_help_across_departments(api, cast):
    number = received(api)["number"]
    at = f"cases/{number}"
    lead = api("lead")
    asked = lead.ok(
        f"{at}/coordination",
        {"owner": cast.lead.pk, "departments": ["warehouse", "technology"], "question": "谁能送备机?"},
    )["items"]
    assert [h["department"] for h in asked] == ["warehouse", "technology"]
    warehouse = api("warehouse_head")
    assert warehouse.get(at)[0] == 200, "who is asked may look"
    answered = warehouse.ok(
        f"{at}/help-requests/{asked[0]['id']}/answer", {"kind": "solution", "text": "今晚送"}
    )
    assert answered["state"] == "answered"
    withdrawn = lead.ok(f"{at}/help-requests/{asked[1]['id']}/withdrawal", {})
    assert withdrawn["state"] == "withdrawn"


def test_waiting_merging_and_linking(api, cast):
    intake = api("intake")
    one, two = received(api)["number"], received(api)["number"]
    assert intake.ok(f"cases/{one}/waiting", {"what": "照片"})["waiting_since"]
    assert intake.ok(f"cases/{one}/waiting", method="DELETE")["waiting_since"] is None
    intake.ok(f"cases/{one}/links", {"other": str(two), "relation": "same_cause"})
    assert intake.ok(f"cases/{two}/merge", {"into": str(one)})["state"] == "merged"
    assert intake.get(f"cases/{two}")[1]["merged_into"] == one
    assert intake.ok(f"cases/{two}/unmerge", {})["state"] == "received"


def test_a_consultation_a_suggestion_and_a_withdrawal(api, cast):
    lead = api("lead")
    short = {**LABELS, "department": "service", "severity": "general"}
    asked = received(api, kind="consultation", text="租摄像机需要押金吗?")["number"]
    lead.ok(f"cases/{asked}/triage", {**short, "kind": "consultation"})
    assert lead.ok(f"cases/{asked}/answer", {"text": "一般按设备价值收取,可免押。"})["state"] == "done"
    idea = received(api, kind="suggestion", text="建议增加夜间配送。")["number"]
    lead.ok(f"cases/{idea}/triage", {**short, "kind": "suggestion"})
    lead.ok(f"cases/{idea}/acknowledgement", {"text": "谢谢您的建议!"})
    verdict = {"verdict": "no", "reason": "目前人手不够,明年再评估。", "told": True}
    assert lead.ok(f"cases/{idea}/assessment", verdict)["state"] == "done"
    gone = received(api)["number"]
    assert lead.ok(f"cases/{gone}/withdrawal", {"reason": "已自行解决"})["state"] == "withdrawn"


def test_personal_values_come_masked_everywhere(api, cast):
    number = received(api, scene="打 13900005678 找李示例")["number"]
    lead = api("lead")
    lead.ok(f"cases/{number}/notes", {"text": "客户另一个号 13700007777"})
    shown = [
        lead.get("cases")[1],
        lead.get(f"cases/{number}")[1],
        lead.get(f"cases/{number}/timeline")[1],
        lead.get("customers", text="1234")[1],
        lead.get("notices")[1],
    ]
    text = json.dumps(shown, ensure_ascii=False)
    for clear in (PHONE, "13900005678", "13700007777", "张测试"):
        assert clear not in text, clear
    assert "尾号 1234" in text


def test_a_value_is_revealed_with_a_reason_only(api, cast):
    contact = cast.contact.pk
    where = f"customers/{cast.customer.number}/reveal"
    status, problem = api("lead").post(where, {"field": "phone", "contact": contact, "reason": "看"})
    assert (status, problem["clauses"]) == (422, ["FB-1.3a"])
    assert api("intake").post(where, {"field": "phone", "contact": contact, "reason": "回电核实"})[0] == 403
    assert (
        api("lead").ok(where, {"field": "phone", "contact": contact, "reason": "回电核实"})["value"] == PHONE
    )


def test_the_record_is_completed_piece_by_piece(api, cast):
    number = api("intake").ok("cases", {"text": "黑屏", "channel": "hotline"})["number"]
    intake = api("intake")
    before = {e["code"] for e in intake.get(f"cases/{number}")[1]["missing_elements"]}
    body = {
        "customer": str(cast.customer.number),
        "contact": cast.contact.pk,
        "order_number": cast.order.number,
    }
    intake.ok(f"cases/{number}/record", {**body, "scene": "直播间", "asks": "修好"}, method="PATCH")
    after = {e["code"] for e in intake.get(f"cases/{number}")[1]["missing_elements"]}
    assert before - after == {"customer", "contact", "order", "scene", "asks"} & before
    status, problem = intake.post(f"cases/{number}/record", {"device_type": "火箭"}, method="PATCH")
    assert (status, list(problem["fields"])) == (422, ["device_type"])


def test_a_new_customer_comes_in_with_the_word(api, cast):
    customer = {"kind": "streamer", "name": "李示例", "contact": {"phone": "13800005678"}}
    case = api("intake").ok("cases", {"text": "想退租", "channel": "wechat", "customer": customer})["case"]
    assert case["customer"]["name"] == "李**"
    again = api("intake").ok(
        "cases", {"text": "再问一次", "channel": "wechat", "contact_phone": "13800005678"}
    )
    assert again["case"]["customer"] == case["customer"]


def test_a_word_comes_in_once_per_outside_id(api, cast):
    word = {"text": "黑屏", "channel": "shop", "outside_id": "tb-1"}
    number = api("intake").ok("cases", word)["number"]
    status, problem = api("intake").post("cases", word)
    assert status == 409
    assert f"#{number}" in problem["detail"]
