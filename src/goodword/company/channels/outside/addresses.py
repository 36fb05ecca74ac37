"""Which addresses are called at all: https, a host, and no network of our own unless that was allowed."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from .errors import BadAddressError


def address_of(url: str, *, private: bool = False) -> tuple[str, str, int, str]:
    """(scheme, host, port, path with query). Raises BadAddressError for what is never called, whoever it names."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError:
        raise BadAddressError("not an address") from None
    if parts.scheme not in (("http", "https") if private else ("https",)):
        raise BadAddressError("https is expected")
    if (
        not host
        or parts.username
        or parts.password
        or any(ord(letter) <= 32 or ord(letter) > 126 for letter in url)
    ):
        raise BadAddressError("not an address")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, host, port or (443 if parts.scheme == "https" else 80), target


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also where IPv6 wraps an IPv4 one."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if any(found in network for network in _NEVER):
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return found.is_global and not found.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NEVER = tuple(
    ipaddress.ip_network(network)
    for network in (
        "64:ff9b:1::/48",  # NAT64 of one's own network (RFC 8215), which wraps whatever it likes
        "::/96",  # IPv4 within IPv6, as it once was
        "::ffff:0:0:0/96",  # IPv4 translated (RFC 2765)
        "fec0::/10",  # a site's own, as it once was
        "3fff::/20",  # for documents
        "5f00::/16",  # within one operator's network (RFC 9602)
        "192.88.99.0/24",  # relays that are no more
    )
)
"""What Python's own list of networks calls open, and is not."""
