"""From a name to a socket: asked once, checked, and that very address connected to."""

from __future__ import annotations

import socket

from .addresses import is_public
from .errors import BadAddressError, NotReachedError

CONNECTS_WITHIN = 4.0
"""Seconds, for both addresses that are tried."""


def socket_to(host: str, port: int, *, private: bool) -> socket.socket:
    addresses = _addresses(host, port)
    if not private and not all(is_public(address) for address in addresses):
        raise BadAddressError(f"{host} lies in a private network")
    problem: Exception = NotReachedError(host)
    for address in addresses[:2]:
        try:
            return socket.create_connection((address, port), timeout=CONNECTS_WITHIN / 2)
        except OSError as failed:
            problem = failed
    raise NotReachedError(f"{host}: {type(problem).__name__}") from problem


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise NotReachedError(f"{host}: no address") from problem
    return list(dict.fromkeys(str(row[4][0]) for row in found))
