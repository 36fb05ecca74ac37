"""A form that is sent twice is done once: each carries a hidden random key (`{% once %}`)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from goodword.base.core import idempotency
from goodword.base.core.transactions import one_fact
from goodword.engine.attachments.laying import uploads_laid_down

FIELD = "once"
NOT_COMPARED = frozenset({FIELD, "csrfmiddlewaretoken"})


def do(
    request: HttpRequest, work: Callable[[], HttpResponseBase], *, at: datetime, files: bool = False
) -> HttpResponseBase:
    """Do the work of a POST in one transaction, unless this very form was done before: then answer as then.

    The key belongs to the account and to what was typed: the same page sent with other words is another deed.
    An answer of 400 and above leaves nothing written. files: the form's are attachments, and are laid down before.
    """
    key = request.POST.get(FIELD, "").replace("\x00", "")[:80]  # PostgreSQL keeps no NUL
    if not key:
        with _laid_down(request, files), one_fact():
            return _unless_bad(work())
    scope = f"web:{request.user.pk or request.META.get('REMOTE_ADDR', '')}"
    digest = idempotency.digest_of(_compared(request))
    key = f"{key}:{digest[:32]}"
    if (first := idempotency.recall(scope, key, digest=digest)) is not None:
        return _again(request, first.body)
    try:
        with _laid_down(request, files), one_fact():
            record = idempotency.claim(scope, key, digest=digest, at=at)
            response = _unless_bad(work())
            answer = {"location": response.headers.get("Location", "")}
            idempotency.settle(record, status=response.status_code, answer=answer)
            return response
    except idempotency.InFlight:
        if (first := idempotency.recall(scope, key, digest=digest)) is None or first.body is None:
            raise
        return _again(request, first.body)


def _laid_down(request: HttpRequest, files: bool) -> AbstractContextManager[None]:
    sent = [file for name in request.FILES for file in request.FILES.getlist(name)] if files else []
    return uploads_laid_down(file for file in sent if isinstance(file, UploadedFile))


def _unless_bad(response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code >= 400:
        transaction.set_rollback(True)
    return response


def _compared(request: HttpRequest) -> dict[str, Any]:
    typed = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_COMPARED}
    files = [(name, f.name, f.size) for name in request.FILES for f in request.FILES.getlist(name)]
    return {"path": request.get_full_path(), "typed": typed, "files": sorted(map(str, files))}


def _again(request: HttpRequest, body: dict[str, str] | None) -> HttpResponseBase:
    """Where the first sending led; the page itself, where it led nowhere else."""
    return HttpResponseRedirect((body or {}).get("location") or request.path)
