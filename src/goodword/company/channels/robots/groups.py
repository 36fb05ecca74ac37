"""The way of group robots: a notice is said once in the group, however many it tells; what exceeds the limit joins the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db.models import Q

from goodword.base.people.models import Account

from .. import quotas, spoken
from ..claiming import claim_beside, release, settle
from ..models import OutboxMessage
from ..onward import further
from ..registry import register
from ..staff import register_passing_on
from ..ways import CannotSendError, NotYetError, Way
from . import posting, wording
from .models import Robot

WAY = "robot"
MOST_TOGETHER = 30


def register_here() -> None:
    """Make the way known. A message whose sender died is said again: better twice than never."""
    register(Way(WAY, send, repeatable=True))
    register_passing_on(pass_on)


def pass_on(told: Sequence[OutboxMessage], now: datetime) -> list[OutboxMessage]:
    """A message for each robot whose people are told. One query, another where there are robots."""
    robots = list(Robot.objects.filter(is_on=True))
    if not robots:
        return []
    readers = Account.objects.filter(pk__in={message.recipient_id for message in told})
    departments = dict(readers.values_list("pk", "department"))
    found: dict[str, OutboxMessage] = {}
    for robot in robots:
        for message in told:
            notice, department = message.payload, departments.get(message.recipient_id or 0)
            if not (robot.ordinary or notice["urgent"]) or robot.department_id not in (None, department):
                continue
            said = [
                notice[name] for name in ("kind", "subject_type", "subject_id", "clause_id", "at", "title_zh")
            ]
            key = f"{robot.pk}:{sha256(repr(said).encode()).hexdigest()[:32]}"
            if key not in found:
                found[key] = further(WAY, key, {**notice, "robot": robot.pk}, now, to=None)
    return list(found.values())


def send(message: OutboxMessage, now: datetime) -> None:
    """Say it, with what else waits for this robot, as far as one message goes."""
    robot = Robot.objects.filter(pk=message.payload["robot"]).first()
    if robot is None or not robot.is_on:
        raise CannotSendError("this robot is switched off")
    free_at = quotas.take(f"robot:{robot.pk}", posting.LIMITS[robot.platform], at=now)
    if free_at is not None:
        raise NotYetError(free_at)
    others = claim_beside(message, Q(payload__robot=robot.pk), now=now, limit=MOST_TOGETHER)
    english = settings.LANGUAGE_CODE.startswith("en")
    lines = [wording.line(one.payload, english=english) for one in (message, *others)]
    fit = wording.fitting(lines)
    release(others[fit - 1 :])
    along = others[: fit - 1]
    try:
        posting.post(robot, wording.joined(lines[:fit]), at=now)
    except Exception as problem:
        release(along)
        spoken.bad(robot, problem, at=now)
        raise
    for one in along:
        settle(one, "sent", sent_at=now, last_error="")
    spoken.good(robot, at=now)
