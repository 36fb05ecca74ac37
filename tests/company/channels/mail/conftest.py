"""A mailbox at a real IMAP server and a real SMTP server."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.support.mail_servers import DOVECOT, Imap, Smtp, dovecot, smtp_server

if TYPE_CHECKING:
    from goodword.company.channels.mail.models import Mailbox


@pytest.fixture(scope="session")
def imap() -> Iterator[Imap]:
    if not DOVECOT:
        pytest.skip("no dovecot here: scripts/ensure_dovecot.sh")
    with tempfile.TemporaryDirectory(prefix="gw") as folder, dovecot(Path(folder)) as server:
        yield server


@pytest.fixture
def smtp() -> Iterator[Smtp]:
    from goodword.company.channels.mail.handing import forget_rest

    forget_rest()
    with smtp_server() as server:
        yield server
    forget_rest()


@pytest.fixture
def box(imap: Imap, smtp: Smtp) -> Mailbox:
    """An empty mailbox of its own, active both ways."""
    from tests.company.channels.mail.boxes import a_box

    return a_box(imap_port=imap.port, smtp_port=smtp.port)
