"""What goes wrong, as application/problem+json (RFC 9457) with the clauses it rests on."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import get_language
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import BaseModel, Field

from goodword.base.core.errors import DomainError, Forbidden, Invalid, NotFound, Stale
from goodword.base.core.idempotency import KeyReused
from goodword.base.core.outages import outage_of
from goodword.base.language.script import written
from goodword.voice.cases.rules.phrases import PhraseWarning

from .throttle import TooMany

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: ("请求无法读取", "The request cannot be read"),
    401: ("需要令牌", "A token is needed"),
    403: ("没有权限", "Not allowed"),
    404: ("没有找到", "Not found"),
    405: ("不支持这种方法", "Method not allowed"),
    409: ("被规则拒绝", "Refused"),
    413: ("内容过大", "Too large"),
    422: ("内容有误", "Not acceptable as it is"),
    429: ("请求过于频繁", "Too many requests"),
    500: ("系统出错", "Something went wrong here"),
    503: ("暂时不可用", "Not available for the moment"),
    507: ("存储空间已满", "No room left"),
}
logger = logging.getLogger("goodword.api")


class Problem(BaseModel):
    """A refusal a person understands: `detail` in the language asked for, `clauses` the rules it rests on."""

    type: str = Field(examples=["urn:goodword:problem:refused"])
    title: str
    status: int
    detail: str
    clauses: list[str] = Field(default_factory=list, examples=[["FB-4.3e"]])
    cure: str = Field(default="", description="What would help, when something would.")
    fields: dict[str, str] = Field(default_factory=dict, description="What is wrong with which field.")


class TooLarge(DomainError):
    """More bytes than the operation takes: 413."""

    code = "too_large"


STATUS: tuple[tuple[type[DomainError], int], ...] = (
    (Forbidden, 403),
    (NotFound, 404),
    (TooLarge, 413),
    (Invalid, 422),
    (KeyReused, 422),
    (TooMany, 429),
    (DomainError, 409),
)
"""Which domain error is which status; the first that fits."""


def answer(
    status: int,
    detail: str,
    *,
    code: str = "",
    clauses: tuple[str, ...] = (),
    cure: str = "",
    fields: dict[str, str] | None = None,
) -> HttpResponse:
    """A problem as a response. `code` becomes part of its type; without one the type is about:blank."""
    problem = Problem(
        type=f"urn:goodword:problem:{code}" if code else "about:blank",
        title=told(*TITLES.get(status, TITLES[400])),
        status=status,
        detail=detail,
        clauses=list(clauses),
        cure=cure,
        fields=fields or {},
    )
    return HttpResponse(problem.model_dump_json(), status=status, content_type=MEDIA_TYPE)


def told(zh: str, en: str) -> str:
    """The wording for the language the request asked for."""
    return written(zh) if (get_language() or "").startswith("zh") else en


def of_domain(_request: HttpRequest, error: Exception) -> HttpResponse:
    """A domain error as a problem."""
    if not isinstance(error, DomainError):
        raise error
    response = answer(
        next(status for kind, status in STATUS if isinstance(error, kind)),
        told(error.zh, error.en),
        code=error.code,
        clauses=error.clauses,
        cure=told(error.cure_zh, error.cure_en),
        fields=_kinder(error) if isinstance(error, PhraseWarning) else error.fields,
    )
    if isinstance(error, TooMany):
        response["Retry-After"] = str(error.again_in)
    return response


def _kinder(warning: PhraseWarning) -> dict[str, str]:
    """The phrases found, each with the wording the guide offers instead."""
    return {hit.phrase: told(hit.zh, hit.en) for hit in warning.hits}


def of_validation(request: HttpRequest, error: Exception) -> HttpResponse:
    """Values of the wrong shape; what was sent is not repeated."""
    errors: list[dict[str, Any]] = error.errors if isinstance(error, ValidationError) else []
    fields = {".".join(str(part) for part in e["loc"][1:]) or str(e["loc"][0]): str(e["msg"]) for e in errors}
    return of_domain(request, Invalid("内容不符合要求。", "Some values have the wrong shape.", fields=fields))


def of_http(_request: HttpRequest, error: Exception) -> HttpResponse:
    """What the framework refuses: no token, or a body that is not JSON."""
    if isinstance(error, AuthenticationError):
        response = answer(
            401,
            told("请提供有效的令牌。", "Give a valid token."),
            code="unauthorized",
            cure="Authorization: Bearer gw_…",
        )
        response["WWW-Authenticate"] = "Bearer"
        return response
    status = error.status_code if isinstance(error, HttpError) else 400
    return answer(status, told("请求内容无法解析。", "The body cannot be parsed."), code="unreadable")


def of_unreadable(_request: HttpRequest, _error: Exception) -> HttpResponse:
    """A body that breaks its own form (multipart without a boundary, too many fields) or breaks off."""
    return answer(400, told("请求内容无法解析。", "The body cannot be parsed."), code="unreadable")


def of_absence(request: HttpRequest, _error: Exception) -> HttpResponse:
    """Nothing there."""
    return of_domain(request, NotFound())


def of_rivalry(request: HttpRequest, error: Exception) -> HttpResponse:
    """A constraint of the database held: somebody else wrote the same first. Logged, for it should be rare."""
    logger.warning("a write met a constraint: %s", type(error).__name__, exc_info=error)
    zh, en = "刚刚有人写入了同样的内容,请刷新后再试。", "Somebody else has just written the same; look again."
    return of_domain(request, Stale(zh, en))


def of_outage(request: HttpRequest, error: Exception) -> HttpResponse:
    """Database or disk cannot be used: nothing was done; with a key the same may be sent again."""
    outage = outage_of(error)
    if outage is None:
        return of_accident(request, error)
    logger.error("%s: %s", outage.en, type(error).__name__, exc_info=error)
    response = answer(
        outage.status,
        told(outage.zh, outage.en),
        code=outage.code,
        cure=told("请稍后重试。", "Try again shortly."),
    )
    response["Retry-After"] = str(outage.again_in)
    return response


def of_accident(_request: HttpRequest, error: Exception) -> HttpResponse:
    """Anything unforeseen: logged with everything, answered with nothing of it."""
    logger.error("unforeseen: %s", type(error).__name__, exc_info=error)
    return answer(
        500, told("系统出错,已记录。", "Something went wrong here; it has been logged."), code="accident"
    )


HANDLERS = {
    DomainError: of_domain,
    ValidationError: of_validation,
    HttpError: of_http,
    MultiPartParserError: of_unreadable,
    SuspiciousOperation: of_unreadable,
    UnreadablePostError: of_unreadable,
    Http404: of_absence,
    IntegrityError: of_rivalry,
    OperationalError: of_outage,
    InterfaceError: of_outage,
    OSError: of_outage,
    Exception: of_accident,
}
