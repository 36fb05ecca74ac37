"""What else one can do with a case: each form does its act, each refusal says why and loses nothing that was typed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast as people
from tests.cast import Cast
from tests.doors.web.test_loop import INTAKE, act

from goodword.base.core import clock
from goodword.engine.attachments.models import Attachment
from goodword.voice.cases.models import Case

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
)


@pytest.fixture
def case(cast: Cast) -> Case:
    return people.started(cast, at=clock.now() - timedelta(hours=1))


def test_the_record_is_completed(cast: Cast, browse):
    case = people.a_case(cast, at=clock.now(), order=None, scene="", asks="", asked_by_at=None)
    intake = browse(cast.intake)
    page = intake.get(f"/cases/{case.number}/").content.decode()
    assert "还缺" in page
    assert "FB-2.2e" in page
    act(intake, case, "record", order="ZL20260101-01", scene="直播间", asks="换一台", device_type="摄像机")
    assert (case.order, case.scene, case.device_type) == (cast.order, "直播间", "摄像机")


def test_an_unknown_order_is_told_at_its_field_and_the_rest_stays(cast: Cast, browse, case: Case):
    page = act(browse(cast.engineer), case, "record", 422, order="没有这单", scene="新的场景")
    assert "没有这个订单" in page
    assert "新的场景" in page


def test_a_case_is_handed_over_with_what_is_missing(cast: Cast, browse, case: Case):
    engineer = browse(cast.engineer)
    refused = act(engineer, case, "handover", 422, department="warehouse")
    assert "FB-3.2d" in refused
    act(
        engineer,
        case,
        "handover",
        department="warehouse",
        assignee=cast.warehouse_head.pk,
        note="请查出库记录",
    )
    assert (case.responsible.code, case.assignee_id) == ("warehouse", cast.warehouse_head.pk)


def test_somebody_takes_a_case_and_another_is_sent_one(cast: Cast, browse, case: Case):
    act(browse(cast.technology_head), case, "assignment")
    assert case.assignee_id == cast.technology_head.pk
    act(browse(cast.intake), case, "dispatch", department="technology", assignee=cast.engineer.pk)
    assert case.assignee_id == cast.engineer.pk


def test_departments_are_asked_for_help_and_answer(cast: Cast, browse, case: Case):
    engineer, warehouse = browse(cast.engineer), browse(cast.warehouse_head)
    act(engineer, case, "help", department="warehouse", question="出库时检查过镜头吗?")
    asked = case.helps.get()
    assert "出库时检查过镜头吗" in warehouse.get("/").content.decode()
    act(warehouse, case, "help/answer", help=asked.pk, kind="progress", text="正在查记录")
    act(warehouse, case, "help/answer", help=asked.pk, kind="solution", text="出库照片完好")
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("answered", "出库照片完好")
    act(engineer, case, "help", department="sales", question="合同怎么写的?")
    act(engineer, case, "help/withdrawal", help=case.helps.get(state="open").pk)
    assert not case.helps.filter(state="open").exists()


def test_the_lead_coordinates_departments_under_one_owner(cast: Cast, browse, case: Case):
    typed = {"owner": cast.lead.pk, "departments": ["warehouse", "sales"], "question": "请核对"}
    act(browse(cast.lead), case, "coordination", **typed)
    assert (case.owner_id, case.helps.count()) == (cast.lead.pk, 2)


def test_a_reply_with_a_negative_phrase_is_held_until_one_insists(cast: Cast, browse, case: Case):
    engineer = browse(cast.engineer)
    page = act(engineer, case, "replies", 409, text="这个不可能,规定就是这样。", purpose="other")
    assert "FB-4.2e" in page
    assert "这个不可能" in page
    assert 'name="anyway"' in page
    assert not case.messages.filter(direction="out").exists()
    act(engineer, case, "replies", text="这个不可能,规定就是这样。", purpose="other", anyway="1")
    assert case.messages.get(direction="out").anyway


def test_under_htmx_a_refusal_is_a_fragment_for_its_own_place(cast: Cast, browse, case: Case):
    answer = browse(cast.engineer).post(
        f"/cases/{case.number}/replies/",
        {"text": "这个不可能。", "purpose": "other"},
        headers={"HX-Request": "true", "HX-Boosted": "true"},
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<html" not in page
    assert 'form="do-case-replies"' in page


def test_calls_words_and_guidance_are_kept(cast: Cast, browse, case: Case):
    engineer = browse(cast.engineer)
    act(engineer, case, "customer-calls", reached="yes", first_proposal="先换线试试", note="客户在现场")
    act(engineer, case, "customer-messages", text="还是不行", channel="wechat")
    act(engineer, case, "remote-guidance")
    page = engineer.get(f"/cases/{case.number}/").content.decode()
    for words in ("先换线试试", "客户在现场", "还是不行", "开始远程指导"):
        assert words in page
    only_notes = engineer.get(f"/cases/{case.number}/?show=notes").content.decode()
    assert "客户在现场" in only_notes
    assert "还是不行" not in only_notes


def test_notes_mentions_watching_and_escalation(cast: Cast, browse, case: Case):
    engineer = browse(cast.engineer)
    act(engineer, case, "notes", text="适配器过热", mentions=[cast.technology_head.pk])
    assert case.watchers.filter(account=cast.technology_head.account).exists()
    act(engineer, case, "notes", 422, text="适配器过热", mentions=["9" * 30])
    act(engineer, case, "watch", watching="yes")
    act(engineer, case, "watch", watching="no")
    assert not case.watchers.filter(account=cast.engineer.account).exists()
    act(engineer, case, "escalation", to="service_lead", reason="客户很急")
    assert "客户很急" in engineer.get(f"/cases/{case.number}/").content.decode()


def test_waiting_for_the_customer_begins_and_ends(cast: Cast, browse, case: Case):
    engineer = browse(cast.engineer)
    act(engineer, case, "waiting", what="设备照片")
    assert case.waiting_since is not None
    assert "设备照片" in engineer.get(f"/cases/{case.number}/").content.decode()
    act(engineer, case, "waiting/end")
    assert case.waiting_since is None


def test_evidence_beyond_need_asks_what_for(cast: Cast, browse):
    case = people.started(
        cast, at=clock.now() - timedelta(hours=1), content="service", department="service", text=people.RUDE
    )
    lead = browse(cast.lead)
    page = act(lead, case, "evidence", 409, kind="video", asked_of_customer="on")
    assert "FB-4.1d" in page
    act(lead, case, "evidence", kind="video", asked_of_customer="on", purpose="核对当时的对话")
    act(lead, case, "staff-statement", staff=cast.intake.pk, what="当时排队,语气急了些")
    assert case.evidence.count() == 2


def test_a_case_is_linked_merged_taken_out_and_duplicates_dismissed(cast: Cast, browse):
    one = people.a_case(cast, at=clock.now() - timedelta(minutes=3))
    other = people.a_case(cast, at=clock.now())
    intake = browse(cast.intake)
    assert "可能是同一件事" in intake.get(f"/cases/{other.number}/").content.decode()
    act(intake, other, "links", other=one.number, relation="related")
    wrong = act(intake, other, "links", 422, other=424242, relation="related")
    assert "没有这个工单" in wrong
    act(intake, other, "merger", other=one.number)
    assert (other.state, other.merged_into_id) == ("merged", one.pk)
    act(intake, other, "merger/undo")
    assert other.state == "received"
    third = people.a_case(cast, at=clock.now())
    proposal = third.duplicates.first()
    act(intake, third, "duplicates/dismissal", proposal=proposal.pk)
    proposal.refresh_from_db()
    assert proposal.state == "dismissed"


def test_the_customer_withdraws_and_comes_back(cast: Cast, browse, case: Case):
    lead = browse(cast.lead)
    act(lead, case, "withdrawal", reason="客户说自己修好了")
    assert case.state == "withdrawn"
    act(lead, case, "reopening", reason="又坏了")
    assert case.round_no == 2


def test_a_callback_is_given_up_only_after_enough_attempts(cast: Cast, browse):
    case = people.done(cast, at=clock.now() - timedelta(hours=3))
    callback = browse(cast.callback)
    page = act(callback, case, "callback/surrender", 409)
    assert "FB-4.3d" in page
    for _ in range(3):
        act(callback, case, "callback-attempts")
    act(callback, case, "callback/surrender")
    assert case.state == "called_back"


def test_whoever_handled_it_sees_beforehand_that_he_may_not_call_back(cast: Cast, browse):
    case = people.done(cast, at=clock.now() - timedelta(hours=3))
    act(browse(cast.lead), case, "replies", text="已为您更换。", purpose="progress")
    page = browse(cast.lead).get(f"/cases/{case.number}/").content.decode()
    assert "不能由您回访" in page
    assert "不能由您回访" not in browse(cast.callback).get(f"/cases/{case.number}/").content.decode()


def test_files_are_kept_and_only_ever_downloaded(cast: Cast, browse, case: Case):
    engineer = browse(cast.engineer)
    files = [SimpleUploadedFile("现场.png", PNG), SimpleUploadedFile("说明.txt", "接线图".encode())]
    act(engineer, case, "attachments", file=files)
    assert Attachment.objects.filter(subject_id=str(case.pk)).count() == 2
    page = engineer.get(f"/cases/{case.number}/").content.decode()
    assert "现场.png" in page
    kept = Attachment.objects.get(name="现场.png")
    answer = engineer.get(f"/cases/{case.number}/attachments/{kept.pk}/")
    assert b"".join(answer.streaming_content) == PNG
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    other = people.triaged(cast, at=clock.now() - timedelta(minutes=20))
    assert engineer.get(f"/cases/{other.number}/attachments/{kept.pk}/").status_code == 404


def test_a_file_that_may_act_is_refused_in_words(cast: Cast, browse, case: Case):
    page = act(
        browse(cast.engineer),
        case,
        "attachments",
        422,
        file=[SimpleUploadedFile("坏.html", b"<script>1</script>")],
    )
    assert "refusal" in page
    assert not Attachment.objects.exists()


def test_the_same_form_sent_twice_is_done_once(cast: Cast, browse, case: Case):
    engineer = browse(cast.engineer)
    typed = {"text": "只写一次", "once": "a-random-key"}
    first = engineer.post(f"/cases/{case.number}/notes/", typed)
    second = engineer.post(f"/cases/{case.number}/notes/", typed)
    assert first["Location"] == second["Location"]
    assert case.notes.filter(text="只写一次").count() == 1
    engineer.post(f"/cases/{case.number}/notes/", {**typed, "text": "另一段话"})
    assert case.notes.filter(text="另一段话").exists()


def test_feedback_taken_down_twice_by_one_form_is_one_case(cast: Cast, browse):
    intake = browse(cast.intake)
    answers = [intake.post("/cases/new/", {**INTAKE, "once": "k1"})["Location"] for _ in range(2)]
    assert len(set(answers)) == 1
    assert Case.objects.count() == 1


def test_a_refused_form_may_be_sent_again_with_the_same_key(cast: Cast, browse, case: Case):
    engineer = browse(cast.engineer)
    typed = {"text": "这个不可能。", "purpose": "other", "once": "k2"}
    assert engineer.post(f"/cases/{case.number}/replies/", typed).status_code == 409
    assert engineer.post(f"/cases/{case.number}/replies/", typed).status_code == 409
    assert engineer.post(f"/cases/{case.number}/replies/", {**typed, "anyway": "1"}).status_code == 302


def test_an_intake_that_is_not_complete_keeps_what_was_typed(cast: Cast, browse):
    answer = browse(cast.intake).post("/cases/new/", {**INTAKE, "order": "没有这单"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没有这个租赁单" in page
    assert "摄像机开机后黑屏" in page
    assert not Case.objects.exists()


def test_the_proposal_is_shown_while_typing_with_its_words(cast: Cast, browse):
    page = browse(cast.intake).post("/cases/new/proposal/", {"text": people.FAULT}).content.decode()
    assert "设备类" in page
    assert "黑屏" in page
    assert not Case.objects.exists()


@pytest.mark.parametrize("path", ["/cases/", "/cases/?state=open", "/cases/?q=黑屏"])
def test_a_list_of_three_takes_as_many_queries_as_one_of_one(cast: Cast, browse, path: str):
    lead = browse(cast.lead)
    people.triaged(cast, at=clock.now() - timedelta(hours=1))
    lead.get(path)
    with CaptureQueriesContext(connection) as one:
        lead.get(path)
    for _ in range(2):
        people.triaged(cast, at=clock.now() - timedelta(hours=1))
    with CaptureQueriesContext(connection) as three:
        page = lead.get(path).content.decode()
    assert page.count("<tr") == 4
    assert len(three) == len(one)


def test_a_page_with_three_of_everything_takes_as_many_queries_as_with_one(cast: Cast, browse, case: Case):
    lead, engineer = browse(cast.lead), browse(cast.engineer)

    def one_more(number: int) -> None:
        act(engineer, case, "notes", text=f"备注 {number}")
        act(engineer, case, "customer-messages", text=f"客户说 {number}", channel="wechat")
        act(engineer, case, "evidence", kind="contract", what=f"合同 {number}")
        act(engineer, case, "help", department="warehouse", question=f"问 {number}")

    one_more(1)
    lead.get(f"/cases/{case.number}/")
    with CaptureQueriesContext(connection) as one:
        lead.get(f"/cases/{case.number}/")
    one_more(2)
    one_more(3)
    with CaptureQueriesContext(connection) as three:
        lead.get(f"/cases/{case.number}/")
    assert len(three) == len(one)


def test_lists_are_asked_by_the_address(cast: Cast, browse):
    fault = people.triaged(cast, at=clock.now() - timedelta(hours=1))
    praise = people.triaged(
        cast,
        at=clock.now() - timedelta(hours=1),
        kind="praise",
        content="service",
        department="service",
        text="讲解很耐心",
    )
    lead = browse(cast.lead)

    def found(query: str) -> list[bool]:
        page = lead.get(f"/cases/?{query}").content.decode()
        return [f'href="/cases/{case.number}/"' in page for case in (fault, praise)]

    assert found("kind=praise") == [False, True]
    assert found("department=technology") == [True, False]
    assert found("mine=1") == [False, True]
    assert found("q=1234") == [True, True]
    assert found(f"q=%23{fault.number}") == [True, False]
    assert found("state=closed") == [False, False]
    assert "没有符合条件的工单" in lead.get("/cases/?state=closed").content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_form_that_is_offered_opens_in_both_languages(cast: Cast, browse, language: str):
    now = clock.now()
    cases = [
        people.a_case(cast, at=now),
        people.communicated(cast, at=now - timedelta(hours=1)),
        people.agreed(cast, at=now - timedelta(hours=2)),
        people.done(cast, at=now - timedelta(hours=3)),
    ]
    lead = browse(cast.lead)
    lead.cookies["django_language"] = language
    opened: set[str] = set()
    for case in cases:
        page = lead.get(f"/cases/{case.number}/").content.decode()
        for name in set(re.findall(r'href="\?do=([\w/-]+)#deed"', page)) - opened:
            form = lead.get(f"/cases/{case.number}/?do={name}").content.decode()
            sent_to = "comparison" if name == "merger" else name  # both sides are looked at first
            assert f'action="/cases/{case.number}/{sent_to}/"' in form, name
            opened.add(name)
    assert len(opened) >= 24


def test_an_ability_is_offered_only_where_it_is_possible_and_allowed(cast: Cast, browse):
    fresh = people.a_case(cast, at=clock.now())
    done = people.done(cast, at=clock.now() - timedelta(hours=3))
    intake, callback = browse(cast.intake), browse(cast.callback)
    assert "?do=triage" in intake.get(f"/cases/{fresh.number}/").content.decode()
    assert "?do=triage" not in callback.get(f"/cases/{fresh.number}/").content.decode()
    assert "?do=callback" not in intake.get(f"/cases/{done.number}/").content.decode()
    assert "?do=callback" in callback.get(f"/cases/{done.number}/").content.decode()
    assert "?do=triage" not in intake.get(f"/cases/{done.number}/").content.decode()
