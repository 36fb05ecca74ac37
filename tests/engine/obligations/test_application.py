"""The engine on the database: what it writes beyond what the pure core decides."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import a_case, make_cast

from goodword.company.channels.models import OutboxMessage
from goodword.engine.journal.models import Entry
from goodword.engine.journal.verifying import verify
from goodword.engine.obligations.ticking import tick
from goodword.voice.cases.actions.replying import reply

pytestmark = pytest.mark.django_db


def test_what_was_done_too_late_is_journalled_as_late_though_no_worker_was_awake() -> None:
    cast = make_cast()
    case = a_case(cast)
    reply(
        case,
        by=cast.intake.by,
        at=cast.at + timedelta(minutes=31),
        text="已收到,正在安排。",
        purpose="first_response",
    )
    late = Entry.objects.get(kind="obligation.breached", subject_id=str(case.pk))
    assert (late.at, late.facts["clause"], late.facts["settled"]) == (
        cast.at + timedelta(minutes=30),
        "CS-3.2a",
        True,
    )
    assert not OutboxMessage.objects.filter(payload__kind="obligation.breached").exists()
    tick(now=cast.at + timedelta(hours=1))
    about = Entry.objects.filter(kind="obligation.breached", facts__clause="CS-3.2a")
    assert about.count() == 1
    assert not list(verify())
