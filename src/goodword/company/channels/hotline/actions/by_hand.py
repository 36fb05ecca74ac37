"""A call the call centre did not tell of, written down by whoever had it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from goodword.base.core.errors import Invalid
from goodword.base.core.sealing import normal_phone, phone_index
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor

from ..folding import Said, fold
from ..models import Call
from ..settings import hotline
from .settling import Before, settle


def write_down(
    *,
    direction: str,
    number: str,
    began_at: datetime,
    answered: bool,
    rang_for: float | None,
    by: Actor,
    at: datetime,
) -> Call:
    """Write a call down by hand: it counts, opens and ends tasks to ring back as one the call centre tells of.

    rang_for: seconds it rang; None where nobody counted. Whoever writes it down is who had it.
    Raises Forbidden without cases.receive; Invalid for what is no number, or a call yet to come.
    """
    by.require("cases.receive")
    wrong: dict[str, str] = {}
    if number and not 3 <= len(normal_phone(number)) <= 20:
        wrong["number"] = "号码应为 3 至 20 位数字 / 3 to 20 digits"
    if began_at > at:
        wrong["began_at"] = "不能晚于现在 / not later than now"
    if wrong:
        raise Invalid("这通电话无法记录。", "The call cannot be written down.", fields=wrong)
    until = began_at + timedelta(seconds=rang_for or 0)
    said = [Said("ringing", began_at, rang_for), Said("hung_up" if answered else "missed", until)]
    course = fold([*said, Said("answered", until)] if answered else said)
    with one_fact():
        call = Call(
            outside_id=f"hand:{uuid4().hex}",
            direction=direction,
            number=number,
            number_index=phone_index(number),
            began_at=began_at,
            by_hand=True,
            account_id=by.account_id,
        )
        settle(call, course, before=Before(), chosen=hotline(), at=at, by=by)
    return call
