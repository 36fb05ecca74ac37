"""Mail servers over TLS and by access tokens: trusted, refused in clear words, and a token renewed when it is over."""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from tests.company.channels.mail.boxes import a_box
from tests.support.certificates import Certificate, for_localhost
from tests.support.mail_servers import DOVECOT, dovecot, smtp_server

from goodword.company.channels.mail import oauth
from goodword.company.channels.mail.handing import forget_rest
from goodword.company.channels.mail.trying import try_out
from goodword.company.channels.models import AccessToken
from goodword.company.channels.outside import call

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.either,
    pytest.mark.skipif(not DOVECOT, reason="no dovecot here: scripts/ensure_dovecot.sh"),
]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="gw") as path:
        yield Path(path)


@pytest.fixture(scope="module")
def certificate(folder: Path) -> Certificate:
    return for_localhost(folder)


def test_both_ways_of_tls_work_where_the_authority_is_trusted_and_are_refused_where_not(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget_rest()
    with (
        tempfile.TemporaryDirectory(prefix="gw") as own,
        dovecot(Path(own), certificate=certificate) as imap,
        smtp_server(certificate=certificate, is_implicit=True) as at_once,
        smtp_server(certificate=certificate) as after_starttls,
    ):
        ports = {"tls": (imap.tls_port, at_once.port), "starttls": (imap.port, after_starttls.port)}
        for security, (in_port, out_port) in ports.items():
            box = a_box(
                in_port, out_port, imap_security=security, smtp_security=security, imap_host="localhost"
            )
            box.smtp_host = "localhost"

            with monkeypatch.context() as trusting:
                trusting.setenv("SSL_CERT_FILE", str(certificate.authority))
                tried = try_out(box)
                assert [one.is_good for one in tried] == [True, True], tried

                box.imap_host = box.smtp_host = "127.0.0.1"  # its certificate is for the name alone
                assert [_is_not_trusted(one.said) for one in try_out(box)] == [True, True]

            box.imap_host = box.smtp_host = "localhost"
            refused = try_out(box)
            assert [one.is_good for one in refused] == [False, False]
            assert [_is_not_trusted(one.said) for one in refused] == [True, True], refused

        box.imap_port, box.smtp_port, box.imap_security, box.smtp_security = *ports["starttls"], "tls", "tls"
        assert all("端口和加密方式可能不配" in one.said for one in try_out(box))


def _is_not_trusted(said: str) -> bool:
    return "证书不可信" in said and "not trusted" in said


@dataclass
class Provider:
    """An OAuth2 provider: lends tokens for a refresh token, and tells servers which are still good."""

    url: str = ""
    lent: list[str] = field(default_factory=list)
    good: set[str] = field(default_factory=set)
    whose: str = ""

    def answer(self, path: str, asked: dict[str, list[str]]) -> tuple[int, dict[str, object]]:
        if path.startswith("/good"):
            token = asked.get("token", [""])[0]
            return 200, {"active": token in self.good, "username": self.whose}
        if asked.get("refresh_token") != ["invented-refresh"] or asked.get("grant_type") != ["refresh_token"]:
            return 400, {"error": "invalid_grant"}
        self.lent.append(f"invented-token-{len(self.lent)}")
        self.good.add(self.lent[-1])
        return 200, {"access_token": self.lent[-1], "expires_in": 3600}


@contextmanager
def provider() -> Iterator[Provider]:
    held = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
            status, said = held.answer(self.path, parse_qs(body))
            words = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(words)))
            self.end_headers()
            self.wfile.write(words)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        held.url = f"http://127.0.0.1:{server.server_address[1]}"
        yield held
        server.shutdown()


def test_a_token_logs_in_both_ways_is_kept_and_is_renewed_once_when_it_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(oauth, "call", partial(call, private=True))  # a provider on this machine, without TLS
    with (
        tempfile.TemporaryDirectory(prefix="gw") as own,
        provider() as lends,
        dovecot(Path(own), tokens=f"{lends.url}/good") as imap,
        smtp_server() as smtp,
    ):
        smtp.knows = lambda token: token in lends.good
        box = a_box(imap.port, smtp.port, auth="oauth", client_id="app", token_url=f"{lends.url}/token")
        lends.whose = box.address
        box.set_secrets(refresh_token="invented-refresh", client_secret="s1")
        box.save()

        assert [one.is_good for one in try_out(box)] == [True, True], try_out(box)
        assert len(lends.lent) == 1, "one for both servers"

        AccessToken.objects.update(expires_at=AccessToken.objects.get().expires_at.replace(year=2020))
        assert [one.is_good for one in try_out(box)] == [True, True]
        assert len(lends.lent) == 2, "what is over is renewed before anybody is asked to take it"

        lends.good.clear()  # taken back before its time
        first, second = try_out(box)
        assert (first.is_good, second.is_good) == (False, True), "refused once, then with a new one"
        assert "invented-token" not in first.said
        assert [one.is_good for one in try_out(box)] == [True, True]
        assert len(lends.lent) == 3

        box.set_secrets(refresh_token="another")
        box.save()
        assert all("没有得到访问令牌" in one.said and "invalid_grant" in one.said for one in try_out(box))
