"""What the platforms say: a number in the body decides, also where the status is 200."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from ..outside import Answer, NoAnswerError, call
from ..ways import CannotSendError, NotYetError

WAITS_FOR = timedelta(minutes=1)
TOO_OFTEN = frozenset((45009, 45033, 130101, 410100, 90002, 90018, 11232, 9499, 99991400, 230020))
NO_GROUP = frozenset((93000, 93008, 93017, 300001, 300005, 310000, 400013, 400101, 400102))
NO_TRUST = frozenset((19001, 19021, 19022, 19024))
"""Feishu's robots: no such key, signature or time, address, keyword."""
NOBODY = frozenset((40031, 81013, 60011, 60111, 33012, 230001, 230013, 230006, 230027, 99992351, 99992360))
FOR_GOOD = NO_GROUP | NO_TRUST | NOBODY
WRAPPED = 88
"""DingTalk's older calls: what it was stands in `sub_code`."""
STALE_TOKEN = frozenset((40001, 40014, 41001, 42001, 99991661, 99991663, 99991668, 99991671))


class RefusedError(Exception):
    """The other side said no; to be tried again."""


class StaleTokenError(RefusedError):
    """The access token holds no more."""


class SilentError(Exception):
    """No answer came. A colleague may be told twice but not never, so it is tried again."""


def say(
    url: str,
    body: bytes,
    *,
    at: datetime,
    private: bool,
    headers: Mapping[str, str] | None = None,
    method: str = "POST",
) -> dict[str, Any]:
    """Call a platform and understand its answer. Raises CannotSendError, NotYetError, or what is tried again."""
    sent = {"content-type": "application/json; charset=utf-8", **(headers or {})}
    try:
        answer = call(url, body, method=method, headers=sent, private=private)
    except NoAnswerError as silent:
        raise SilentError(str(silent)) from silent
    return understood(answer, at=at)


def understood(answer: Answer, *, at: datetime) -> dict[str, Any]:
    """The answer's JSON, where it is a good one."""
    found = answer.json()
    code = found.get("errcode", found.get("code", found.get("StatusCode")))
    if code == WRAPPED and str(found.get("sub_code", "")).isdecimal():
        code = int(found["sub_code"])
    said = f"{answer.status} {code}: {str(found.get('errmsg', found.get('msg', '')))[:120]}"
    if answer.status == 429 or code in TOO_OFTEN:
        raise NotYetError(at + WAITS_FOR)
    if code in FOR_GOOD:
        raise CannotSendError(said)
    if code in STALE_TOKEN:
        raise StaleTokenError(said)
    if answer.status != 200 or code != 0:
        raise RefusedError(said)
    return found
