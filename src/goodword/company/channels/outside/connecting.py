"""A connection to an address that was looked up and checked just now, bounded in time."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache

from .errors import NotReachedError
from .looking_up import socket_to


@contextmanager
def connected(
    scheme: str, host: str, port: int, *, private: bool, within: float
) -> Iterator[tuple[http.client.HTTPConnection, threading.Event]]:
    """A connection to an address that was looked up and checked just now, cut off when its time is over.

    A socket's timeout bounds each wait, not their sum: who says a byte every few seconds would hold us for hours.
    """
    line = socket_to(host, port, private=private)
    is_over = threading.Event()

    def cut_off() -> None:
        is_over.set()
        with suppress(OSError):
            socket.socket.shutdown(line, socket.SHUT_RDWR)

    timer = threading.Timer(within, cut_off)
    timer.daemon = True
    timer.start()
    try:
        line.settimeout(within)
        if scheme == "https":
            line = _context().wrap_socket(line, server_hostname=host, do_handshake_on_connect=False)
            _trust(line, host)
        kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
        connection = kind(host, port, timeout=within)
        connection.auto_open, connection.sock = 0, line
        yield connection, is_over
    finally:
        timer.cancel()
        line.close()


def _trust(line: ssl.SSLSocket, host: str) -> None:
    """Make sure that it is that very host, by its certificate, before a byte of ours is sent."""
    try:
        line.do_handshake()
    except (OSError, ValueError) as problem:
        raise NotReachedError(f"{host}: {type(problem).__name__}") from problem


@lru_cache(maxsize=1)
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()
