"""The ledger's pages: upload, columns and preview, start, progress, rejects."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, make_cast
from tests.support.looking import words
from tests.voice.cases.ledger.ledgers import ASKED, FAULT, OPEN, as_csv

from goodword.base.core import clock
from goodword.company.channels.models import InboundMessage
from goodword.voice.cases.ledger import jobs
from goodword.voice.cases.models import Case, LedgerMap, LedgerRun

pytestmark = pytest.mark.django_db
BROKEN = ("9", "", "", "昨天", "黑屏了,电话 13800001234", "", "")


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(days=2))


@pytest.fixture
def agent(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.intake.account)
    return client


def upload(
    client: Client, raw: bytes, *, mode: str = "history", name: str = "台账.csv", saved: str = ""
) -> LedgerRun:
    answer = client.post("/ledger/", {"file": SimpleUploadedFile(name, raw), "mode": mode, "saved": saved})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return LedgerRun.objects.latest("uploaded_at")


def test_only_who_may_import_gets_there(cast: Cast, agent: Client, client: Client) -> None:
    run = upload(agent, as_csv([FAULT]))
    engineer = Client()
    engineer.force_login(cast.engineer.account)
    for address in (
        "/ledger/",
        f"/ledger/{run.pk}/",
        f"/ledger/{run.pk}/rejects/",
        f"/ledger/{run.pk}/progress/",
    ):
        assert client.get(address)["Location"].startswith("/login/")
        assert engineer.get(address).status_code == 403
    assert engineer.post(f"/ledger/{run.pk}/start/").status_code == 403
    assert agent.get("/ledger/0192f0c0-0000-7000-8000-000000000000/").status_code == 404


def test_from_upload_over_preview_and_start_to_the_last_row(agent: Client) -> None:
    run = upload(agent, as_csv([FAULT, ASKED, OPEN, BROKEN]))
    page = words(agent, f"/ledger/{run.pk}/")
    assert "前 20 行" in page
    assert FAULT[4] in page
    assert "13800001234" not in page
    assert "“受理时间”看不出是什么时间" in page
    assert not Case.objects.exists()
    assert agent.post(f"/ledger/{run.pk}/start/").status_code == 302
    assert "排队中" in words(agent, f"/ledger/{run.pk}/")
    assert jobs.work(clock.now()) == 4
    page = words(agent, f"/ledger/{run.pk}/progress/")
    assert "4 / 4 行" in page
    assert "已完成" in page
    assert Case.objects.count() == 3
    assert "台账.csv" in words(agent, "/ledger/")


def test_looking_writes_nothing(agent: Client) -> None:
    run = upload(agent, as_csv([FAULT, BROKEN]))
    for address in (
        "/ledger/",
        f"/ledger/{run.pk}/",
        f"/ledger/{run.pk}/progress/",
        f"/ledger/{run.pk}/rejects/",
    ):
        with CaptureQueriesContext(connection) as queries:
            agent.get(address)
        wrote = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
        assert all("django_session" in sql for sql in wrote), wrote


def test_progress_costs_nothing_while_nothing_moves(agent: Client) -> None:
    run = upload(agent, as_csv([FAULT]))
    first = agent.get(f"/ledger/{run.pk}/progress/")
    again = agent.get(f"/ledger/{run.pk}/progress/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_columns_are_put_right_and_kept_by_name_for_the_next_file(agent: Client) -> None:
    header = ("甲", "乙", "丙", "丁", "戊", "己", "庚")
    run = upload(agent, as_csv([FAULT], header=header))
    typed = {
        "name": "仓库台账",
        "mode": "history",
        "column_outside_id": "甲",
        "column_received_at": "丁",
        "column_text": "戊",
        "column_answer": "己",
        "column_answered_at": "庚",
        "default_channel": "hotline",
        "save": "1",
    }
    assert agent.post(f"/ledger/{run.pk}/map/", typed).status_code == 302
    assert LedgerMap.objects.get().columns["text"] == "戊"
    later = upload(agent, as_csv([FAULT, ASKED], header=header), saved="仓库台账")
    assert (later.source, later.columns["text"]) == ("仓库台账", "戊")
    agent.post(f"/ledger/{later.pk}/start/")
    jobs.work(clock.now())
    assert set(Case.objects.values_list("channel", flat=True)) == {"hotline"}


def test_a_map_that_cannot_be_used_comes_back_as_it_was_typed(agent: Client) -> None:
    run = upload(agent, as_csv([FAULT]))
    typed = {"name": "新名称", "mode": "history", "column_text": "内容", "column_answer": "内容"}
    answer = agent.post(f"/ledger/{run.pk}/map/", typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "一列只能用一次" in page
    assert 'value="新名称"' in page
    run.refresh_from_db()
    assert run.columns["answer"] == "答复内容"


def test_a_run_begins_once_and_keeps_its_map_then(agent: Client) -> None:
    run = upload(agent, as_csv([FAULT]))
    agent.post(f"/ledger/{run.pk}/start/")
    assert agent.post(f"/ledger/{run.pk}/start/").status_code == 409
    typed = {"name": "别的", "mode": "new", "column_text": "内容"}
    assert agent.post(f"/ledger/{run.pk}/map/", typed).status_code == 409


def test_a_file_that_cannot_be_read_is_kept_and_said_so(agent: Client) -> None:
    file = SimpleUploadedFile("x.xlsx", b"PK\x03\x04 no workbook")
    answer = agent.post("/ledger/", {"file": file, "mode": "history", "saved": ""})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert InboundMessage.objects.get().state == "failed"
    assert agent.post("/ledger/", {"mode": "history"}).status_code == 422


def test_rejects_are_handed_over_as_a_file(agent: Client) -> None:
    run = upload(agent, as_csv([FAULT, BROKEN]))
    agent.post(f"/ledger/{run.pk}/start/")
    jobs.work(clock.now())
    assert f"/ledger/{run.pk}/rejects/" in words(agent, f"/ledger/{run.pk}/")
    answer = agent.get(f"/ledger/{run.pk}/rejects/")
    content = b"".join(BytesIO(chunk).read() for chunk in answer)  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment")
    assert "昨天" in content.decode("utf-8-sig")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(agent: Client, rows: int) -> None:
    for number in range(rows):
        upload(agent, as_csv([FAULT]), name=f"{number}.csv")
    agent.get("/ledger/")
    with CaptureQueriesContext(connection) as queries:
        agent.get("/ledger/")
    reads = [q for q in queries if "cases_ledger" in q["sql"]]
    assert len(reads) == 2


def test_the_pages_speak_english(agent: Client) -> None:
    run = upload(agent, as_csv([FAULT, BROKEN]))
    agent.cookies["django_language"] = "en"
    page = words(agent, f"/ledger/{run.pk}/")
    assert "The first 20 rows" in page
    assert "is no moment that can be read" in page
