"""The hotline's settings: the shared secret, which numbers count, whose extension is whose."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from goodword.base.core.errors import Invalid, NotFound
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account
from goodword.company.channels.hotline.settings import Hotline, hotline, keep, with_new_secret
from goodword.engine.journal.recording import lock_subject, record

from .kinds import COMPANY, EXTENSION_SET, HOTLINE_SECRET_MADE, HOTLINE_SET

LEAST_DIFFER, MOST_DIFFER = 30, 3600
MOST_NUMBERS = 50


def set_hotline(*, numbers: tuple[str, ...], may_differ: int, by: Actor, at: datetime) -> Hotline:
    """Which of our numbers are the hotline (none: all), and by how many seconds a sender's clock may differ.

    Effects: the setting; `company.hotline_set` when it differs. Raises Forbidden without settings.edit, Invalid.
    """
    by.require("settings.edit")
    if not LEAST_DIFFER <= may_differ <= MOST_DIFFER or len(numbers) > MOST_NUMBERS:
        raise Invalid(
            "时钟差应为 30 至 3600 秒，号码不超过 50 个。",
            "Clocks may differ by 30 to 3600 seconds; 50 numbers at most.",
            fields={"may_differ": "30–3600"},
        )
    with one_fact():
        lock_subject(*COMPANY)
        before = hotline()
        chosen = replace(before, numbers=numbers, may_differ=may_differ)
        if chosen != before:
            keep(chosen)
            facts = {"numbers": len(numbers), "may_differ": may_differ}
            record(HOTLINE_SET, COMPANY[1], by=by, at=at, facts=facts)
    return chosen


def make_secret(*, by: Actor, at: datetime) -> str:
    """A new shared secret, in clear: the only time it is shown. The one before stays good until the next.

    Effects: the setting; `company.hotline_secret_made`. Raises Forbidden without settings.edit.
    """
    by.require("settings.edit")
    with one_fact():
        lock_subject(*COMPANY)
        chosen = with_new_secret(hotline())
        keep(chosen)
        record(HOTLINE_SECRET_MADE, COMPANY[1], by=by, at=at)
    return chosen.secret


def set_extension(account_id: int, extension: str, *, by: Actor, at: datetime) -> Account:
    """Whose telephone rings at this extension; empty takes it away.

    Effects: the account; `company.extension_set` when it differs. Raises Forbidden without settings.edit, NotFound,
    Invalid for one that another colleague has.
    """
    by.require("settings.edit")
    extension = extension.replace("\x00", "").strip()[:40]
    with one_fact():
        lock_subject(*COMPANY)
        account = Account.objects.select_related("person").filter(pk=account_id, is_active=True).first()
        if account is None:
            raise NotFound
        others = Account.objects.filter(phone_extension=extension, is_active=True).exclude(pk=account_id)
        if extension and others.exists():
            raise Invalid(
                "这个分机已属于另一位同事。",
                "Another colleague has this extension.",
                fields={"extension": "已被占用 / taken"},
            )
        if account.phone_extension != extension:
            account.phone_extension = extension
            account.save(update_fields=["phone_extension"])
            record(EXTENSION_SET, COMPANY[1], by=by, at=at, facts={"account": account.pk})
    return account
