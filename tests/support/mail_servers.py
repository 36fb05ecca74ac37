"""A real IMAP server (Debian's dovecot, as the user who runs the tests) and a real SMTP server (aiosmtpd)."""

from __future__ import annotations

import getpass
import imaplib
import os
import shutil
import socket
import ssl
import subprocess
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from tests.support.certificates import Certificate

DOVECOT = shutil.which("dovecot") or ("/usr/sbin/dovecot" if Path("/usr/sbin/dovecot").exists() else "")
PASSWORD = "invented-app-password"
CONF = """
base_dir = {run}
state_dir = {run}
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = {ssl}
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%u
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {internal_group}
first_valid_uid = 0
first_valid_gid = 0
mail_uid = {user}
mail_gid = {group}
auth_mechanisms = plain login xoauth2
auth_verbose = no
maildir_stat_dirs = yes
mailbox_list_index = no
{more}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home/%u
}}
service imap-login {{
  chroot =
  process_min_avail = 0
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap {{
  executable = imap
}}
"""


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


@dataclass
class Imap:
    """A dovecot. Any user may log in with PASSWORD."""

    folder: Path
    port: int
    tls_port: int = 0

    def put(self, user: str, raw: bytes, folder: str = "INBOX") -> None:
        """A mail arrives in somebody's folder."""
        with self.line(user) as line:
            status, said = line.append(folder, "", imaplib.Time2Internaldate(time.time()), raw)
            assert status == "OK", said

    @contextmanager
    def line(self, user: str) -> Iterator[imaplib.IMAP4]:
        line = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        line.login(user, PASSWORD)
        try:
            yield line
        finally:
            with suppress(Exception):
                line.logout()

    def flags(self, user: str, folder: str = "INBOX") -> list[bytes]:
        with self.line(user) as line:
            line.select(folder, readonly=True)
            return [part for part in line.fetch("1:*", "(FLAGS)")[1] if isinstance(part, bytes)]


OAUTH = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth
}}
"""
ASKED = """
introspection_url = {url}
introspection_mode = post
username_attribute = username
active_attribute = active
active_value = true
"""


@contextmanager
def dovecot(folder: Path, *, certificate: Certificate | None = None, tokens: str = "") -> Iterator[Imap]:
    """A server of its own in `folder`, whose path must be short: it holds sockets.

    certificate: it speaks TLS on a port of its own and STARTTLS on the other. tokens: where it asks about access tokens.
    """
    user, group, internal, login = _users()
    folder.chmod(0o755)
    for name in ("run", "mail", "home"):
        (folder / name).mkdir()
        shutil.chown(folder / name, user, group)
    port = free_port()
    words: dict[str, object] = {
        "folder": folder,
        "run": folder / "run",
        "user": user,
        "group": group,
        "port": port,
    }
    words |= {"internal": internal, "internal_group": internal if internal != user else group, "login": login}
    words |= {"password": PASSWORD, "ssl": "no", "tls_port": 0, "more": ""}
    if certificate is not None:
        files = f"ssl_cert = <{certificate.chain}\nssl_key = <{certificate.key}\n"
        words |= {"ssl": "yes", "tls_port": free_port(), "more": files}
    if tokens:
        (folder / "oauth").write_text(ASKED.format(url=tokens))
        words["more"] = f"{words['more']}{OAUTH.format(folder=folder)}"
    (folder / "conf").write_text(CONF.format(**words))
    process = subprocess.Popen([DOVECOT, "-F", "-c", str(folder / "conf")], stderr=subprocess.PIPE)
    try:
        _wait_for(port, process, folder)
        yield Imap(folder, port, int(str(words["tls_port"])))
    finally:
        process.terminate()
        process.wait(10)


def _users() -> tuple[str, str, str, str]:
    """(whose the mails are, their group, dovecot's own user, the one before a log-in): root may be none of them."""
    if os.getuid() == 0:
        return "nobody", "nogroup", "dovecot", "dovenull"
    group = subprocess.run(["id", "-gn"], capture_output=True, text=True, check=True).stdout.strip()
    return getpass.getuser(), group, getpass.getuser(), getpass.getuser()


def _wait_for(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    ends = time.monotonic() + 15
    while time.monotonic() < ends:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as line:
            if line.recv(4) == b"* OK":
                return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    log = folder / "log"
    raise AssertionError(
        (process.stderr.read() if process.stderr else b"", log.read_text() if log.exists() else "")
    )


@dataclass
class Smtp:
    """What the SMTP server was given. answer: makes of a mail the server's reply to its last byte."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    answer: Callable[[bytes], str] = lambda _raw: "250 taken"
    refuses: dict[str, str] = field(default_factory=dict)
    knows: Callable[[str], bool] = lambda _token: False

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        said = self.answer(envelope.content)
        if said.startswith("2"):
            parsed = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(parsed, EmailMessage)
            self.taken.append(parsed)
            self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        return said

    async def auth_XOAUTH2(self, _server: Any, said: list[str]) -> AuthResult:
        """A log-in by a token, as Google and Microsoft have it."""
        token = b64decode(said[1]).decode().partition("auth=Bearer ")[2].rstrip("\x01")
        return AuthResult(success=self.knows(token))


def _knows(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=getattr(data, "password", b"") == PASSWORD.encode())


@contextmanager
def smtp_server(*, certificate: Certificate | None = None, is_implicit: bool = False) -> Iterator[Smtp]:
    """certificate: it speaks TLS, at once where `is_implicit`, else after STARTTLS, without which it takes nothing."""
    handler, more = Smtp(), {}
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate.chain, certificate.key)
        more = {"ssl_context": context} if is_implicit else {"tls_context": context, "require_starttls": True}
    controller = Controller(
        handler,
        "127.0.0.1",
        free_port(),
        authenticator=_knows,
        auth_require_tls=False,
        server_hostname="mail.test",
        **more,
    )
    controller.start()
    handler.port = controller.port
    try:
        yield handler
    finally:
        controller.stop()
