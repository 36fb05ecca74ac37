"""Operations: each declares its right when it is made. What declares none cannot exist (deny by default)."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from ninja import Router
from pydantic import BaseModel

from goodword.engine.attachments.laying import uploads_laid_down

from . import answers
from .caller import Bearer, Request
from .problems import Problem

ANYBODY = "anybody"
"""The declaration of what needs no token at all."""

READ_FAULTS = (401, 403, 404, 422, 429, 500, 503)
WRITE_FAULTS = (400, 401, 403, 404, 409, 413, 422, 429, 500, 503)
KEY_PARAMETER = {
    "in": "header",
    "name": answers.HEADER,
    "required": False,
    "description": "The same key and body get the first answer again; another body is refused.",
    "schema": {"type": "string", "minLength": 1, "maxLength": answers.LONGEST_KEY, "pattern": "^[!-~]+$"},
}
BYTES = ("application/octet-stream",)
Function = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: its id, method and path, and the rights of which one opens it (`ANYBODY`: no token needed)."""

    id: str
    method: str
    path: str
    rights: tuple[str, ...]


OPERATIONS: dict[str, Operation] = {}
"""Every operation by id: what the authorization matrix is computed from."""


class Door:
    """A group of operations under one heading. `read` and `write` are decorators for functions that take the Caller
    (None where no token is needed) and what the request says; the function's name is the operation's id."""

    def __init__(self, heading: str) -> None:
        self.heading = heading
        self.router = Router(tags=[heading])

    def read(
        self, path: str, *, right: str, answer: type[BaseModel] | None, media: tuple[str, ...] = BYTES
    ) -> Callable[[Function], Function]:
        """A GET that changes nothing. answer None: the function answers with bytes of its own, of one of `media`."""

        def declare(function: Function) -> Function:
            @wraps(function)
            def run(request: Request, **values: Any) -> HttpResponseBase:
                return answers.read(function(getattr(request, "auth", None), **values))

            self._add(_declared(function, "GET", path, right), run, status=200, answer=answer, media=media)
            return function

        return declare

    def write(
        self, path: str, *, right: str, answer: type[BaseModel], status: int = 200, method: str = "POST"
    ) -> Callable[[Function], Function]:
        """A change: one transaction, once per Idempotency-Key. right: several, separated by spaces: one is enough.

        Files among what is sent lie on the disk before it begins.
        """

        def declare(function: Function) -> Function:
            @wraps(function)
            def run(request: Request, **values: Any) -> HttpResponse:
                files = [value for value in values.values() if isinstance(value, UploadedFile)]
                with uploads_laid_down(files):
                    return answers.write(request, status, lambda: function(request.auth, **values))

            self._add(_declared(function, method, path, right), run, status=status, answer=answer)
            return function

        return declare

    def _add(
        self,
        made: Operation,
        run: Function,
        *,
        status: int,
        answer: type[BaseModel] | None,
        media: tuple[str, ...] = BYTES,
    ) -> None:
        run.__signature__ = _signature(run)  # type: ignore[attr-defined]  # read by the framework
        extra: dict[str, Any] = {"x-right": list(made.rights)}
        if made.method != "GET":
            extra["parameters"] = [KEY_PARAMETER]
        if answer is None:
            binary = {"schema": {"type": "string", "format": "binary"}}
            extra["responses"] = {200: {"content": dict.fromkeys(media, binary)}}
        faults = READ_FAULTS if made.method == "GET" else WRITE_FAULTS
        self.router.add_api_operation(
            made.path,
            [made.method],
            run,
            operation_id=made.id,
            summary=(run.__doc__ or made.id).strip().partition("\n")[0],
            auth=None if made.rights == (ANYBODY,) else Bearer(made.rights),
            response={status: answer, **dict.fromkeys(faults, Problem)},
            openapi_extra=extra,
        )


def _declared(function: Function, method: str, path: str, right: str) -> Operation:
    """The operation, entered into the table. Raises ValueError without a right, or for a name given twice."""
    name, rights = function.__name__, tuple(right.split())
    if not rights or name in OPERATIONS:
        raise ValueError(f"{name}: an operation has one name and at least one right")
    OPERATIONS[name] = Operation(name, method, path, rights)
    return OPERATIONS[name]


def _signature(function: Function) -> inspect.Signature:
    """The signature with its annotations as types, and the caller's place taken by the request."""
    _, *asked = inspect.signature(function, eval_str=True).parameters.values()
    request = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return inspect.Signature([request, *asked])
