"""Whether the installation is well."""

from __future__ import annotations

from pydantic import BaseModel

from goodword.base.core import clock
from goodword.wiring.health import health

from ..operations import ANYBODY, Door

door = Door("System")


class Health(BaseModel):
    """ok: everything ticks. worker_silent_for: seconds since the worker's last tick, null when it never ticked."""

    ok: bool
    worker_silent_for: int | None
    database: bool


@door.read("health", right=ANYBODY, answer=Health)
def get_health(_: None) -> Health:
    """Whether pages and deadlines are being served"""
    found = health(clock.now())
    silent = found["worker_silent_for"]
    return Health(
        ok=found["ok"], worker_silent_for=None if silent is None else int(silent), database=found["database"]
    )
