"""Requests that are none, half ones and slow ones, over the line to a real web process: it answers the next all the same."""

from __future__ import annotations

import re
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.support.installation import Installation, installation
from tests.trust.kit.processes import Mortal, await_web, free_port

pytestmark = pytest.mark.either
HOST = b"Host: localhost\r\n"
FORM = HOST + b"Content-Type: application/x-www-form-urlencoded\r\n"
VISITOR = b"Cookie: csrftoken=" + b"a" * 32 + b"\r\n"
"""A cookie that anybody may make up; with it the body is read to look for the form's token."""
REFUSED = {
    "a length that is no number": b"POST /p/ HTTP/1.1\r\n" + FORM + b"Content-Length: abc\r\n\r\nx",
    "a length below nought": b"POST /p/ HTTP/1.1\r\n" + FORM + b"Content-Length: -1\r\n\r\nx",
    "two lengths": b"POST /p/ HTTP/1.1\r\n" + FORM + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
    "an unknown transfer": b"POST /p/ HTTP/1.1\r\n" + FORM + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "a chunk without a length": b"POST /p/ HTTP/1.1\r\n" + FORM + VISITOR + b"Transfer-Encoding: chunked\r\n\r\nZZZ\r\n\r\n",
    "a folded header": b"GET /login/ HTTP/1.1\r\n" + HOST + b"X-A: a\r\n b\r\n\r\n",
    "a space before the colon": b"GET /login/ HTTP/1.1\r\nHost : localhost\r\n\r\n",
    "a nought in a header": b"GET /login/ HTTP/1.1\r\n" + HOST + b"X-A: a\x00b\r\n\r\n",
    "a header of two megabytes": b"GET /login/ HTTP/1.1\r\n" + HOST + b"X-A: " + b"a" * 2_000_000 + b"\r\n\r\n",
    "five thousand headers": b"GET /login/ HTTP/1.1\r\n" + HOST + b"".join(b"X-%d: a\r\n" % n for n in range(5_000)) + b"\r\n",
    "an address of 100 kB": b"GET /login/?" + b"a" * 100_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "no host": b"GET /login/ HTTP/1.1\r\n\r\n",
    "two hosts": b"GET /login/ HTTP/1.1\r\n" + HOST + b"Host: evil.example\r\n\r\n",
    "another host": b"GET /login/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "another host behind a made-up proxy": b"GET /login/ HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: localhost\r\n\r\n",
    "a connection to elsewhere": b"CONNECT evil.example:80 HTTP/1.1\r\n" + HOST + b"\r\n",
    "bytes that are no address": b"GET /\xff\xfe/%00 HTTP/1.1\r\n" + HOST + b"\r\n",
    "a file of the machine": b"GET /static/../../../../etc/passwd HTTP/1.1\r\n" + HOST + b"\r\n",
    "the keys": b"GET /static/%2e%2e/%2e%2e/keys.json HTTP/1.1\r\n" + HOST + b"\r\n",
    "an old protocol": b"GET /login/\r\n\r\n",
    "an encrypted greeting": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"a" * 200,
    "noise": bytes(range(256)) * 10,
}  # fmt: skip
"""What each is, and what goes over the line. Answered with 4xx, or not at all."""
HALF_HEAD = b"GET /login/ HTTP/1.1\r\n" + HOST + b"X-A: "
HALF_BODY = b"POST /p/ HTTP/1.1\r\n" + FORM + VISITOR + b"Content-Length: 100000\r\n\r\ntext=a"


class Line:
    """A web process of its own and ways to speak to it."""

    def __init__(self, port: int, web: Mortal, log: Path) -> None:
        self.port, self.web, self.log = port, web, log

    def connected(self, said: bytes) -> socket.socket:
        """A connection over which this was said, left open."""
        line = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        line.sendall(said)
        return line

    def answer(self, said: bytes) -> bytes:
        """All that comes back before the other side closes or falls silent."""
        heard = b""
        with self.connected(said) as line:
            line.settimeout(3.0)
            try:
                while more := line.recv(65_536):
                    heard += more
            except (TimeoutError, ConnectionError):
                pass
        return heard

    def page_within(self, seconds: float) -> None:
        """An ordinary visitor gets an ordinary page."""
        began = time.monotonic()
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/login/", timeout=seconds) as page:
            assert page.status == 200
        assert time.monotonic() - began < seconds


@pytest.fixture(scope="module")
def line(prepared: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    folder, port = tmp_path_factory.mktemp("wire"), free_port()
    with installation(folder / "place", like=prepared) as place:
        place.environment["GOODWORD_BIND"] = f"127.0.0.1:{port}"
        web = Mortal(place, ("serve",), folder / "web.log").start()
        try:
            await_web(port)
            yield Line(port, web, folder / "web.log")
        finally:
            web.stop()


def test_what_is_no_request_is_refused_and_the_process_goes_on(line: Line) -> None:
    accepted = {}
    for about, said in REFUSED.items():
        try:
            heard = line.answer(said)
        except ConnectionError:
            heard = b""  # closed while we were still speaking: refused as well
        if heard and not re.match(rb"HTTP/1\.[01] 4\d\d ", heard):
            accepted[about] = heard[:60]
        assert b"Traceback" not in heard, about
    assert accepted == {}
    line.page_within(5)
    assert line.web.process is not None
    assert line.web.process.poll() is None
    assert "Internal Server Error" not in line.log.read_text()


def test_two_requests_in_the_clothes_of_one_are_not_told_apart_differently(line: Line) -> None:
    """Length and chunks together: whoever stands in front may see one request, so we must not see two."""
    hidden = b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n"
    both = (
        b"POST /p/ HTTP/1.1\r\n"
        + FORM
        + b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" % (len(hidden) + 5)
        + hidden
    )
    heard = line.answer(both)
    assert heard.count(b"HTTP/1.1 ") <= 2, "no more answers than requests a chunk-reading proxy saw"
    assert b"HTTP/1.1 4" in heard[:12]


def test_half_requests_and_slow_ones_keep_no_thread(line: Line) -> None:
    """Four threads answer. With a server that reads bodies in them, four such connections were the end of it."""
    with ExitStack() as open_lines:
        for said in (HALF_HEAD, HALF_BODY):
            for _ in range(40):
                open_lines.enter_context(line.connected(said))
            time.sleep(0.5)
            line.page_within(5)
    line.page_within(5)


def test_a_client_that_reads_slowly_keeps_no_thread(line: Line) -> None:
    with ExitStack() as open_lines:
        for _ in range(12):
            slow = open_lines.enter_context(
                line.connected(b"GET /api/v1/openapi.json HTTP/1.1\r\n" + HOST + b"\r\n" * 1)
            )
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1_024)
        time.sleep(0.5)
        line.page_within(5)


def test_a_header_with_an_underscore_is_no_proxys_word(line: Line) -> None:
    """As WSGI names headers, X_Forwarded_Proto and X-Forwarded-Proto would be one."""
    heard = line.answer(
        b"GET /login/ HTTP/1.1\r\nHost: evil.example\r\nHOST_: localhost\r\nX_Forwarded_Host: localhost\r\nConnection: close\r\n\r\n"
    )
    assert heard.startswith(b"HTTP/1.1 400")


def test_a_body_in_chunks_arrives_whole(line: Line) -> None:
    body = b"number=1001&code=ABCDEFGHJK"
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:5], body[5:])) + b"0\r\n\r\n"
    said = (
        b"POST /p/track/ HTTP/1.1\r\n"
        + FORM
        + VISITOR
        + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    assert line.answer(said + chunks).startswith(b"HTTP/1.1 403"), (
        "read to its end, and no form's token in it"
    )
