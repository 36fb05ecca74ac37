"""The in-app box's settings: whether there is a chat, where it may be embedded, when people answer, the shared secret."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from goodword.base.core.errors import Invalid
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.base.worktime.models import WorkCalendar
from goodword.company.channels.app.settings import Box, box, keep, with_new_secret
from goodword.engine.journal.recording import lock_subject, record

from .kinds import APP_SECRET_MADE, APP_SET, COMPANY

LEAST_DIFFER, MOST_DIFFER = 30, 3600
LEAST_DAYS, MOST_DAYS = 1, 365
MOST_ORIGINS = 20
MOST_WORDS = 300
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?", re.ASCII)


def origin_of(text: str) -> str:
    """A site as a browser names it: scheme, host and port. Empty for what is none, and for http beyond this machine."""
    try:
        parts = urlsplit(text.strip().lower())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    local = parts.scheme == "http" and host in ("localhost", "127.0.0.1")
    if not (parts.scheme == "https" or local) or _HOST.fullmatch(host) is None:
        return ""
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")


def set_app_box(*, by: Actor, at: datetime, **chosen: Any) -> Box:
    """Decide on the chat. chosen: is_open, origins, calendar, away_zh, away_en, keeps_for, may_differ.

    Effects: the setting; `company.app_box_set` when it differs. Raises Forbidden without settings.edit, Invalid.
    """
    by.require("settings.edit")
    with one_fact():
        lock_subject(*COMPANY)
        before = box()
        wanted = replace(before, **chosen)
        _check(wanted)
        if wanted != before:
            keep(wanted)
            facts = {
                "is_open": wanted.is_open,
                "origins": len(wanted.origins),
                "calendar": wanted.calendar,
                "keeps_for": wanted.keeps_for,
                "may_differ": wanted.may_differ,
            }
            record(APP_SET, COMPANY[1], by=by, at=at, facts=facts)
    return wanted


def make_app_secret(*, by: Actor, at: datetime) -> str:
    """A new shared secret, in clear: the only time it is shown. The one before stays good until the next.

    Effects: the setting; `company.app_secret_made`. Raises Forbidden without settings.edit.
    """
    by.require("settings.edit")
    with one_fact():
        lock_subject(*COMPANY)
        chosen = with_new_secret(box())
        keep(chosen)
        record(APP_SECRET_MADE, COMPANY[1], by=by, at=at)
    return chosen.secret


def _check(wanted: Box) -> None:
    wrong: dict[str, str] = {}
    if len(wanted.origins) > MOST_ORIGINS or any(origin_of(one) != one for one in wanted.origins):
        wrong["origins"] = "应为 https://域名 / https:// and a host"
    if not WorkCalendar.objects.filter(code=wanted.calendar).exists():
        wrong["calendar"] = "没有这个日历 / no such calendar"
    for name in ("away_zh", "away_en"):
        if not 1 <= len(getattr(wanted, name).strip()) <= MOST_WORDS:
            wrong[name] = f"1–{MOST_WORDS}"
    if not LEAST_DAYS <= wanted.keeps_for <= MOST_DAYS:
        wrong["keeps_for"] = f"{LEAST_DAYS}–{MOST_DAYS}"
    if not LEAST_DIFFER <= wanted.may_differ <= MOST_DIFFER:
        wrong["may_differ"] = f"{LEAST_DIFFER}–{MOST_DIFFER}"
    if wrong:
        raise Invalid("有些设置不能用。", "Some of these cannot be used.", fields=wrong)
