"""How it stands with a robot or an app: what its light goes by."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.masks import mask_text

from ..ways import NotYetError
from .models import PlatformApp, Robot


def good(one: Robot | PlatformApp, *, at: datetime) -> None:
    """It said something, and was heard."""
    type(one).objects.filter(pk=one.pk).update(good_at=at)


def bad(one: Robot | PlatformApp, problem: Exception, *, at: datetime) -> None:
    """It was not heard, and why. To have to wait is no fault."""
    if not isinstance(problem, NotYetError):
        type(one).objects.filter(pk=one.pk).update(bad_at=at, bad_why=mask_text(str(problem))[:200])


def light(one: Robot | PlatformApp) -> str:
    """`off`, `waiting` (nothing said yet), `bad` (the last try failed) or `good`."""
    if not one.is_on:
        return "off"
    if one.bad_at is not None and (one.good_at is None or one.bad_at >= one.good_at):
        return "bad"
    return "good" if one.good_at is not None else "waiting"
