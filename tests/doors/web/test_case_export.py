"""A list leaves as a file: with its columns, masked, safe to open, written down."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import load_workbook
from tests import cast as people
from tests.cast import Cast

from goodword.base.core import clock
from goodword.engine.journal.models import Entry
from goodword.voice.cases.lists import exporting
from goodword.voice.cases.models import CaseExport

EXPORTED = "company.cases_exported"
DANGEROUS = '=HYPERLINK("http://evil.example","13800001234")'


def taken(answer) -> bytes:
    return b"".join(answer.streaming_content)


def as_csv(client, query: str = "", **typed: str) -> list[str]:
    answer = client.post(f"/cases/export/{query}", {"form": "csv", **typed})
    assert answer.status_code == 200
    content = taken(answer)
    assert content.startswith(b"\xef\xbb\xbf")
    return content.decode("utf-8-sig").splitlines()


def test_the_file_holds_the_list_with_its_columns_masked_and_harmless(cast: Cast, browse):
    now = clock.now()
    bad = people.a_case(cast, at=now - timedelta(hours=2), text=DANGEROUS)
    good = people.a_case(cast, at=now - timedelta(hours=1))
    people.triaged(cast, at=now)
    lead = browse(cast.lead)
    page = lead.get("/cases/export/?state=received&columns=matter,customer,due").content.decode()
    assert "状态：已受理" in page
    assert lead.get("/cases/?state=received").content.decode().count("/cases/export/?state=received") == 1
    lines = as_csv(lead, "?state=received&columns=matter,customer,due")
    assert lines[0] == '"单号","内容","客户","最紧的时限"'
    assert [line.split(",")[0] for line in lines[1:]] == [f'"{good.number}"', f'"{bad.number}"']
    assert "\"'=HYPERLINK(" in lines[2]
    assert "13800001234" not in "".join(lines)
    assert "张测试" not in "".join(lines)
    oldest = as_csv(lead, "?state=received&columns=state&sort=oldest")
    assert [line.split(",")[0] for line in oldest[1:]] == [f'"{bad.number}"', f'"{good.number}"']
    kept = CaseExport.objects.order_by("pk").first()
    assert (kept.cases, kept.form, kept.is_clear, kept.numbers) == (2, "csv", False, [])
    entry = Entry.objects.filter(kind=EXPORTED).order_by("pk").first()
    assert entry.facts == {"export": kept.pk, "form": "csv", "cases": 2, "is_clear": False}


def test_the_workbook_holds_the_same(cast: Cast, browse):
    case = people.a_case(cast, at=clock.now() - timedelta(hours=2), text=DANGEROUS)
    answer = browse(cast.lead).post("/cases/export/?columns=matter,received", {"form": "xlsx"})
    assert answer["Content-Disposition"].endswith('.xlsx"')
    rows = load_workbook(io.BytesIO(taken(answer))).get_sheet_by_index(0).to_python()
    assert rows[0] == ["单号", "内容", "受理"]
    assert rows[1][:2] == [case.number, '=HYPERLINK("http://evil.example","[尾号 1234]")']
    local = case.received_at.astimezone(people.SHANGHAI).replace(tzinfo=None)
    assert abs(rows[1][2] - local) < timedelta(seconds=1)


def test_clear_values_take_the_right_and_a_reason_that_stays(cast: Cast, browse):
    case = people.a_case(cast, at=clock.now(), text="请打13800001234")
    lead, deputy = browse(cast.lead), browse(cast.deputy)
    send = {"form": "csv", "is_clear": "1"}
    assert lead.post("/cases/export/?columns=matter,customer", {**send, "reason": "要"}).status_code == 422
    assert deputy.post("/cases/export/", {**send, "reason": "年度审计核对"}).status_code == 403
    assert not CaseExport.objects.exists()
    lines = as_csv(lead, "?columns=matter,customer&q=13800001234", is_clear="1", reason="年度审计核对")
    kept = CaseExport.objects.get()
    assert (kept.cases, kept.numbers, kept.reason) == (1, [case.number], "年度审计核对")
    assert "13800001234" not in str(kept.filters)
    assert "请打13800001234" in lines[1]
    assert "张测试" in lines[1]


def test_only_what_one_may_see_and_only_with_the_right(cast: Cast, browse):
    people.triaged(cast, at=clock.now() - timedelta(hours=1), department="service", content="service")
    ours = people.triaged(cast, at=clock.now() - timedelta(hours=1))
    assert browse(cast.engineer).post("/cases/export/", {"form": "csv"}).status_code == 403
    lines = as_csv(browse(cast.technology_head), "?columns=state")
    assert [line.split(",")[0] for line in lines[1:]] == [f'"{ours.number}"']


def test_it_is_read_by_pages_and_stops_at_the_limit(cast: Cast, browse, monkeypatch, settings):
    monkeypatch.setattr(exporting, "A_PAGE", 2)
    at = clock.now() - timedelta(hours=1)
    made = [people.a_case(cast, at=at + timedelta(minutes=n)).number for n in range(5)]
    lead = browse(cast.lead)
    with CaptureQueriesContext(connection) as queries:
        lines = as_csv(lead, "?columns=due")
    assert [line.split(",")[0].strip('"') for line in lines[1:]] == [str(number) for number in made[::-1]]
    assert len([q for q in queries if "received_at" in q["sql"]]) >= 6
    settings.GOODWORD_EXPORT_CASES = 3
    answer = lead.post("/cases/export/?sort=oldest", {"form": "csv"})
    assert "-first-3.csv" in answer["Content-Disposition"]
    lines = taken(answer).decode("utf-8-sig").splitlines()
    assert [line.split(",")[0].strip('"') for line in lines[1:]] == [str(number) for number in made[:3]]


@pytest.mark.parametrize("form", ["", "pdf", "\x00", "x" * 5_000])
def test_another_format_is_refused(cast: Cast, browse, form: str):
    assert browse(cast.lead).post("/cases/export/", {"form": form}).status_code == 422
    assert not CaseExport.objects.exists()
