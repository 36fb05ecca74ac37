"""The settings of WeCom's customer service: secrets go in and never come out; a try says what is wrong."""

from __future__ import annotations

import pytest
from tests.cast import make_cast
from tests.support.looking import as_
from tests.support.wechat import AES_KEY, TOKEN
from tests.support.wecom import CORPID, SECRET, FakeWeCom, connected

from goodword.company.channels.wecom.settings import wecom
from goodword.engine.journal.models import Entry

pytestmark = pytest.mark.django_db
PAGE = "/settings/wecom/"
TYPED = {
    "form": "wecom",
    "corpid": CORPID,
    "secret": SECRET,
    "token": TOKEN,
    "aes_key": AES_KEY,
    "may_differ": "300",
    "polled_every": "60",
}


def test_it_is_set_tried_and_never_tells_a_secret() -> None:
    cast = make_cast()
    client = as_(cast.administrator)
    assert as_(cast.lead).get(PAGE).status_code == 403
    assert client.post(PAGE, {**TYPED, "aes_key": "short"}).status_code == 422
    assert client.post(PAGE, TYPED).status_code == 302
    assert (wecom().secret, wecom().polled_every) == (SECRET, 60)
    told = client.get(PAGE).content.decode() + str(Entry.objects.get(kind="company.wecom_set").facts)
    assert not [secret for secret in (SECRET, TOKEN, AES_KEY) if secret in told]
    with FakeWeCom().served() as server:
        connected(server)
        assert "接通了：有 1 个客服帐号" in client.post(f"{PAGE}trying/", follow=True).content.decode()
        server.fails["/cgi-bin/kf/account/list"] = [48002]
        assert "48002" in client.post(f"{PAGE}trying/", follow=True).content.decode()
