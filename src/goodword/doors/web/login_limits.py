"""Log-ins are limited by account and by address, before any password is hashed.

`axes` counts wrong tries per name and address together. That alone lets many addresses try one name, and one
address many names: both are counted here over the same rows.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from axes.helpers import get_client_ip_address, get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q, Sum
from django.http import HttpRequest

from goodword.base.core import clock


class LoginLimits:
    """The first of the backends: it lets nobody in, and stops who has tried too often."""

    def authenticate(self, request: HttpRequest | None, username: str | None = None, **_: Any) -> None:
        """None: the next backend may decide. Raises PermissionDenied: nobody may, for a quarter of an hour."""
        if request is None:
            return
        address = get_client_ip_address(request)
        limits = (
            (Q(username=username), settings.GOODWORD_FAILURES_PER_NAME),
            (Q(ip_address=address), settings.GOODWORD_FAILURES_PER_ADDRESS),
        )
        since = clock.now() - (get_cool_off() or timedelta())
        for of_these, most in limits:
            rows = AccessAttempt.objects.filter(of_these, attempt_time__gte=since)
            if (rows.aggregate(failed=Sum("failures_since_start"))["failed"] or 0) >= most:
                request.axes_locked_out = True  # type: ignore[attr-defined] # as axes itself says it
                raise PermissionDenied
