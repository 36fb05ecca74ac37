"""The lines to mail servers: told of a mail at once, logged in by a token, cut off when the other side drips."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from tests.cast import make_cast
from tests.company.channels.mail.boxes import a_box
from tests.company.channels.mail.writing import a_mail
from tests.support.mail_servers import Imap, Smtp

from goodword.base.core import clock
from goodword.base.core.transactions import one_fact
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.actions.notifying import queue_message
from goodword.company.channels.mail import oauth
from goodword.company.channels.mail import smtp as smtp_line
from goodword.company.channels.mail.health import light
from goodword.company.channels.mail.models import Mailbox, MailIn
from goodword.company.channels.mail.trying import try_out
from goodword.company.channels.mail.watching import look_once, watch
from goodword.company.channels.models import AccessToken, OutboxMessage
from goodword.company.channels.outside import Answer


@pytest.mark.django_db(transaction=True)
@pytest.mark.either
def test_a_watched_mailbox_takes_a_mail_the_moment_it_comes(box: Mailbox, imap: Imap) -> None:
    stopping = threading.Event()
    thread = threading.Thread(target=watch, args=(box.pk, stopping), kwargs={"now": clock.now}, daemon=True)
    thread.start()
    try:
        assert _until(lambda: Mailbox.objects.get(pk=box.pk).looked_at)
        imap.put(box.address, a_mail(to=box.address, Auto_Submitted="auto-replied"))
        assert _until(lambda: MailIn.objects.filter(inbound__state="parsed").exists())
        box.refresh_from_db()
        assert light(box, at=clock.now()) == "good"
        Mailbox.objects.filter(pk=box.pk).update(is_active=False)
    finally:
        stopping.set()
        thread.join(20)
    assert not thread.is_alive()


@pytest.mark.django_db
@pytest.mark.either
def test_a_mailbox_renumbered_or_moved_gives_nothing_twice(box: Mailbox, imap: Imap) -> None:
    with imap.line(box.address) as line:
        line.create("Done")
    Mailbox.objects.filter(pk=box.pk).update(afterwards="seen")
    imap.put(box.address, a_mail("一", to=box.address, Auto_Submitted="auto-replied"))
    box.refresh_from_db()
    assert look_once(box, now=clock.now) == 1
    assert b"\\Seen" in imap.flags(box.address)[0]
    Mailbox.objects.filter(pk=box.pk).update(validity=1, afterwards="move", moved_to="Done")
    box.refresh_from_db()
    look_once(box, now=clock.now)
    assert MailIn.objects.count() == 1
    assert len(imap.flags(box.address, "Done")) == 1


@pytest.mark.django_db
@pytest.mark.either
def test_a_mailbox_logs_in_by_a_token_that_is_kept_and_given_up_when_refused(
    imap: Imap, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []

    def provider(_url: str, body: bytes, **_: object) -> Answer:
        asked.append(body)
        return Answer(200, b'{"access_token": "invented-token", "expires_in": 3600}')

    monkeypatch.setattr(oauth, "call", provider)
    box = a_box(imap_port=imap.port, auth="oauth", client_id="app", token_url="https://login.example/token")
    box.set_secrets(refresh_token="r1", client_secret="s1")
    box.save()
    [tried] = try_out(box)
    assert not tried.is_good  # dovecot's own provider knows no such token
    assert "invented-token" not in tried.said
    assert b"refresh_token=r1" in asked[0]
    assert AccessToken.objects.get().expires_at is None
    try_out(box)
    assert len(asked) == 2


@pytest.mark.django_db
@pytest.mark.either
def test_a_colleague_is_told_by_mail_what_and_where_and_nothing_else(smtp: Smtp) -> None:
    cast = make_cast(clock.now() - timedelta(hours=1))
    a_box(smtp_port=smtp.port)
    account = cast.lead.account
    account.email = "lead@rental.example"
    account.save()
    told = {"title_zh": "工单 #7 已逾期", "title_en": "Case #7 is late", "path": "/cases/7/", "urgent": True}
    with one_fact():
        queue_message("email", recipient_id=account.pk, payload=told, at=clock.now(), dedupe_key="e1")
        queue_message("email", recipient_id=cast.intake.pk, payload=told, at=clock.now(), dedupe_key="e2")
    deliver(now=clock.now(), worker="w")
    [mail] = smtp.taken
    assert (mail["Subject"], mail["Auto-Submitted"]) == ("【紧急】工单 #7 已逾期", "auto-generated")
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert "/cases/7/" in plain.get_content()
    assert OutboxMessage.objects.get(dedupe_key="e2").state == "dead"


@contextmanager
def dripping() -> Iterator[int]:
    """A server that says a byte a while and never comes to an end."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            with suppress(OSError):
                line, _ = server.accept()
                with line:
                    while True:
                        line.sendall(b"2")
                        time.sleep(0.05)

        threading.Thread(target=drip, daemon=True).start()
        yield server.getsockname()[1]


@pytest.mark.django_db
@pytest.mark.either
def test_a_server_that_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    with dripping() as port:
        box, began = a_box(smtp_port=port), time.monotonic()
        with pytest.raises(Exception), smtp_line.smtp(box, within=0.5):  # noqa: B017, PT011 - whatever a cut line raises
            pass
        assert time.monotonic() - began < 5


def _until(done: object, within: float = 20.0) -> bool:
    ends = time.monotonic() + within
    while time.monotonic() < ends:
        if done():  # type: ignore[operator]
            return True
        time.sleep(0.1)
    return False
