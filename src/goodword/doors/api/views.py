"""What stands between Django and the operations: limits on size, and a problem where a page would be wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from . import problems
from .operations import ANYBODY

LARGEST_BODY = 2**20
LARGEST_UPLOAD = 27 * 2**20
View = Callable[..., HttpResponseBase]


def at_the_door(view: View, rights: dict[str, tuple[str, ...]], *, largest: int = LARGEST_BODY) -> View:
    """`view` without the screens' log-in and their error pages. rights: {method: rights}, for the matrix to read.

    largest: bytes a body that is no upload may have.

    Bearer tokens are never sent by a browser on its own, so there is no cross-site request to forge.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *arguments: Any, **values: Any) -> HttpResponseBase:
        if refusal := undeclared(request, rights) or too_large(request, largest):
            return refusal
        return view(request, *arguments, **values)

    guarded.csrf_exempt = True  # type: ignore[attr-defined]  # read by Django's middleware
    guarded.required_rights = rights  # type: ignore[attr-defined]  # read by the authorization matrix
    return login_not_required(guarded)


def undeclared(request: HttpRequest, rights: dict[str, tuple[str, ...]]) -> HttpResponse | None:
    """A 405 for a method that the address does not declare; `*` declares all."""
    if "*" in rights or request.method in rights:
        return None
    said = problems.answer(
        405,
        problems.told("该地址不支持这种方法。", "This address does not take this method."),
        code="method",
    )
    said["Allow"] = ", ".join(sorted(rights))
    return said


def too_large(request: HttpRequest, largest: int) -> HttpResponse | None:
    """A 413 for a body past the limit, judged before a byte of it is read."""
    limit = LARGEST_UPLOAD if request.content_type == "multipart/form-data" else largest
    size = request.META.get("CONTENT_LENGTH") or "0"
    if size.isdecimal() and int(size) <= limit:
        return None
    megabytes = limit // 2**20
    error = problems.TooLarge(f"请求不能超过 {megabytes} MB。", f"A request may have {megabytes} MB at most.")
    return problems.of_domain(request, error)


def no_such_address(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address below the API's."""
    return problems.of_absence(request, Exception())


nowhere = at_the_door(no_such_address, {"*": (ANYBODY,)})
