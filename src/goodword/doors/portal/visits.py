"""Who has shown number and code may look at the case for half an hour: a signed cookie, nothing in the address."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from goodword.base.core.ids import token_digest
from goodword.voice.cases.models import Case

COOKIE = "goodword_case"
SALT = "goodword.portal.visit"
LASTS_FOR = 30 * 60
NOBODYS = "0" * 64


def opened_by(number: str, code: str) -> Case | None:
    """The case with this number, when the code is its own. A wrong code and a missing case take the same steps."""
    digits = number.strip().lstrip("#＃").strip()
    known = digits.isascii() and digits.isdecimal() and len(digits) <= 15
    case = Case.objects.filter(number=int(digits)).first() if known else None
    typed = token_digest("".join(code.split()).replace("-", "").upper())
    fits = hmac.compare_digest(typed, (case.code_digest if case else "") or NOBODYS)
    return case if case is not None and fits else None


def begin(answer: HttpResponse, case: Case) -> None:
    """Let the browser that gets `answer` look at the case for half an hour."""
    token = signing.dumps({"case": str(case.pk), "code": case.code_digest[:16]}, salt=SALT)
    answer.set_cookie(
        COOKIE,
        token,
        max_age=LASTS_FOR,
        path="/p/",
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )


def end(answer: HttpResponse) -> None:
    """Forget the case."""
    answer.delete_cookie(COOKIE, path="/p/", samesite="Lax")


def case_of(request: HttpRequest) -> Case | None:
    """The case this browser may look at now; None when it never showed a code, or the half hour is over."""
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS_FOR)
    except signing.BadSignature:
        return None
    case = Case.objects.select_related("customer", "merged_into").filter(pk=kept["case"]).first()
    return case if case is not None and case.code_digest.startswith(kept["code"]) else None
