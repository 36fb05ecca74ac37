"""A client for the API: plain HTTP in this process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client

from goodword.base.core import clock
from goodword.base.people.actors import SYSTEM
from goodword.base.people.models import Account
from goodword.doors.api.tokens import create_token, every_right

ROOT = "/api/v1/"


@dataclass
class Api:
    """What one program sends: `get("cases")`, `post("cases", {…}, key="a")`; answers are (status, JSON)."""

    token: str
    language: str = "en"

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str = "",
        raw: bytes | None = None,
        **query: Any,
    ) -> HttpResponse:
        headers = {"Accept-Language": self.language}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if key:
            headers["Idempotency-Key"] = key
        data = (
            raw if raw is not None else b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        )
        return Client(raise_request_exception=False).generic(
            method,
            ROOT + path,
            data,
            content_type="application/json",
            headers=headers,
            query_params=query or None,
        )

    def get(self, path: str, **query: Any) -> tuple[int, Any]:
        return _read(self.send("GET", path, **query))

    def post(self, path: str, body: Any = None, *, key: str = "", method: str = "POST") -> tuple[int, Any]:
        return _read(self.send(method, path, body, key=key))

    def ok(self, path: str, body: Any = None, *, key: str = "", method: str = "POST") -> Any:
        """The answer of a write that is expected to go through."""
        status, answer = self.post(path, body, key=key, method=method)
        assert status in {200, 201}, answer
        return answer


def _read(response: HttpResponse) -> tuple[int, Any]:
    return response.status_code, json.loads(response.content)


def token_of(account: Account, *scopes: str) -> str:
    """A token with these scopes, all there are by default."""
    issued = create_token(
        account, name="test", scopes=frozenset(scopes) or every_right(), by=SYSTEM, at=clock.now()
    )
    return issued.clear
