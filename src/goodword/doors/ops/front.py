"""Between the server and the application: a request meets a thread when all of it is there, and leaves it when the
answer is.

Threads are few. A client that sends its body slowly, or reads its answer slowly, would keep one; four of them would
be the end of the web process. Here it keeps a socket, for as long as it says something now and then.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import IO, Any

Headers = list[tuple[str, str]]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[dict[str, Any], Callable[..., None]], Iterable[bytes]]

IN_MEMORY = 1 << 20
"""Bytes of a body or an answer kept in memory; what is longer lies in a temporary file meanwhile."""
LARGEST_BODY = 300 * 2**20
"""Bytes of one request: a form with nine files, with room to spare. What each door takes is smaller, and it says so."""
SILENCE_FOR = 30.0
"""Seconds a client may say nothing in the middle of its body, or take nothing of its answer."""
WHOLE_BODY_FOR = 900.0
"""Seconds for a whole body: 25 MB over a line of 30 kB/s."""
CHUNK = 1 << 16
PLAIN: Headers = [("content-type", "text/plain; charset=utf-8"), ("connection", "close")]


class TooLarge(Exception):
    """More bytes than any door takes."""


class Gone(Exception):
    """The client went away in the middle of its request."""


class Front:
    """The application as the server calls it. threads: how many requests are answered at a time."""

    def __init__(self, application: Application, *, threads: int, silence_for: float = SILENCE_FOR) -> None:
        self.application = application
        self.silence_for = silence_for
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="web")

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI). 408 for a body that does not come, 413 for one without end."""
        if scope["type"] != "http":
            raise RuntimeError("HTTP only")
        with SpooledTemporaryFile(IN_MEMORY) as body:
            try:
                async with asyncio.timeout(WHOLE_BODY_FOR):
                    await self._receive(receive, body)
            except TimeoutError:
                await _say(send, 408, PLAIN, b"The request did not come in time.\n")
                return
            except TooLarge:
                await _say(send, 413, PLAIN, b"The request is too large.\n")
                return
            except Gone:  # or the server lost the thread of its chunks, which it tells in the same words
                await _say(send, 400, PLAIN, b"The request cannot be read.\n")
                return
            environment = environment_of(scope, body)
            loop = asyncio.get_running_loop()
            status, headers, answer = await loop.run_in_executor(self.threads, self._answer, environment)
        if isinstance(answer, bytes):
            await _say(send, status, headers, answer)
        else:
            await self._send(send, status, headers, answer)

    async def _receive(self, receive: Receive, body: IO[bytes]) -> None:
        """Everything the client sends, read to the end and set back to its beginning."""
        size, more = 0, True
        while more:
            async with asyncio.timeout(self.silence_for):
                message = await receive()
            if message["type"] == "http.disconnect":
                raise Gone
            piece, more = message.get("body", b""), message.get("more_body", False)
            size += len(piece)
            if size > LARGEST_BODY:
                raise TooLarge
            body.write(piece)
        body.seek(0)

    def _answer(self, environment: dict[str, Any]) -> tuple[int, Headers, bytes | IO[bytes]]:
        """Run the application, in a thread: status, headers, and the whole answer, in a file where it is long."""
        told: list[Any] = []
        parts = self.application(environment, lambda status, headers, _=None: told.extend((status, headers)))
        try:
            pieces = iter(parts)
            short, length = [], 0
            for piece in pieces:
                short.append(piece)
                length += len(piece)
                if length > IN_MEMORY:
                    break
            else:
                return int(told[0][:3]), told[1], b"".join(short)
            kept = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed by whoever sends it
            for piece in (*short, *pieces):
                kept.write(piece)
            kept.seek(0)
            return int(told[0][:3]), told[1], kept
        finally:
            close = getattr(parts, "close", None)
            if close is not None:
                close()

    async def _send(self, send: Send, status: int, headers: Headers, answer: IO[bytes]) -> None:
        """A long answer piece by piece, as fast as it is taken; a client that takes nothing is let go."""
        with answer:
            await send(_start(status, headers))
            while piece := answer.read(CHUNK):
                async with asyncio.timeout(self.silence_for):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})


def _start(status: int, headers: Headers) -> dict[str, Any]:
    encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return {"type": "http.response.start", "status": status, "headers": encoded}


async def _say(send: Send, status: int, headers: Headers, content: bytes) -> None:
    await send(_start(status, headers))
    await send({"type": "http.response.body", "body": content, "more_body": False})


def environment_of(scope: Any, body: IO[bytes]) -> dict[str, Any]:
    """The request as WSGI wants it (PEP 3333).

    A header with an underscore is left out: as `X_Forwarded_For` it would be taken for the one a proxy sets.
    """
    (server, port), (client, _) = scope["server"], scope["client"]
    environment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        if "_" not in name:
            key = f"HTTP_{name.upper().replace('-', '_')}"
            known = environment.get(key)
            separator = "; " if name == "cookie" else ","
            environment[key] = value if known is None else f"{known}{separator}{value}"
    environment["CONTENT_TYPE"] = environment.pop("HTTP_CONTENT_TYPE", "")
    environment.pop("HTTP_CONTENT_LENGTH", None)
    body.seek(0, 2)
    environment["CONTENT_LENGTH"] = str(body.tell())
    body.seek(0)
    return environment
