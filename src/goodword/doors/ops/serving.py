"""The web process: granian takes requests in, `front` hands each to one of a few threads once it is whole."""

from __future__ import annotations

import os
import threading
import time
from functools import partial
from importlib import import_module

from goodword.base.core.environment import ConfigurationError

from .front import Front

PARENT_LOOKED_FOR_EVERY = 0.5


def address_of(bind: str) -> tuple[str, int]:
    """(host, port) of "host:port" or "[v6]:port". Raises ConfigurationError."""
    host, _, port = bind.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise ConfigurationError(f"GOODWORD_BIND={bind!r}: write host:port, such as 127.0.0.1:8000")
    return host.strip("[]"), int(port)


def serve(bind: str, *, processes: int, threads: int) -> None:
    """Answer requests until told to stop. A thread answers one request at a time; a process has the one core it is on."""
    from granian import Granian  # noqa: PLC0415 - other commands start without the server
    from granian.constants import HTTPModes, Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    host, port = address_of(bind)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodword.settings")
    Granian(
        "goodword.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        workers=processes,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    ).serve(target_loader=partial(load, threads=threads))


def load(target: str, *, threads: int) -> Front:
    """The application `module:name` behind its front, loaded in the process that answers; that process ends with its supervisor.

    Without it, killing the supervisor alone would leave a process that shares the port with the next one, and
    answers with yesterday's code.
    """
    threading.Thread(target=_end_without, args=(os.getppid(),), daemon=True).start()
    module, _, name = target.partition(":")
    return Front(getattr(import_module(module), name), threads=threads)


def _end_without(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(PARENT_LOOKED_FOR_EVERY)
    os._exit(1)
