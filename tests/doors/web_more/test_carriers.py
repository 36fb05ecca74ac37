"""Text messages and voice calls are set up on the page of the ways to staff; a kept secret goes nowhere else."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.cast import Cast, make_cast

from goodword.base.core.sealing import decrypt
from goodword.company.channels.carriers.models import Carrier
from goodword.company.channels.carriers.telling import PURPOSE
from goodword.company.channels.models import OutboxMessage
from goodword.engine.journal.models import Entry

HERE = "/settings/ways/carriers/"
SENT = {
    "form": "carrier", "use": "sms", "provider": "aliyun", "key_id": "invented", "secret": "s-invented",
    "signature": "示例租赁", "template": "SMS_1", "variables": "title,clause", "is_on": "on",
}  # fmt: skip


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_a_provider_is_kept_without_showing_its_secret_and_tried(cast: Cast) -> None:
    admin = Client(HTTP_HOST="localhost")
    admin.force_login(cast.administrator.account)
    assert admin.post(HERE, SENT).status_code == 302
    kept = Carrier.objects.get()
    assert (kept.base, decrypt(kept.sealed_secret, purpose=PURPOSE)) == (
        "https://dysmsapi.aliyuncs.com",
        "s-invented",
    )
    page = admin.get("/settings/ways/").content.decode()
    assert "还没发过" in page
    assert "s-invented" not in page
    assert "s-invented" not in str(Entry.objects.get(kind="company.carrier_set").facts)
    assert admin.post(HERE, {**SENT, "secret": "", "template": "SMS_2"}).status_code == 302
    moved = admin.post(HERE, {**SENT, "secret": "", "provider": "tencent"})
    assert moved.status_code == 422, "a kept secret goes to no other provider"
    assert admin.post(HERE, {**SENT, "variables": "name"}).status_code == 422
    assert admin.post(HERE, {**SENT, "base": "http://10.0.0.1/"}).status_code == 422
    assert admin.post(HERE, {"try": "sms"}).status_code == 422, "no number of one's own"
    known = {"form": "address", "account": cast.administrator.pk, "way": "sms", "address": "13800005678"}
    admin.post("/settings/ways/addresses/", known)
    assert admin.post(HERE, {"try": "sms"}).status_code == 302
    assert OutboxMessage.objects.filter(way="sms").count() == 1
    assert "13800005678" not in admin.get("/settings/ways/").content.decode()
