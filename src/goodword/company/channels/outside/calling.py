"""One call: what is sent, and the short answer that comes back in time."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from .addresses import address_of
from .connecting import connected
from .errors import NoAnswerError

ANSWERS_WITHIN = 8.0  # seconds: with a second call for a token before it well within the lease of 45 s
MOST_ANSWER = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, headers in lower case, the body as far as it was asked for."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    def json(self) -> dict[str, Any]:
        """The JSON object in it; empty where there is none."""
        found: object = None
        with suppress(ValueError, RecursionError):
            found = json.loads(self.body)
        return found if isinstance(found, dict) else {}


def call(
    url: str,
    body: bytes = b"",
    *,
    method: str = "POST",
    headers: Mapping[str, str] | None = None,
    private: bool = False,
    within: float = ANSWERS_WITHIN,
    most: int = MOST_ANSWER,
) -> Answer:
    """Send `body` to `url` and wait for the answer.

    private: an administrator allowed addresses of our own network, and plain http. most: bytes of the answer that are
    read (for a file). Raises BadAddressError (for good), NotReachedError (nothing left us), NoAnswerError (it may have
    arrived).
    """
    scheme, host, port, target = address_of(url, private=private)
    with connected(scheme, host, port, private=private, within=within) as (connection, is_over):
        try:
            connection.request(
                method, target, body=body or None, headers={"user-agent": "goodword", **(headers or {})}
            )
            answer = connection.getresponse()
            held = answer.read(most)
        except (OSError, http.client.HTTPException, ValueError) as problem:
            raise NoAnswerError(f"{host}: {type(problem).__name__}") from problem
        if is_over.is_set():
            raise NoAnswerError(f"{host}: no whole answer in time")
    return Answer(answer.status, held, {name.lower(): value for name, value in answer.getheaders()})
