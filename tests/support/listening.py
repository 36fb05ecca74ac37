"""A stand-in for another system's HTTP server: it listens on a port of this machine until the block ends."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[str, dict[str, str], bytes], tuple[int, Any] | None]
"""From the path with its query, the headers in lower case and the body to the status and what is said as JSON; None: it
hangs up without a word."""


@contextmanager
def listening(answer: Answer) -> Iterator[str]:
    """The address at which `answer` is asked."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answered()

        def do_POST(self) -> None:
            self._answered()

        def _answered(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            found = answer(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            if found is None:
                self.close_connection = True
                return
            said = json.dumps(found[1]).encode()
            self.send_response(found[0])
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
