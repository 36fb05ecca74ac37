"""A client as the documentation asks for one: every write has a key, and is sent again until it is answered."""

from __future__ import annotations

import http.client
import json
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any

AGAIN = frozenset({429, 500, 502, 503, 504})
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

    enough: begin nothing new.
    """

    port: int
    token: str
    name: str
    over: threading.Event
    deeds: list[Deed] = field(default_factory=list)
    enough: bool = False

    def do(self, path: str, body: dict[str, Any], *, marker: str) -> Deed:
        """Send one write, again and again with the same key while no final answer comes."""
        deed = Deed(f"{self.name}-{len(self.deeds)}", path, marker)
        self.deeds.append(deed)
        while not self.over.is_set():
            deed.sendings += 1
            status, answer = self._send(deed, body)
            if status and status not in AGAIN and answer.get("type") != "urn:goodword:problem:in_flight":
                deed.status, deed.answer = status, answer
                return deed
            time.sleep(PAUSE)
        return deed

    def _send(self, deed: Deed, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/v1/{deed.path}",
            data=json.dumps(body).encode(),
            method="POST",
            headers={
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                "Idempotency-Key": deed.key,
                "Accept-Language": "en",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as problem:
            try:
                return problem.code, json.load(problem)
            except (ValueError, OSError, http.client.HTTPException):
                return 0, {}
        except (OSError, ValueError, http.client.HTTPException):
            return 0, {}
