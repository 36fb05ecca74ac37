"""Whether the installation is well."""

from __future__ import annotations

from pydantic import BaseModel

from goodword.base.core import clock
from goodword.wiring.health import health

from ..operations import ANYBODY, Door

door = Door("System")


class Health(BaseModel):
    """ok: deadlines can be kept. worker_silent_for: seconds since the worker's last tick, null when it never ticked.

    troubles: database, worker, deadlines, outbox, seal, disk, clock, unattended.
    """

    ok: bool
    worker_silent_for: int | None
    database: bool
    troubles: list[str]


@door.read("health", right=ANYBODY, answer=Health)
def get_health(_: None) -> Health:
    """Whether pages and deadlines are being served"""
    found = health(clock.now())
    return Health(**found)
