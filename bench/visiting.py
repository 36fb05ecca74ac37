"""Somebody at the product: a browser or an API client inside this process, through the whole WSGI application.

Middleware, sessions, templates and serialisation are the real ones; what is left out is the socket.
"""

from __future__ import annotations

from time import process_time
from typing import Any

from harness import Row, quantile, spread, timed

PAGES = "testserver"


class Visitor:
    """A colleague of the demo company, logged in. `token`: goes by the API instead."""

    times = 40

    def __init__(self, username: str, *, token: bool = False) -> None:
        from django.conf import settings
        from django.test import Client

        from goodword.base.core import clock
        from goodword.base.people.models import Account

        if PAGES not in settings.ALLOWED_HOSTS:
            settings.ALLOWED_HOSTS.append(PAGES)
        account = Account.objects.get(username=username)
        self.client = Client()
        self.headers: dict[str, Any] = {}
        if token:
            self.headers = {"HTTP_AUTHORIZATION": f"Bearer {_token(account, at=clock.now())}"}
        else:
            self.client.force_login(account)

    def get(self, path: str, **headers: str) -> Any:
        """The answer; an error ends the bench, for its figures would say nothing."""
        answer = self.client.get(path, **self.headers, **headers)
        assert answer.status_code in {200, 304}, (path, answer.status_code, answer.content[:300])
        return answer

    def measure(self, what: str, path: str, *, within: float = 8.0, **headers: str) -> Row:
        """Median, 95th percentile, this process's share of the processor (it tells on a busy machine), queries, size."""
        from django.db import connection

        self.get(path, **headers)
        counted: list[None] = []

        def count(run: Any, *asked: Any) -> Any:
            counted.append(None)
            return run(*asked)

        with connection.execute_wrapper(count):
            answer = self.get(path, **headers)
        queries = len(counted)
        busy: list[float] = []

        def once() -> None:
            began = process_time()
            self.get(path, **headers)
            busy.append(process_time() - began)

        lengths = timed(once, times=self.times, within=within, warm=1)
        return {
            "what": what,
            **spread(lengths),
            "cpu_ms": round(quantile(busy, 0.5) * 1000, 2),
            "queries": queries,
            "kb": len(answer.content) // 1024,
        }


def _token(account: Any, *, at: Any) -> str:
    from goodword.base.people.actors import SYSTEM
    from goodword.doors.api.tokens import create_token, every_right

    return create_token(account, name="bench", scopes=every_right(), by=SYSTEM, at=at).clear
