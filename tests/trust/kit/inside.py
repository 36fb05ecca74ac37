"""What is run inside an installation under test: set it up, and tell what its database holds. Prints JSON."""

from __future__ import annotations

import hashlib
import json
import os
import signal
from collections import Counter
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Sum
from tests.cast import make_cast
from tests.trust.kit.copies import leave

from goodword.base.core import clock
from goodword.base.core.models import IdempotencyRecord, Lease
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import SYSTEM
from goodword.base.people.queries import actor_for
from goodword.company.channels.actions.notifying import queue_notice
from goodword.company.channels.claiming import claim
from goodword.company.channels.models import Notice, OutboxMessage
from goodword.company.channels.registry import WAYS
from goodword.doors.api.tokens import create_token, every_right
from goodword.doors.ops import leases
from goodword.doors.ops.jobs import TAKEN_OVER_AFTER
from goodword.doors.ops.worker import AT_ONCE
from goodword.engine.attachments.models import Attachment
from goodword.engine.journal.models import Entry
from goodword.engine.journal.verifying import verify
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.actions.receiving import Word, receive
from goodword.voice.cases.models import Case, Message, Note

HELD_JOBS = ("job:journal.seal", "job:periods.open")
TRIAGE_FOR = timedelta(minutes=10)


def prepare(*, clients: int, overdue: int, over: float) -> None:
    """People, a token per client, and cases whose triage falls due one by one during the next `over` seconds."""
    now = clock.now()
    cast = make_cast(now - timedelta(days=30))
    lead = actor_for(cast.lead.account, at=now)
    for number in range(overdue):
        at = now - TRIAGE_FOR + timedelta(seconds=over * number / overdue)
        receive(Word(text=f"设备故障待分诊 {number}", channel="hotline"), by=lead, at=at)
    tokens = [
        create_token(
            cast.lead.account, name=f"client {n}", scopes=frozenset(every_right()), by=SYSTEM, at=now
        ).clear
        for n in range(clients)
    ]
    print(json.dumps({"tokens": tokens, "engineer": cast.engineer.pk}))


def waiting() -> None:
    """How many obligations should have been woken by now, and how many messages should have left."""
    now = clock.now()
    due = Obligation.objects.filter(wake_at__lte=now).count()
    unsent = OutboxMessage.objects.exclude(state="sent").filter(next_at__lte=now).count()
    print(json.dumps({"due": due, "unsent": unsent}))


def hold_and_die() -> None:
    """A process claims messages and the leases of jobs, and is killed. Prints how many it held."""
    now = clock.now()
    cast = make_cast(now - timedelta(days=30))
    with one_fact():
        for number in range(3):
            queue_notice(
                cast.lead.pk,
                kind="case.received",
                subject=("case", "1"),
                title_zh="待发通知",
                title_en="a notice that waits",
                at=now,
                dedupe_key=f"held {number}",
            )
    leave()
    child = os.fork()
    if not child:
        claim(now=clock.now(), worker="dead", limit=10, ways=WAYS)
        for job in HELD_JOBS:
            leases.take(job, holder="dead", last=TAKEN_OVER_AFTER)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    found = _held()
    print(json.dumps(found))


def still_held() -> None:
    """What `hold_and_die` held and nobody has done since."""
    print(json.dumps(_held()))


def _held() -> dict[str, int]:
    messages = OutboxMessage.objects.filter(dedupe_key__contains="held ").exclude(state="sent")
    jobs = Lease.objects.filter(name__in=HELD_JOBS, holder="dead")
    return {"messages": messages.count(), "jobs": jobs.count()}


def findings() -> None:
    """Everything the test compares with what its clients were told."""
    print(json.dumps(_state(), default=str))


def is_whole(attachment: Attachment) -> bool:
    """Whether its file is there, with the bytes that were stored."""
    try:
        with default_storage.open(attachment.storage_name or "") as file:
            return hashlib.sha256(file.read()).hexdigest() == attachment.sha256
    except FileNotFoundError:
        return False


def strays() -> None:
    """Stored files that no attachment names, or that are not whole: one a line."""
    kept = {one.storage_name: one for one in Attachment.objects.filter(state="ok")}
    for path in settings.MEDIA_ROOT.rglob("*"):
        name = path.relative_to(settings.MEDIA_ROOT).as_posix()
        if path.is_file() and (name not in kept or not is_whole(kept[name])):
            print(name)


def _state() -> dict[str, Any]:
    alarms = Entry.objects.filter(
        kind__in=["obligation.warned", "obligation.breached", "obligation.escalated"]
    )
    told = Counter(
        (e.kind, e.facts["obligation"], e.facts.get("level", 0), e.facts.get("to", "")) for e in alarms
    )
    breached = set(Obligation.objects.filter(breached_at__isnull=False).values_list("pk", flat=True))
    journalled = {e.facts["obligation"] for e in alarms if e.kind == "obligation.breached"}
    late = Obligation.objects.filter(state="open", due_at__lte=clock.now(), breached_at=None)
    return {
        "cases": list(Case.objects.exclude(subject="").values_list("number", "subject", "state")),
        "notes": [note.text for note in Note.objects.all()],
        "messages": [m.text for m in Message.objects.filter(direction="out")],
        "alarms": sum(told.values()),
        "alarms_twice": [list(map(str, key)) for key, times in told.items() if times > 1],
        "breached_not_journalled": len({str(pk) for pk in breached} ^ journalled),
        "late_and_silent": late.count(),
        "journal": [f"{f.where}: {f.what}" for f in verify()],
        "entries": Entry.objects.count(),
        "outbox": Counter(OutboxMessage.objects.values_list("state", flat=True)),
        "notices": Notice.objects.aggregate(told=Sum("count"))["told"] or 0,
        "claimed_again": sum(max(n - 1, 0) for n in OutboxMessage.objects.values_list("attempts", flat=True)),
        "most_at_once": AT_ONCE,
        "attachments": [(a.sha256, is_whole(a)) for a in Attachment.objects.filter(state="ok")],
        "keys": IdempotencyRecord.objects.filter(scope__startswith="api:").count(),
        "half_keys": IdempotencyRecord.objects.filter(status=0).count(),
        "received": Entry.objects.filter(kind="case.received").count(),
        "all_cases": Case.objects.count(),
    }
