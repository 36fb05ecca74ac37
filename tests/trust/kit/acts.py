"""The acts that are killed at every writing call, each through its own door, and the state they begin from.

An act can be done again with the same key, as a client or the next worker would, until it is whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.test import Client
from tests.cast import Cast, a_case, a_solution, done, investigated, make_cast, triaged
from tests.voice.cases.ledger.ledgers import FAULT, as_csv, begun

from goodword.base.core import clock
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import SYSTEM
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.actions.notifying import queue_notice
from goodword.company.channels.models import OutboxMessage
from goodword.doors.api.tokens import create_token, every_right
from goodword.doors.ops.worker import Worker
from goodword.engine.obligations import ticking
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.ledger import jobs as ledger

HOUR = timedelta(hours=1)
ROWS = 4
NOTICES = 3


@dataclass(frozen=True, slots=True)
class Act:
    """do: once; what it answers is the same each time it is done again. whole: it is one fact, done or not done."""

    name: str
    do: Callable[[], Any]
    whole: bool = True


def prepare() -> list[Act]:
    """Cases brought to where each act begins, three notices waiting, one obligation due, a ledger begun."""
    now = clock.now()
    cast = make_cast(now - timedelta(days=30))
    at = now - 2 * HOUR
    cases = {
        "triage": a_case(cast, at=at),
        "dispatch": triaged(cast, at=at),
        "approve": investigated(cast, at=at),
        "callback": done(cast, at=at),
        "attach": a_case(cast, at=at),
    }
    solution = a_solution(
        cast, cases["approve"], compensation_kind="voucher", compensation_amount=Decimal(5000)
    )
    Worker(name="before").one_pass()
    Obligation.objects.filter(wake_at__lte=now).update(wake_at=None)
    run = begun(as_csv([(str(n), *FAULT[1:]) for n in range(ROWS)]), at=now)
    late = a_case(cast, at=now - timedelta(minutes=20))
    _wait_for_notices(cast, now)
    OutboxMessage.objects.filter(payload__subject_id=str(late.pk)).delete()
    number = {name: case.number for name, case in cases.items()}
    return [
        _post(cast, "intake", "lead", "cases", {"text": "镜头无法对焦", "channel": "hotline"}),
        _post(cast, "triage", "lead", f"cases/{number['triage']}/triage", _labels(cast)),
        _post(cast, "dispatch", "lead", f"cases/{number['dispatch']}/dispatch", {"department": "warehouse"}),
        _post(
            cast,
            "approve",
            "deputy",
            f"cases/{number['approve']}/solutions/{solution.pk}/decision",
            {"approved": True},
        ),
        _post(
            cast,
            "callback",
            "callback",
            f"cases/{number['callback']}/callback",
            {"solved": True, "satisfaction": 5},
        ),
        _post(cast, "attach", "lead", f"cases/{number['attach']}/attachments", None),
        Act("send", lambda: _send(now), whole=False),
        Act("tick", lambda: _tick(now), whole=False),
        Act("import", lambda: _import(run.pk), whole=False),
    ]


def _labels(cast: Cast) -> dict[str, Any]:
    return {
        "kind": "complaint",
        "content": "device",
        "subclass": "fault",
        "severity": "urgent",
        "device_type": "摄像机",
        "stage": "in_use",
        "department": "technology",
        "assignee": cast.engineer.pk,
    }


def _wait_for_notices(cast: Cast, now: datetime) -> None:
    with one_fact():
        for number in range(NOTICES):
            queue_notice(
                cast.lead.pk,
                kind="case.received",
                subject=("case", "1"),
                title_zh="待发通知",
                title_en="a notice that waits",
                at=now,
                dedupe_key=f"waiting {number}",
            )


def _post(cast: Cast, name: str, who: str, path: str, body: dict[str, Any] | None) -> Act:
    """A write of the API by the token of `who`, always with the same key; body None: a file is sent."""
    account = getattr(cast, who).account
    token = create_token(account, name=name, scopes=every_right(), by=SYSTEM, at=clock.now()).clear

    def do() -> Any:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"the key of {name}"}
        client = Client(raise_request_exception=False, headers=headers, SERVER_NAME="localhost")
        if body is None:
            file = BytesIO("现场记录".encode() * 20_000)
            file.name = "记录.txt"
            response = client.post(f"/api/v1/{path}", {"file": file})
        else:
            response = client.post(f"/api/v1/{path}", json.dumps(body), content_type="application/json")
        assert response.status_code in {200, 201}, (response.status_code, response.content.decode())
        return response.json()

    return Act(name, do)


def _send(now: datetime) -> int:
    """A worker sends what waits, or what a dead one left in its hands; then nothing waits."""
    deliver(now=now, worker="first")
    deliver(now=now + timedelta(minutes=1), worker="second")
    return OutboxMessage.objects.exclude(state="sent").count()


def _tick(now: datetime) -> int:
    """Time acts on what is due; then nothing is due."""
    ticking.tick(now=now)
    return Obligation.objects.filter(wake_at__lte=now).count()


def _import(run: Any) -> str:
    """The worker's job carries the ledger on; what became of it."""
    from goodword.voice.cases.models import LedgerRun

    ledger.work(clock.now())
    return str(LedgerRun.objects.get(pk=run).state)
