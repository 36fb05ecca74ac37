"""The second factor of an account: a code that changes every half minute (TOTP, RFC 6238), shown by an app.

Begun, confirmed by a code, and from then on asked for at each log-in. Who lost the telephone is helped by an
administrator, or at the terminal.
"""

from __future__ import annotations

from datetime import datetime

from django_otp.plugins.otp_totp.models import TOTPDevice

from goodword.base.core.errors import Forbidden, Invalid, Refused
from goodword.base.core.models import Setting
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account

from . import kinds
from .facts import begin, journal

WAIVED = "second_factor_waived"
"""The setting of a company in which nobody has to have one: the demo, whose passwords are printed."""


def waive() -> None:
    """From now on no role asks for one here."""
    Setting.objects.update_or_create(name=WAIVED, defaults={"value": True})


def is_waived() -> bool:
    """Whether no role asks for one in this company. One query."""
    return bool(Setting.objects.filter(name=WAIVED).values_list("value", flat=True).first())


def confirmed(account: Account) -> TOTPDevice | None:
    """The account's second factor, once it is confirmed."""
    return TOTPDevice.objects.filter(user=account, confirmed=True).first()


def begun(account: Account) -> TOTPDevice | None:
    """The one that was begun and waits for its first code."""
    return TOTPDevice.objects.filter(user=account, confirmed=False).order_by("-pk").first()


def start(account: Account) -> TOTPDevice:
    """Make a new key for the account's app; nothing is asked for until it is confirmed.

    Raises Refused where there is one already: it is taken away first.
    """
    if confirmed(account) is not None:
        raise Refused("已经设置了两步验证。", "There is a second factor already.")
    with one_fact():
        TOTPDevice.objects.filter(user=account, confirmed=False).delete()
        return TOTPDevice.objects.create(user=account, name=account.username, confirmed=False)


def confirm(account: Account, code: str, *, by: Actor, at: datetime) -> TOTPDevice:
    """The app shows the right code: from now on it is asked for.

    Effects: the device is confirmed; `company.second_factor_set`. Raises Invalid for a wrong code.
    """
    device = begun(account)
    if device is None:
        raise Refused("请先开始设置。", "Begin first.")
    if not device.verify_token(code.strip()):
        raise wrong_code()
    with one_fact():
        begin()
        device.confirmed = True
        device.save()
        journal(kinds.SECOND_FACTOR_SET, by=by, at=at, account=account.pk)
    return device


def take_away(account: Account, *, by: Actor, at: datetime) -> bool:
    """The account has none any more: its own, or anybody's with people.manage. Journals it; False where none was.

    Raises Forbidden.
    """
    if by.account_id != account.pk:
        by.require("people.manage")
    elif by.needs_second_factor and not is_waived():
        raise Forbidden("您的角色必须使用两步验证。", "Your role has to have a second factor.")
    with one_fact():
        begin()
        taken = confirmed(account) is not None
        TOTPDevice.objects.filter(user=account).delete()
        if taken:
            journal(kinds.SECOND_FACTOR_TAKEN, by=by, at=at, account=account.pk)
    return taken


def wrong_code() -> Invalid:
    """What is said of a code that does not fit."""
    return Invalid(
        "验证码不对。",
        "The code is wrong.",
        cure_zh="请输入应用里当前的 6 位数字。",
        cure_en="Type the six digits the app shows now.",
        fields={"code": "不对 / wrong"},
    )
