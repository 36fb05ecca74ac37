"""Mailboxes for tests, set up as an administrator would."""

from __future__ import annotations

import uuid

from tests.support.mail_servers import PASSWORD

from goodword.base.core import clock
from goodword.company.channels.mail.models import Mailbox


def a_box(imap_port: int = 0, smtp_port: int = 0, **more: object) -> Mailbox:
    now = clock.now()
    facts: dict[str, object] = {
        "address": f"service-{uuid.uuid4().hex[:8]}@rental.example",
        "shown": "好物租赁客服",
        "imap_host": "127.0.0.1" if imap_port else "",
        "imap_port": imap_port,
        "imap_security": "plain",
        "smtp_host": "127.0.0.1" if smtp_port else "",
        "smtp_port": smtp_port,
        "smtp_security": "plain",
        "signature": "好物租赁 · 客户服务",
        "changed_at": now,
        "began_at": now,
    }
    made = Mailbox(**{**facts, **more})
    made.set_secrets(password=PASSWORD)
    made.save()
    return made
