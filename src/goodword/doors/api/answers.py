"""Answers as JSON, and writes that are done once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from pydantic import BaseModel

from goodword.base.core import idempotency
from goodword.base.core.committing import committed
from goodword.base.core.errors import Invalid
from goodword.base.core.sealing import decrypt, encrypt

from .caller import Request

HEADER = "Idempotency-Key"
LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Written:
    """What a write is answered with, as it is kept with its key."""

    status: int
    text: str


def as_json(status: int, text: str) -> HttpResponse:
    """A JSON answer that nobody on the way keeps: it may hold personal data, masked or not."""
    return HttpResponse(
        text, status=status, content_type="application/json", headers={"Cache-Control": "no-store"}
    )


def read(made: BaseModel | HttpResponseBase) -> HttpResponseBase:
    """The answer of a reading operation."""
    return made if isinstance(made, HttpResponseBase) else as_json(200, made.model_dump_json())


def write(request: Request, status: int, act: Callable[[], BaseModel]) -> HttpResponse:
    """Do `act` in one transaction; with an Idempotency-Key, once for all: the same key gets the first answer.

    The first answer is kept sealed: it may hold a tracking code or a value somebody was allowed to see.
    Raises Invalid for a key that cannot be used, KeyReused for another body, InFlight while the first one runs.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return as_json(status, committed(lambda: act().model_dump_json()))
    if not (1 <= len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise Invalid(
            "幂等键须为 1 至 200 个可打印的 ASCII 字符。",
            "An idempotency key has 1 to 200 printable ASCII characters.",
            fields={HEADER: "1–200 ASCII"},
        )
    written = _once(request, key, status, act)
    return as_json(written.status, written.text)


def _once(request: Request, key: str, status: int, act: Callable[[], BaseModel]) -> Written:
    scope, digest = f"api:{request.auth.token_id}", digest_of(request)

    def first_time() -> str:
        record = idempotency.claim(scope, key, digest=digest, at=request.auth.at)
        text = act().model_dump_json()
        idempotency.settle(record, status=status, answer=encrypt(text))
        return text

    try:
        text = committed(first_time)
    except idempotency.InFlight:
        # Whoever holds the key has finished, before or while we waited for the database.
        if first := _recalled(scope, key, digest):
            return first
        raise
    return Written(status, text)


def _recalled(scope: str, key: str, digest: str) -> Written | None:
    first = idempotency.recall(scope, key, digest=digest)
    return Written(first.status, decrypt(first.body)) if first else None


def digest_of(request: Request) -> str:
    """A digest of what is asked for: method, path and body, an uploaded file by its content."""
    total = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != "multipart/form-data":
        total.update(request.body)
        return total.hexdigest()
    for name, value in sorted(request.POST.items()):
        total.update(f"{name}={value}\n".encode())
    for name, file in sorted(request.FILES.items()):
        total.update(f"{name}: {file.name}\n".encode())  # type: ignore[union-attr]  # one file per name here
        for chunk in file.chunks():  # type: ignore[union-attr]  # one file per name here
            total.update(chunk)
        file.seek(0)  # type: ignore[union-attr]  # one file per name here
    return total.hexdigest()
