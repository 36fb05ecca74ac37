"""The official account's settings: secrets go in and never come out; a try says what is wrong; a code is made."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.cast import Cast, make_cast
from tests.support.looking import as_
from tests.support.wechat import AES_KEY, APPID, SECRET, TOKEN, FakeWeChat, connected

from goodword.company.channels.wechat.settings import wechat
from goodword.engine.journal.models import Entry

pytestmark = pytest.mark.django_db
PAGE = "/settings/wechat/"
TYPED = {
    "form": "wechat", "appid": APPID, "secret": SECRET, "token": TOKEN, "aes_key": AES_KEY, "mode": "safe",
    "api": "https://api.weixin.qq.com", "may_differ": "300", "scene_hours": "24",
    "replies": "subscribe = 欢迎，请留言 = 谢谢\n\nhours = 每天 8:00–22:00", "template_kind": "template", "template_id": "tmpl-1",
    "template_fields": "thing1 = {text}",
}  # fmt: skip


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def server(db: None) -> Iterator[FakeWeChat]:
    with FakeWeChat().served() as made:
        connected(made)
        yield made


def test_secrets_are_kept_sealed_journalled_by_name_and_never_shown(cast: Cast) -> None:
    client = as_(cast.administrator)
    assert client.post(PAGE, TYPED).status_code == 302
    chosen = wechat()
    assert (chosen.secret, chosen.token, chosen.aes_key) == (SECRET, TOKEN, AES_KEY)
    assert chosen.replies == {"subscribe": "欢迎，请留言 = 谢谢", "hours": "每天 8:00–22:00"}
    page = client.get(PAGE).content.decode()
    facts = str(Entry.objects.get(kind="company.wechat_set").facts)
    for secret in (SECRET, TOKEN, AES_KEY):
        assert secret not in page
        assert secret not in facts
    client.post(PAGE, {**TYPED, "secret": "", "token": "", "aes_key": "", "may_differ": "60"})
    assert (wechat().secret, wechat().may_differ) == (SECRET, 60)


@pytest.mark.parametrize(
    "wrong",
    [
        {"aes_key": "short"},
        {"appid": "<b>"},
        {"template_id": ""},
        {"replies": "no sign of equality"},
        {"token": "a b"},
    ],
)
def test_what_makes_no_sense_is_refused_where_it_was_typed(cast: Cast, wrong: dict[str, str]) -> None:
    answer = as_(cast.administrator).post(PAGE, {**TYPED, **wrong})
    assert answer.status_code == 422
    assert wechat().appid == ""
    assert SECRET not in answer.content.decode()


def test_a_try_says_what_wechat_says_and_a_code_is_made(cast: Cast, server: FakeWeChat) -> None:
    client = as_(cast.administrator)
    assert "接通了" in client.post(f"{PAGE}trying/", follow=True).content.decode()
    server.fails["/cgi-bin/getcallbackip"] = [40164]
    assert "40164" in client.post(f"{PAGE}trying/", follow=True).content.decode()
    made = client.post(f"{PAGE}codes/", {"form": "scene", "kind": "order", "number": "ZL-1"}).content.decode()
    assert "order:ZL-1" in made
    assert "data:image/svg+xml" in made
    assert server.taken[-1][1]["action_info"]["scene"]["scene_str"] == "order:ZL-1"


def test_nobody_else_opens_it(cast: Cast) -> None:
    assert as_(cast.lead).get(PAGE).status_code == 403
