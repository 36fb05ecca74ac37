"""A client as the documentation asks for one: every write has a key, and is sent again until it is answered."""

from __future__ import annotations

import http.client
import json
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

AGAIN = frozenset({429, 500, 503, 507})
OUTAGES = frozenset({503, 507})
BOUNDARY = "a-boundary-that-is-in-no-file"
PAUSE = 0.1


@dataclass
class Deed:
    """One write that was begun: its key, and what became of it (status 0: never answered)."""

    key: str
    path: str
    marker: str
    status: int = 0
    answer: dict[str, Any] = field(default_factory=dict)
    sendings: int = 0


@dataclass
class Insisting:
    """Sends as one token's owner until `over` is set; `deeds` is its own memory of what it was told.

    enough: begin nothing new. statuses: how often each was answered (0: no answer). odd: answers no client should
    get: accidents, and outages without a reason or without telling when to come again.
    """

    port: int
    token: str
    name: str
    over: threading.Event
    deeds: list[Deed] = field(default_factory=list)
    enough: bool = False
    statuses: Counter[int] = field(default_factory=Counter)
    odd: list[str] = field(default_factory=list)

    def do(self, path: str, body: dict[str, Any] | bytes, *, marker: str) -> Deed:
        """Send one write, again and again with the same key while no final answer comes. bytes: a file."""
        deed = Deed(f"{self.name}-{len(self.deeds)}", path, marker)
        self.deeds.append(deed)
        while not self.over.is_set():
            deed.sendings += 1
            status, answer = self._send(deed, body)
            self.statuses[status] += 1
            if status and status not in AGAIN and answer.get("type") != "urn:goodword:problem:in_flight":
                deed.status, deed.answer = status, answer
                return deed
            time.sleep(PAUSE)
        return deed

    def _send(self, deed: Deed, body: dict[str, Any] | bytes) -> tuple[int, dict[str, Any]]:
        kind, data = (
            _as_file(body) if isinstance(body, bytes) else ("application/json", json.dumps(body).encode())
        )
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/v1/{deed.path}",
            data=data,
            method="POST",
            headers={
                "Authorization": f"Bearer {self.token}",
                "Content-Type": kind,
                "Idempotency-Key": deed.key,
                "Accept-Language": "en",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as problem:
            try:
                told = json.load(problem)
            except (ValueError, OSError, http.client.HTTPException):
                return 0, {}
            self._judge(problem, told)
            return problem.code, told
        except (OSError, ValueError, http.client.HTTPException):
            return 0, {}

    def _judge(self, problem: urllib.error.HTTPError, told: dict[str, Any]) -> None:
        if problem.code >= 500 and not (
            problem.code in OUTAGES
            and problem.headers["Content-Type"] == "application/problem+json"
            and problem.headers["Retry-After"]
            and told["detail"]
        ):
            self.odd.append(f"{problem.code} {problem.headers['Content-Type']} {told}")


def _as_file(content: bytes) -> tuple[str, bytes]:
    """(content type, body) of a form that holds one file."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    return f"multipart/form-data; boundary={BOUNDARY}", body
