"""Mailboxes under the settings, the mails set aside, and a whole mail on its page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import Cast, make_cast
from tests.company.channels.mail.boxes import a_box
from tests.company.channels.mail.writing import a_mail
from tests.support.looking import as_

from goodword.base.core import clock
from goodword.company.channels.correspondence.models import Arrival
from goodword.company.channels.mail.actions.keeping import keep_mail
from goodword.company.channels.mail.actions.taking_in import take_in
from goodword.company.channels.mail.models import Mailbox, MailIn, RawSight
from goodword.company.channels.mail.queries import set_aside
from goodword.engine.journal.models import Entry
from goodword.voice.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.either]
SECRET = "an-invented-app-password"
TYPED = {
    "form": "mailbox",
    "address": "service@rental.example",
    "shown": "好物租赁",
    "is_active": "on",
    "auth": "password",
    "password": SECRET,
    "imap_host": "127.0.0.1",
    "imap_port": 1,
    "imap_security": "plain",
    "folder": "INBOX",
    "begins": "new",
    "afterwards": "leave",
    "smtp_host": "127.0.0.1",
    "smtp_port": 1,
    "smtp_security": "plain",
}


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(days=2))


def test_a_mailbox_is_added_tried_and_changed_and_its_secret_is_never_shown(cast: Cast) -> None:
    admin = as_(cast.administrator)
    assert admin.post("/settings/mailboxes/new/", TYPED).status_code == 302
    box = Mailbox.objects.get()
    assert (box.secret("password"), SECRET in box.sealed) == (SECRET, False)
    tried = admin.post(f"/settings/mailboxes/{box.pk}/test/").content.decode()
    assert tried.count("拒绝连接") == 2
    pages = tried + admin.get(f"/settings/mailboxes/{box.pk}/").content.decode()
    assert SECRET not in pages + str(list(Entry.objects.values_list("facts", flat=True)))

    kept = {**TYPED, "password": "", "shown": "好物"}
    assert admin.post(f"/settings/mailboxes/{box.pk}/", kept).status_code == 302
    elsewhere = {**kept, "imap_host": "collects-passwords.example"}
    assert admin.post(f"/settings/mailboxes/{box.pk}/", elsewhere).status_code == 422
    Mailbox.objects.update(imap_host="")  # nor to one that is named where there was none
    assert admin.post(f"/settings/mailboxes/{box.pk}/", elsewhere).status_code == 422
    Mailbox.objects.update(imap_host="127.0.0.1")
    box.refresh_from_db()
    assert (box.shown, box.imap_host, box.secret("password")) == ("好物", "127.0.0.1", SECRET)
    changed = Entry.objects.get(kind="company.mailbox_changed").facts
    assert changed == {"mailbox": box.pk, "active": True, "changed": "shown"}


def came(box: Mailbox, raw: bytes) -> MailIn:
    return take_in(keep_mail(box, box.last_uid + 1, raw, at=clock.now()), at=clock.now())


def test_what_was_set_aside_is_let_in_or_put_away(cast: Cast) -> None:
    box, intake = a_box(), as_(cast.intake)
    first = came(box, a_mail(to=box.address, Auto_Submitted="auto-replied"))
    second = came(box, a_mail("外出中", to=box.address, Auto_Submitted="auto-replied"))
    assert "自动邮件" in intake.get("/mails/").content.decode()
    let_in = intake.post(f"/mails/{first.pk}/letting-in/")
    case = Case.objects.get(channel="mail")
    assert let_in["Location"] == f"/cases/{case.number}/"
    assert not Arrival.objects.get(outside_id=first.name).held
    assert intake.post(f"/mails/{first.pk}/letting-in/").status_code == 409
    assert intake.post(f"/mails/{second.pk}/away/").status_code == 302
    assert (set_aside(), Case.objects.filter(channel="mail").count()) == ([], 1)
    assert {"mail.let_in", "mail.put_away"} <= set(Entry.objects.values_list("kind", flat=True))


def test_a_whole_mail_is_masked_closed_off_and_its_raw_text_takes_a_reason(
    cast: Cast, client: Client
) -> None:
    box = a_box()
    page = (
        '<p onclick="x()">电话 13899990000</p><img src="https://spy.example/1.gif"><script>alert(1)</script>'
    )
    raw = (
        "From: =?utf-8?b?5byg5rWL6K+V?= <zhang.invented@customer.example>\nSubject: 黑屏 13899990000\n"
        f"Message-ID: <w1@customer.example>\nContent-Type: text/html; charset=utf-8\n\n{page}\n"
    )
    mail = came(box, raw.encode())
    case = Case.objects.get(channel="mail")
    address = f"/cases/{case.number}/mails/{mail.pk}/"
    lead = as_(cast.lead)
    assert address in lead.get(f"/cases/{case.number}/").content.decode()
    shown = lead.get(address).content.decode()
    assert 'sandbox=""' in shown
    for hidden in ("13899990000", "zhang.invented", "spy.example", "alert(1)", "onclick"):
        assert hidden not in shown
    assert lead.post(f"/mails/{mail.pk}/raw/", {"reason": ""}).status_code == 422
    opened = lead.post(f"/mails/{mail.pk}/raw/", {"reason": "核对发件地址"}).content.decode()
    assert "zhang.invented@customer.example" in opened
    assert RawSight.objects.get().reason == "核对发件地址"
    assert Entry.objects.filter(kind="mail.raw_opened").count() == 1
    assert as_(cast.engineer).post(f"/mails/{mail.pk}/raw/", {"reason": "x"}).status_code == 403
