"""What the software makes of a message is shown with why and how sure; a person decides, checks blind, sees the figures."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast as people
from tests.cast import FAULT, PHONE, RUDE, SURE, Cast
from tests.doors.web.test_loop import act

from goodword.base.core import clock
from goodword.doors.api.shown.cases import whole
from goodword.engine.policy.actions import editions
from goodword.engine.policy.queries import values_of
from goodword.voice.cases.actions import triaging
from goodword.voice.cases.models import Case, Unattended, UnattendedStop
from goodword.wiring import health

pytestmark = pytest.mark.django_db
READER, CHECKS = "/regulations/reader/", "/cases/checks/"
READER_QUERIES = 17


def page(browser: Any, path: str, **query: Any) -> str:
    answer = browser.get(path, query)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return str(answer.content.decode())


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def read_as(case: Case, **proposal: Any) -> Case:
    """The case as if the reader had said so."""
    Case.objects.filter(pk=case.pk).update(
        proposal={**case.proposal, **proposal}, read_by="2026-01-01-abcdef12"
    )
    case.refresh_from_db()
    return case


def allow(cast: Cast, **figures: Any) -> None:
    today = clock.now().date()
    chosen = {"unattended": True, "confidence": 0.85, "urgent_ceiling": 0.15, "sampled": 1.0, **figures}
    made = editions.propose(
        "FB-3.2c", values={**values_of("FB-3.2c", on=today), **chosen}, holds_from=today + timedelta(days=1),
        note="试行", by=cast.administrator.by, at=clock.now(),
    )  # fmt: skip
    editions.approve(made, by=cast.deputy.by, at=clock.now())
    type(made).objects.filter(pk=made.pk).update(holds_from=today - timedelta(days=2))


def sent_alone(cast: Cast, number: int = 0) -> Case:
    case = people.a_case(cast, at=clock.now() - timedelta(minutes=30 - number), text=SURE)
    case.refresh_from_db()
    assert case.state == "triaged"
    return case


def test_the_card_says_how_sure_by_which_words_and_by_which_model(cast: Cast, browse):
    case = read_as(
        people.a_case(cast, at=clock.now(), text=FAULT),
        kind={"label": "complaint", "p": 0.97, "words": ["黑屏"]},
        severity={"label": "general", "p": 0.4, "words": [], "urgent": 0.35},
        stage={"label": None, "p": 0.3, "words": []},
        sentiment={"label": None, "p": 0.2, "words": []},
    )
    html = page(browse(cast.intake), f"/cases/{case.number}/")
    assert re.search(r'<mark title="性质[^"]*">黑屏</mark>', html)
    assert "模型 2026-01-01-abcdef12" in html
    said = words(html)
    assert "很有把握 97%" in said
    assert "只是猜测 40%" in said
    assert re.search(r'badge--good"[^>]*>很有把握 97%', html)
    assert re.search(r'badge--warn"[^>]*>只是猜测 40%', html)
    assert html.count('<span class="unread">未归类</span>') == 2, "stage and mood: said so, and never neutral"
    assert "紧急的可能有 35% 请看一眼原话" in said
    english = browse(cast.intake)
    english.cookies["django_language"] = "en"
    assert "almost certain 97%" in words(page(english, f"/cases/{case.number}/"))


def test_it_is_accepted_in_one_click_or_key_without_script_and_each_label_can_be_changed_in_place(
    cast: Cast, browse
):
    case = people.a_case(cast, at=clock.now(), text=FAULT)
    intake = browse(cast.intake)
    html = page(intake, f"/cases/{case.number}/")
    form = re.search(r'<form class="actions" method="post" action="([^"]+/triage/)".*?</form>', html, re.S)
    assert form
    assert 'data-key="y"' in form[0]
    typed = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))
    for name in ("kind", "severity", "content", "stage", "sentiment"):
        assert f'href="#id_triageform_{name}"' in html
        assert f'id="id_triageform_{name}"' in html
    assert intake.post(form[1], typed).status_code == 302
    case.refresh_from_db()
    assert case.state == "triaged"
    assert case.labelled_at is not None
    assert case.sentiment == (case.proposal["sentiment"]["label"] or "")


def test_a_person_sets_the_mood(cast: Cast, browse):
    case = people.a_case(cast, at=clock.now(), text=FAULT)
    act(
        browse(cast.intake), case, "triage",
        kind="complaint", content="device", severity="general", sentiment="pos", department="technology",
    )  # fmt: skip
    assert case.sentiment == "pos"
    assert case.labels.get(name="sentiment").chosen == "pos"


def test_no_deciding_word_shows_what_the_text_hides(cast: Cast, browse):
    case = read_as(
        people.a_case(cast, at=clock.now(), text=f"{FAULT} 电话{PHONE}"),
        kind={"label": "complaint", "p": 0.9, "words": [PHONE, "黑屏"]},
    )
    html = page(browse(cast.intake), f"/cases/{case.number}/")
    assert PHONE not in html
    shown = whole(case)
    assert shown.proposal["kind"]["words"] == ["黑屏"]
    assert shown.read_by == "2026-01-01-abcdef12"


def test_while_typing_a_case_that_may_be_the_same_matter_is_shown_and_after_taking_down_it_is_said(
    cast: Cast, browse
):
    first = people.a_case(cast, at=clock.now() - timedelta(minutes=10), text=FAULT)
    intake = browse(cast.intake)
    typed = {"text": f"你好,{FAULT}", "phone": PHONE}
    said = words(intake.post("/cases/new/proposal/", typed).content.decode())
    assert f"#{first.number}" in said
    assert "10 分前" in said
    assert "同一客户" in said
    assert (
        f"#{first.number}"
        not in intake.post("/cases/new/proposal/", {"text": RUDE, "phone": PHONE}).content.decode()
    )
    answer = intake.post(
        "/cases/new/",
        {**typed, "channel": "hotline", "customer": cast.customer.number, "once": "k1"},
        follow=True,
    )
    said = words(answer.content.decode())
    assert f"它可能与 #{first.number} 是同一件事" in said
    assert "相近" in said
    assert first.state == Case.objects.get(pk=first.pk).state, "nothing is merged alone"


def test_a_case_drawn_is_checked_blind_from_the_desk(cast: Cast, browse):
    allow(cast, most_wrong=0.5)
    one, other = sent_alone(cast, 1), sent_alone(cast, 2)
    lead = browse(cast.lead)
    assert "2 件待抽查" in page(lead, "/")
    html = page(lead, CHECKS)
    assert SURE in html
    assert f"#{one.number}" not in html
    assert not re.search(r"<option[^>]*selected[^>]*>(?!—)[^<]+", html), "no label is shown or chosen"
    assert f'value="{other.number}"' in page(lead, CHECKS, skip="1")
    right = {
        "number": one.number,
        "kind": "complaint",
        "severity": "general",
        "content": "service",
        "sentiment": "",
    }
    refused = lead.post(CHECKS, {**right, "content": ""})
    assert refused.status_code == 422
    assert lead.post(CHECKS, right).status_code == 302
    assert lead.post(CHECKS, {**right, "number": other.number, "content": "device"}).status_code == 302
    assert set(Unattended.objects.values_list("case__number", "verdict")) == {
        (one.number, "right"),
        (other.number, "wrong"),
    }
    assert "没有待抽查" in page(lead, CHECKS)
    assert lead.post(CHECKS, right).status_code == 409
    assert browse(cast.engineer).get(CHECKS).status_code == 403


def test_the_figures_name_what_was_wrong_with_their_interval_and_who_may_resumes(cast: Cast, browse):
    allow(cast)
    one, other = sent_alone(cast, 1), sent_alone(cast, 2)
    lead = browse(cast.lead)
    for case, severity in ((one, "general"), (other, "urgent")):
        lead.post(
            CHECKS, {"number": case.number, "kind": "complaint", "severity": severity, "content": "service"}
        )
    health.forget()
    said = words(page(browse(cast.lead), READER))
    assert "自动派单已停" in said
    assert "50% 95% 区间 9.5%–91%" in said
    assert re.search(rf"#{other.number} 漏判紧急", said)
    assert "红灯" in said
    assert browse(cast.lead).post(f"{READER}resumption/", {"note": "好了"}).status_code == 403
    deputy = browse(cast.deputy)
    assert deputy.post(f"{READER}resumption/", {"note": ""}).status_code == 422
    assert deputy.post(f"{READER}resumption/", {"note": "换了模型"}).status_code == 302
    assert not UnattendedStop.objects.filter(resumed_at=None).exists()
    assert "自动派单已停" not in page(deputy, READER)


def test_what_people_accept_is_counted_by_dimension_week_and_model_with_confusions(cast: Cast, browse):
    for number, content in enumerate(("service", "service", "device")):
        case = people.a_case(cast, at=clock.now() - timedelta(minutes=20 - number), text=RUDE)
        read_as(case, content={"label": "service", "p": 0.9, "words": []})
        triaging.triage(
            case, by=cast.intake.by, at=clock.now(), kind="complaint", content=content, severity="general",
            department=cast.department("service"),
        )  # fmt: skip
    html = page(browse(cast.lead), READER)
    said = words(html)
    assert re.search(r"内容 3 2 67% \(21%–94%\) 0", said)
    assert "2026-01-01-abcdef12" in said
    assert re.search(rf"内容 服务类 设备类 1 #{case.number}", said)


def test_heads_and_administrators_see_it_others_do_not(cast: Cast, browse):
    for member in (cast.lead, cast.deputy, cast.administrator):
        assert browse(member).get(READER).status_code == 200
    for member in (cast.intake, cast.engineer):
        assert browse(member).get(READER).status_code == 403


def test_the_page_of_figures_costs_the_same_for_one_and_for_three(cast: Cast, browse):
    allow(cast, urgent_missed=100)
    deputy, costs = browse(cast.deputy), []
    page(deputy, READER)
    for rows in (1, 3):
        for number in range(rows):
            case = sent_alone(cast, number)
            triaging.triage(
                case, by=cast.lead.by, at=clock.now(), kind="request", content="service", severity="general",
                department=cast.department("service"),
            )  # fmt: skip
        with CaptureQueriesContext(connection) as caught:
            page(deputy, READER)
        costs.append(len(caught))
    assert costs == [READER_QUERIES, READER_QUERIES]
