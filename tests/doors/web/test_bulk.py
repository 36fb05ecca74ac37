"""One act on many cases of the list: chosen, looked at first, done case by case, told; refused ones stop nobody."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from tests import cast as people
from tests.cast import FAULT, SURE, Cast
from tests.doors.web.test_reader import allow, read_as, words

from goodword.base.core import clock
from goodword.company.channels.models import Notice, OutboxMessage
from goodword.doors.web.cases.bulk import views
from goodword.doors.web.cases.pages import case_list
from goodword.engine.journal.models import Entry
from goodword.engine.journal.queries import entries_of
from goodword.voice.cases.models import BulkItem, BulkRun, Case, Message, Note

PLAN, DO = "/cases/bulk/", "/cases/bulk/do/"
ADOPTED = {"action": "assessment", "verdict": "adopt", "reason": "下月起随箱附接线图。", "told": "on"}


def suggestions(cast: Cast, number: int, **labels: Any) -> list[Case]:
    """So many suggestions, triaged, the newest first."""
    kept = {
        "kind": "suggestion",
        "content": "other",
        "subclass": "suggestion",
        "severity": "suggestion",
        **labels,
    }
    made = [
        people.triaged(cast, at=clock.now() - timedelta(minutes=60 - n), department="service",
                       text=f"建议第 {n} 条:随箱附一张接线图", **kept)
        for n in range(number)
    ]  # fmt: skip
    return made[::-1]


def numbers(cases: list[Case]) -> str:
    return ",".join(str(case.number) for case in cases)


def sent(client: Client, path: str, status: int = 200, **typed: Any) -> str:
    answer = client.post(path, typed)
    assert answer.status_code == status, answer.content.decode()[:4000]
    return str(answer.headers["Location"] if status == 302 else answer.content.decode())


def looked_at(client: Client, cases: list[Case], **typed: Any) -> str:
    return sent(client, PLAN, cases=numbers(cases), **typed)


def done(client: Client, cases: list[Case], *, once: str = "k1", **typed: Any) -> str:
    """Do it; the address of what became of it."""
    return sent(client, DO, 302, cases=numbers(cases), once=once, **typed)


def written() -> list[int]:
    kinds = (Entry, Message, Note, Notice, OutboxMessage, BulkRun, BulkItem)
    return [kind._default_manager.count() for kind in kinds]


def row_of(page: str, case: Case) -> str:
    """The words of the row about a case."""
    found = re.search(rf"<tr[^>]*>(?:(?!</tr>).)*/cases/{case.number}/.*?</tr>", page, re.DOTALL)
    assert found, f"no row about {case.number}"
    return words(found[0])


def test_the_list_offers_what_its_reader_may_do_and_shows_what_is_proposed(cast: Cast, browse):
    case = read_as(people.a_case(cast, at=clock.now(), text=FAULT))
    page = browse(cast.intake).get("/cases/?state=received").content.decode()
    assert f'data-accept="/cases/{case.number}/acceptance/row/"' in page
    assert re.search(rf'name="case" value="{case.number}" form="bulk"', page)
    assert 'name="filter" value="state=received"' in page
    assert "建议：投诉" in row_of(page, case)
    assert 'value="acceptance"' in page
    assert 'value="closure"' in browse(cast.callback).get("/cases/").content.decode()
    engineer = browse(cast.engineer).get("/cases/").content.decode()
    assert 'value="acceptance"' not in engineer


def test_a_look_says_what_each_would_get_and_which_are_refused_and_writes_nothing(cast: Cast, browse):
    wanted = suggestions(cast, 2)
    complaint = people.triaged(cast, at=clock.now() - timedelta(minutes=5), department="service")
    lead = browse(cast.lead)
    before = written()
    page = looked_at(lead, [*wanted, complaint], **ADOPTED)
    assert "2 件可以办" in page
    assert "1 件会被拒绝" in page
    assert "已办结" in row_of(page, wanted[0]) or "已完成" in row_of(page, wanted[0])
    refused = row_of(page, complaint)
    assert "性质不适用" in refused
    assert "先重新分类" in refused
    assert written() == before
    assert {case.state for case in Case.objects.all()} == {"triaged"}


def test_each_is_done_as_its_own_fact_and_the_refused_one_stops_nobody(cast: Cast, browse):
    first, last = suggestions(cast, 2)
    complaint = people.triaged(cast, at=clock.now() - timedelta(minutes=5), department="service")
    lead = browse(cast.lead)
    told_at = done(lead, [first, complaint, last], filter="state=triaged", **ADOPTED)
    assert told_at.endswith("/?state=triaged")
    page = lead.get(told_at).content.decode()
    assert "已办 2 件" in words(page)
    assert "先重新分类" in row_of(page, complaint)
    for case in (first, last):
        case.refresh_from_db()
        assert (case.state, case.assessment) == ("done", "adopt")
        assert people.told(case, "case.assessed") == {"verdict": "adopt"}
        assert case.messages.filter(purpose="answer").count() == 1
    complaint.refresh_from_db()
    assert complaint.state == "triaged"
    assert 'href="/cases/?state=triaged"' in page
    again = lead.get(PLAN).content.decode()
    assert told_at.split("?")[0] in again


def test_a_form_sent_twice_is_done_once_and_other_words_are_another_act(cast: Cast, browse):
    cases = suggestions(cast, 2)
    lead = browse(cast.lead)
    told_at = done(lead, cases, action="notes", text="已转产品组")
    before = written()
    assert done(lead, cases, action="notes", text="已转产品组") == told_at
    assert written() == before
    assert done(lead, cases, action="notes", text="另有一事") != told_at
    assert Note.objects.count() == 4


def test_what_one_request_does_not_reach_the_next_does(cast: Cast, browse, monkeypatch):
    monkeypatch.setattr(views, "WORKED_FOR", timedelta(0))
    cases = suggestions(cast, 3)
    lead = browse(cast.lead)
    typed = {"cases": numbers(cases), "once": "k1", **ADOPTED}
    going = sent(lead, DO, **typed)
    assert "已办 1 件，被拒 0 件，还有 2 件" in going
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', going[going.index("<main") :]))
    hidden.pop("csrfmiddlewaretoken", None)
    assert hidden == typed
    sent(lead, DO, **hidden)
    assert sent(lead, DO, 302, **hidden).startswith(f"/cases/bulk/{BulkRun.objects.get().pk}/")
    assert [len(entries_of("case", case.pk).filter(kind="case.assessed")) for case in cases] == [1, 1, 1]


def test_the_proposal_is_accepted_for_many_and_said_of_each(cast: Cast, browse):
    sure = [people.a_case(cast, at=clock.now() - timedelta(minutes=n), text=SURE) for n in range(1, 3)]
    unsure = read_as(
        people.a_case(cast, at=clock.now(), text=FAULT), content={"label": None, "p": 0.2, "words": []}
    )
    mine = people.triaged(cast, at=clock.now() - timedelta(minutes=9))
    intake = browse(cast.intake)
    page = looked_at(intake, [*sure, unsure, mine], action="acceptance", choose="1")
    assert "投诉" in row_of(page, sure[0])
    assert "FB-3.1a" in row_of(page, unsure)
    assert "打开工单" in row_of(page, unsure)
    assert "这一步要求" in row_of(page, mine)
    told_at = done(intake, [*sure, unsure, mine], action="acceptance")
    for case in sure:
        case.refresh_from_db()
        assert (case.state, case.labelled_at is not None) == ("triaged", True)
        assert case.content == case.proposal["content"]["label"]
    assert list(BulkItem.objects.filter(outcome="refused").values_list("case__number", flat=True).order_by("place")) == [
        unsure.number, mine.number,
    ]  # fmt: skip
    assert "已办 2 件" in words(intake.get(told_at).content.decode())


def test_a_row_is_accepted_in_place_and_only_once(cast: Cast, browse):
    case = people.a_case(cast, at=clock.now(), text=SURE)
    intake = browse(cast.intake)
    row = sent(intake, f"/cases/{case.number}/acceptance/row/")
    case.refresh_from_db()
    assert case.state == "triaged"
    assert row.startswith(f'<tr class="row--done" id="case-{case.number}"')
    answer = intake.post(f"/cases/{case.number}/acceptance/row/", headers={"HX-Request": "true"})
    assert (answer.status_code, "这一步要求" in answer.content.decode()) == (409, True)
    assert browse(cast.engineer).post(f"/cases/{case.number}/acceptance/row/").status_code == 403


@pytest.mark.parametrize(
    ("action", "typed", "state"),
    [
        ("acknowledgement", {"text": "谢谢您的建议。"}, "triaged"),
        ("dispatch", {"department": "warehouse"}, "triaged"),
        ("assignment", {}, "triaged"),
        ("notes", {"text": "已转产品组"}, "triaged"),
    ],
)
def test_every_act_is_the_cases_own(cast: Cast, browse, action, typed, state):
    cases = suggestions(cast, 2)
    lead = browse(cast.lead)
    page = looked_at(lead, cases, action=action, **typed)
    if "确认办理 2 件" not in page:
        pytest.fail(words(page))
    done(lead, cases, action=action, **typed)
    run = BulkRun.objects.get()
    outcomes = [(item.outcome, item.said_zh) for item in run.items.all()]
    assert run.ended_at is not None
    assert {outcome for outcome, _ in outcomes} <= {"done"} or action == "assignment", outcomes
    assert {case.state for case in Case.objects.all()} == {state}


def test_what_was_assessed_is_closed_and_what_lacks_something_is_told_its_clauses(cast: Cast, browse):
    ready, other = suggestions(cast, 2)
    lead = browse(cast.lead)
    done(lead, [ready], action="acknowledgement", text="谢谢您的建议。", once="k0")
    done(lead, [ready], **ADOPTED)
    told_at = done(lead, [ready, other], action="closure", once="k2")
    ready.refresh_from_db()
    other.refresh_from_db()
    assert (ready.state, other.state) == ("closed", "triaged")
    assert "FB-2.2f" in row_of(lead.get(told_at).content.decode(), other)


def test_wording_is_warned_of_and_may_be_insisted_on(cast: Cast, browse):
    cases = suggestions(cast, 2)
    blunt = {**ADOPTED, "verdict": "no", "reason": "这不可能。"}
    lead = browse(cast.lead)
    page = looked_at(lead, cases, **blunt)
    assert "FB-4.2e" in row_of(page, cases[0])
    assert 'name="anyway"' in page
    done(lead, cases, **blunt)
    assert {item.outcome for item in BulkItem.objects.all()} == {"refused"}
    done(lead, cases, anyway="1", **blunt)
    assert {case.assessment for case in Case.objects.all()} == {"no"}


def test_what_is_missing_is_said_at_the_form_and_the_cases_stay_chosen(cast: Cast, browse):
    cases = suggestions(cast, 2)
    lead = browse(cast.lead)
    for path in (PLAN, DO):
        page = sent(lead, path, 422, cases=numbers(cases), action="assessment", verdict="adopt", reason="")
        assert "field__error" in page
        assert f'name="cases" value="{numbers(cases)}"' in page
    assert not BulkRun.objects.exists()
    assert "没有勾选任何工单" in sent(lead, PLAN, action="notes")
    assert lead.post(DO, {"cases": numbers(cases), "action": "withdrawal"}).status_code == 422


@override_settings(GOODWORD_BULK_MOST=3)
def test_all_of_the_filter_means_at_most_so_many(cast: Cast, browse):
    cases = suggestions(cast, 5)
    people.a_case(cast, at=clock.now(), text=SURE)
    lead = browse(cast.lead)
    page = sent(lead, PLAN, scope="all", filter="state=triaged&kind=suggestion", action="notes", choose="1")
    assert f'name="cases" value="{numbers(cases[:3])}"' in page
    assert "一次至多 3 件" in page
    page = sent(lead, PLAN, scope="page", page=numbers(cases), action="notes", choose="1")
    assert f'name="cases" value="{numbers(cases[:3])}"' in page
    page = sent(
        lead,
        PLAN,
        scope="picked",
        choose="1",
        case=[case.number for case in cases[3:]],
        page=numbers(cases),
        action="notes",
    )
    assert f'name="cases" value="{numbers(cases[3:])}"' in page


@override_settings(GOODWORD_BULK_MOST=3)
def test_a_list_longer_than_its_page_offers_all_its_filter_leaves_and_says_how_many(
    cast: Cast, browse, monkeypatch
):
    monkeypatch.setattr(case_list, "ON_A_PAGE", 2)
    cases = suggestions(cast, 3)
    people.a_case(cast, at=clock.now(), text=SURE)
    lead = browse(cast.lead)
    listed = "kind=suggestion&sort=oldest"
    assert (
        f"/cases/bulk/reach/?{listed.replace('&', '&amp;')}" in lead.get(f"/cases/?{listed}").content.decode()
    )
    assert "/cases/bulk/reach/" not in lead.get("/cases/?state=received").content.decode()
    with CaptureQueriesContext(connection) as seen:
        said = lead.get(f"/cases/bulk/reach/?{listed}").content.decode()
    assert "改选符合筛选的全部 3 件" in said
    counting = [one["sql"] for one in seen if "cases_case" in one["sql"]]
    assert counting
    assert all("LIMIT 4" in sql for sql in counting)
    more = suggestions(cast, 1)
    assert (
        "改选符合筛选的最早 3 件（一次至多 3 件）"
        in lead.get(f"/cases/bulk/reach/?{listed}").content.decode()
    )
    page = sent(lead, PLAN, scope="all", filter=listed, action="notes", choose="1")
    in_order = sorted([*cases, *more], key=lambda case: case.received_at)[:3]
    assert f'name="cases" value="{numbers(in_order)}"' in page
    assert "一次至多 3 件" in page
    assert "全部 0 件" in browse(cast.engineer).get(f"/cases/bulk/reach/?{listed}").content.decode()


def test_nobody_reaches_further_than_their_own_cases_nor_reads_of_others(cast: Cast, browse):
    hidden = people.triaged(
        cast, at=clock.now() - timedelta(minutes=5), department="service", content="service"
    )
    own = people.triaged(cast, at=clock.now() - timedelta(minutes=4))
    engineer = browse(cast.engineer)
    page = looked_at(engineer, [hidden, own], action="notes", text="看过")
    assert "1 个单号不存在或不归您看" in page
    told_at = done(engineer, [hidden, own], action="notes", text="看过")
    assert [item.case_id for item in BulkItem.objects.all()] == [own.pk]
    assert engineer.get(told_at).status_code == 200
    other = browse(cast.warehouse_head).get(told_at).content.decode()
    assert "只列出您能看的工单" in other
    assert f"/cases/{own.number}/" not in other
    assert f"/cases/{own.number}/" in browse(cast.lead).get(told_at).content.decode()
    assert browse(cast.lead).get(told_at.replace(told_at[-5:-1], "0000")).status_code == 404


def test_its_pages_ask_the_same_number_of_questions_however_many_cases(cast: Cast, browse):
    lead = browse(cast.lead)
    lead.get("/cases/")

    def asked(cases: list[Case], once: str) -> list[int]:
        told_at = done(lead, cases, action="notes", text="看过", once=once)
        counts = []
        for look in (
            lambda: lead.get("/cases/"),
            lambda: lead.get(told_at),
            lambda: lead.get(PLAN),
            lambda: looked_at(lead, cases, action="assessment", choose="1"),
        ):
            with CaptureQueriesContext(
                connection,
            ) as seen:
                look()
            counts.append(len(seen))
        return counts

    few = asked(suggestions(cast, 2), "k1")
    assert asked(suggestions(cast, 9), "k2") == few


def test_no_personal_datum_is_kept_of_a_run(cast: Cast, browse):
    cases = suggestions(cast, 1)
    lead = browse(cast.lead)
    done(lead, cases, action="notes", text="请回电 13800001234 张测试")
    kept = str(list(BulkRun.objects.values())) + str(list(BulkItem.objects.values()))
    assert "13800001234" not in kept
    assert "张测试" not in kept


def test_its_pages_are_in_english_too(cast: Cast, browse):
    allow(cast)
    cases = suggestions(cast, 2)
    complaint = people.triaged(cast, at=clock.now() - timedelta(minutes=5), department="service")
    lead = browse(cast.lead)
    lead.cookies["django_language"] = "en"
    shown = [
        lead.get("/cases/").content.decode(),
        looked_at(lead, [*cases, complaint], choose="1", **ADOPTED),
        looked_at(lead, [*cases, complaint], **ADOPTED),
        lead.get(done(lead, [*cases, complaint], **ADOPTED)).content.decode(),
        lead.get(PLAN).content.decode(),
    ]
    for page in shown:
        main = re.sub(
            r"<textarea.*?</textarea>|<blockquote.*?</blockquote>",
            "",
            page[page.index("<main") :],
            flags=re.DOTALL,
        )
        said = words(main).replace("张测试", "")
        assert not re.search(r"批量|采纳|勾选|办理|被拒|可以办", said)
    assert "1 will be refused" in shown[2]
    assert "Triage it again if its kind is wrong." in shown[3]


def test_rows_that_wait_for_triage_cost_no_query_each(cast: Cast, browse):
    intake = browse(cast.intake)
    counted = []
    for _ in range(2):
        for n in range(3):
            people.a_case(
                cast, at=clock.now() - timedelta(minutes=n), text="建议增加周末套餐，方便安排活动。"
            )
        intake.get("/cases/")
        with CaptureQueriesContext(connection) as queries:
            page = intake.get("/cases/").content.decode()
        counted.append((page.count("data-accept="), len(queries)))
    assert counted == [(3, counted[0][1]), (6, counted[0][1])]
