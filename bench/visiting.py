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
            self.client = logged_in(account)

    def get(self, path: str, sent: dict[str, Any] | None = None, **headers: str) -> Any:
        """The answer, to a POST where something is sent; an error ends the bench, for its figures would say nothing."""
        ask = self.client.get if sent is None else self.client.post
        answer = ask(path, sent or {}, **self.headers, **headers)
        assert answer.status_code in {200, 304}, (path, answer.status_code, answer.content[:300])
        return answer

    def measure(
        self, what: str, path: str, *, sent: dict[str, Any] | None = None, within: float = 8.0, **headers: str
    ) -> Row:
        """Median, 95th percentile, this process's share of the processor (it tells on a busy machine), queries, size."""
        from django.db import connection

        self.get(path, sent, **headers)
        counted: list[None] = []

        def count(run: Any, *asked: Any) -> Any:
            counted.append(None)
            return run(*asked)

        with connection.execute_wrapper(count):
            answer = self.get(path, sent, **headers)
        queries = len(counted)
        busy: list[float] = []

        def once() -> None:
            began = process_time()
            self.get(path, sent, **headers)
            busy.append(process_time() - began)

        lengths = timed(once, times=self.times, within=within, warm=1)
        return {
            "what": what,
            **spread(lengths),
            "cpu_ms": round(quantile(busy, 0.5) * 1000, 2),
            "queries": queries,
            "kb": len(answer.content) // 1024,
        }


def logged_in(account: Any) -> Any:
    """A client of somebody logged in, who has shown a second factor where one is owed."""
    from django.test import Client
    from django_otp import DEVICE_ID_SESSION_KEY
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from goodword.base.core import clock
    from goodword.base.people.queries import actor_for

    client = Client()
    client.force_login(account)
    if actor_for(account, at=clock.now()).needs_second_factor:
        device, _ = TOTPDevice.objects.get_or_create(user=account, name="bench", confirmed=True)
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
    return client


def _token(account: Any, *, at: Any) -> str:
    from goodword.base.people.actors import SYSTEM
    from goodword.doors.api.tokens import create_token, every_right

    return create_token(account, name="bench", scopes=every_right(), by=SYSTEM, at=at).clear
