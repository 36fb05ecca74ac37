"""What a provider says: the code in the body decides, also where the status is 200."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ..outside import Answer
from ..ways import CannotSendError, NotYetError

WAITS_FOR = timedelta(minutes=1)
TAKEN = frozenset(("OK", "Ok"))
TOO_OFTEN = ("isv.BUSINESS_LIMIT_CONTROL", "Throttling", "LimitExceeded", "RequestLimitExceeded")
FOR_GOOD = (
    "isv.MOBILE_NUMBER_ILLEGAL",
    "isv.BLACK_KEY_CONTROL_LIMIT",
    "isv.INVALID_PARAMETERS",
    "InvalidParameterValue.IncorrectPhoneNumber",
    "FailedOperation.PhoneNumberInBlacklist",
    "UnsupportedOperation",
)
"""Beginnings of codes: this number, or these words, will never do. What money, rights or keys lack can be mended."""


class RefusedError(Exception):
    """The provider said no; to be tried again."""


def understood(provider: str, answer: Answer, *, at: datetime) -> str:
    """The provider's own name for the message. Raises CannotSendError, NotYetError, or what is tried again."""
    if answer.status == 429:
        raise NotYetError(at + WAITS_FOR)
    code, why, name = _said(provider, answer)
    if code in TAKEN:
        return name
    if code.startswith(TOO_OFTEN):
        raise NotYetError(at + WAITS_FOR)
    told = f"{answer.status} {code}: {why[:120]}"
    raise CannotSendError(told) if code.startswith(FOR_GOOD) else RefusedError(told)


def _said(provider: str, answer: Answer) -> tuple[str, str, str]:
    """(code, why, name)."""
    found = answer.json()
    if provider == "aliyun":
        name = found.get("BizId") or found.get("CallId") or found.get("RequestId")
        return str(found.get("Code", "")), str(found.get("Message", "")), str(name or "")
    if provider == "tencent":
        return _tencents(found)
    return ("OK" if 200 <= answer.status < 300 else "HTTP"), "", str(found.get("id", ""))


def _tencents(found: dict[str, Any]) -> tuple[str, str, str]:
    response = found.get("Response")
    response = response if isinstance(response, dict) else {}
    error = response.get("Error")
    if isinstance(error, dict):
        return str(error.get("Code", "")), str(error.get("Message", "")), ""
    states = response.get("SendStatusSet", response.get("SendStatus"))
    state = states[0] if isinstance(states, list) and states else states
    if not isinstance(state, dict):
        return "", "no status", ""
    code = str(state.get("Code") or ("Ok" if state.get("CallId") else ""))
    return code, str(state.get("Message", "")), str(state.get("SerialNo") or state.get("CallId") or "")
