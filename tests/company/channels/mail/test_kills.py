"""The worker is killed outright while it takes mails in and while the server takes ours: each is one case, and sent once."""

from __future__ import annotations

import json
import os
import random
import time
from collections import Counter
from pathlib import Path

import pytest
from tests.company.channels.mail.writing import a_mail
from tests.support.installation import Installation, installation
from tests.support.mail_servers import PASSWORD, Imap, Smtp
from tests.trust.kit.processes import Mortal

pytestmark = pytest.mark.slow
ADDRESS = "service-killed@rental.example"
MAILS = 60
KILLS = 12
WITHIN = 240.0
MAILBOX = """
from goodword.base.core import clock
from goodword.company.channels.mail.models import Mailbox
box = Mailbox(address={address!r}, imap_host="127.0.0.1", imap_port={imap}, imap_security="plain", begins="all",
              smtp_host="127.0.0.1", smtp_port={smtp}, smtp_security="plain", changed_at=clock.now(), began_at=clock.now())
box.set_secrets(password={password!r})
box.save()
"""
FREE = """
from datetime import timedelta
from django.db.models import F
from goodword.base.core.clock import database_now
from goodword.base.core.models import Lease
from goodword.company.channels.models import OutboxMessage
Lease.objects.update(expires_at=database_now())
OutboxMessage.objects.filter(state="sending").update(lease_until=database_now())
"""
STATE = """
import json
from goodword.company.channels.correspondence.models import Letter
from goodword.company.channels.models import InboundMessage
from goodword.voice.cases.models import Message
print(json.dumps({
    "texts": list(Message.objects.filter(direction="in", channel="mail").values_list("text", flat=True)),
    "waiting": InboundMessage.objects.exclude(state="parsed").count(),
    "letters": list(Letter.objects.values_list("outside_id", "state")),
}))
"""


def test_kills_lose_no_mail_and_send_none_twice(
    prepared: Installation, imap: Imap, smtp: Smtp, tmp_path: Path
) -> None:
    seed = int(os.environ.get("GOODWORD_SEED") or random.SystemRandom().randrange(10**6))
    print(f"GOODWORD_SEED={seed}")
    chance = random.Random(seed)
    for number in range(MAILS):
        raw = a_mail(f"第 {number} 封", to=ADDRESS, sender=f"c{number}@customer.example")
        imap.put(ADDRESS, raw)
    smtp.answer = lambda _raw: time.sleep(0.1) or "250 taken"
    with installation(tmp_path / "place", like=prepared) as place:
        facts = {"address": ADDRESS, "imap": imap.port, "smtp": smtp.port, "password": PASSWORD}
        place.do(MAILBOX.format(**facts))
        worker = Mortal(place, ("worker",), tmp_path / "log").start()
        try:
            for _ in range(KILLS):
                time.sleep(chance.uniform(2.0, 6.0))
                worker.kill()
                place.do(FREE)
                worker.start()
            state = _settled(place)
        finally:
            worker.stop()
    assert Counter(state["texts"]) == Counter(f"第 {number} 封" for number in range(MAILS))
    sent = Counter(mail["Message-ID"].strip("<>") for mail in smtp.taken)
    states = dict(state["letters"])
    print(Counter(states.values()), worker.deaths)
    assert max(sent.values()) == 1
    assert len(states) == MAILS
    assert {name for name, letter in states.items() if letter == "sent"} <= set(sent)
    assert set(states.values()) <= {"sent", "unknown"}
    assert sum(letter == "unknown" for letter in states.values()) <= KILLS * 3  # three lanes a worker


def _settled(place: Installation) -> dict:
    """As it is when all is taken in and nothing waits to be sent."""
    until = time.monotonic() + WITHIN
    while True:
        state = json.loads(place.do(STATE).strip().splitlines()[-1])
        done = len(state["letters"]) == MAILS and not any(s == "queued" for _, s in state["letters"])
        if (done and not state["waiting"]) or time.monotonic() > until:
            return state
        time.sleep(2)
