"""Calling other systems: from the host that was meant, in a short time, never into our own network unasked."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from goodword.company.channels.outside import (
    BadAddressError,
    NoAnswerError,
    NotReachedError,
    call,
    looking_up,
)
from goodword.company.channels.outside.addresses import is_public

pytestmark = pytest.mark.either
OK = b"HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n" + b'{"good": 1}'


@contextmanager
def other_side(answer: bytes, *, pause: float = 0.0) -> Iterator[tuple[str, list[bytes]]]:
    """A server that reads one request and says `answer`, a byte every `pause` seconds; its address, what it heard."""
    heard = list[bytes]()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _ = server.accept()
            with line:
                heard.append(line.recv(65536))
                for one in [answer] if not pause else [answer[n : n + 1] for n in range(len(answer))]:
                    try:
                        line.sendall(one)
                    except OSError:
                        return
                    time.sleep(pause)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/hook?a=1", heard
        thread.join(2)


def test_an_answer_comes_back_and_a_redirect_is_one() -> None:
    with other_side(OK) as (url, heard):
        answer = call(url, b'{"x":1}', headers={"content-type": "application/json"}, private=True)
    assert (answer.status, answer.json()) == (200, {"good": 1})
    assert heard[0].startswith(b"POST /hook?a=1 HTTP/1.1\r\nHost: 127.0.0.1:")
    with other_side(
        b"HTTP/1.1 302 Found\r\nlocation: http://elsewhere.example/\r\ncontent-length: 0\r\n\r\n"
    ) as (
        url,
        _,
    ):
        assert call(url, private=True).status == 302


@pytest.mark.parametrize(("answer", "pause"), [(b"", 0.0), (OK, 0.05), (b"nonsense\r\n\r\n", 0.0)])
def test_who_hangs_up_trickles_or_talks_nonsense_has_given_no_answer(answer: bytes, pause: float) -> None:
    begun = time.monotonic()
    with other_side(answer, pause=pause) as (url, _), pytest.raises(NoAnswerError):
        call(url, b"{}", private=True, within=0.4)
    assert time.monotonic() - begun < 3


def test_where_nobody_listens_nothing_was_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(NotReachedError):
        call(f"http://127.0.0.1:{port}/", private=True)


def test_another_hosts_certificate_is_not_believed() -> None:
    with other_side(OK) as (url, heard), pytest.raises(NotReachedError):
        call(url.replace("http:", "https:"), b"secret", private=True)
    assert b"secret" not in heard[0]


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest",
        "https://localhost/",
        "https://2130706433/",
        "http://93.184.216.34/",
        "https://user:secret@93.184.216.34/",
        "https://93.184.216.34/a b",
        "https://93.184.216.34:99999/",
        "ftp://93.184.216.34/",
        "https:///",
        "",
    ],
)
def test_what_leads_into_our_own_network_is_not_called(url: str) -> None:
    with pytest.raises(BadAddressError):
        call(url)


def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads elsewhere when it is asked a second time (DNS rebinding) gains nothing."""
    asked, reached = list[str](), list[Any]()

    def names(host: str, *_: object, **__: object) -> list[Any]:
        asked.append(host)
        address = "93.184.216.34" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]

    def connect(address: Any, **_: object) -> socket.socket:
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(looking_up.socket, "getaddrinfo", names)
    monkeypatch.setattr(looking_up.socket, "create_connection", connect)
    with pytest.raises(NotReachedError):
        call("https://rebound.example/")
    assert (asked, reached) == (["rebound.example"], [("93.184.216.34", 443)])


def test_which_addresses_are_public() -> None:
    ours = [
        "10.1.2.3", "192.168.0.1", "100.64.0.1", "0.0.0.0", "fe80::1%eth0", "fc00::1", "fec0::1",
        "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "::127.0.0.1", "::ffff:0:127.0.0.1", "::ffff:127.0.0.1", "2002:7f00:1::",
    ]  # fmt: skip
    assert [one for one in ours if is_public(one)] == []
    assert all(is_public(one) for one in ("8.8.8.8", "2606:4700:4700::1111"))
