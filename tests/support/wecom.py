"""WeCom's customer service, as its documents tell: it says that there is something, and gives it to who asks rightly."""

from __future__ import annotations

import secrets
from itertools import count
from typing import Any

from django.http import HttpResponse
from django.test import Client
from tests.support.wechat import AES_KEY, TOKEN, FakeWeChat, signed
from wechatpy.enterprise.crypto import WeChatCrypto

from goodword.base.core import clock
from goodword.base.core.transactions import one_fact
from goodword.company.channels.wecom.settings import WeCom, keep

CORPID, SECRET, DESK, PERSON = (
    "ww0000invented00",
    "a-kf-secret-of-the-tests",
    "wkINVENTED0001",
    "wmINVENTED-customer-1",
)
_numbers = count(1)


def connected(server: FakeWeCom | None = None, **choices: Any) -> WeCom:
    """The customer service is set up, with the secrets of the tests."""
    given = {"corpid": CORPID, "secret": SECRET, "token": TOKEN, "aes_key": AES_KEY}
    chosen = WeCom(**{**given, **({"api": server.url, "private": True} if server else {}), **choices})
    with one_fact():
        keep(chosen)
    return chosen


def calls(
    token: str = "fetch-token", *, event: str = "kf_msg_or_event", corpid: str = CORPID, spoilt: bool = False
) -> HttpResponse:
    """WeCom's server says that there is something; what the product answers."""
    stamp, nonce = str(int(clock.now().timestamp())), f"n{next(_numbers)}"
    xml = (
        f"<xml><ToUserName><![CDATA[{corpid}]]></ToUserName><CreateTime>{stamp}</CreateTime><MsgType><![CDATA[event]]></MsgType>"
        f"<Event><![CDATA[{event}]]></Event><Token><![CDATA[{token}]]></Token><OpenKfId><![CDATA[{DESK}]]></OpenKfId></xml>"
    )
    outer = WeChatCrypto(TOKEN, AES_KEY, corpid).encrypt_message(xml, nonce, stamp)
    envelope = outer.partition("<Encrypt><![CDATA[")[2].partition("]]>")[0]
    query = {"msg_signature": signed(TOKEN, stamp, nonce, envelope), "timestamp": stamp, "nonce": nonce}
    body = f"<xml><ToUserName>x</ToUserName><Encrypt><![CDATA[{envelope[::-1] if spoilt else envelope}]]></Encrypt></xml>"
    visitor = Client(HTTP_HOST="localhost", raise_request_exception=False)
    return visitor.post("/api/v1/hooks/wecom", body, content_type="text/xml", query_params=query)  # type: ignore[return-value]


def asks() -> HttpResponse:
    """WeCom asks whether we are there, with a sealed word."""
    stamp, nonce = str(int(clock.now().timestamp())), "n"
    outer = WeChatCrypto(TOKEN, AES_KEY, CORPID).encrypt_message("5927", nonce, stamp)
    envelope = outer.partition("<Encrypt><![CDATA[")[2].partition("]]>")[0]
    query = {
        "msg_signature": signed(TOKEN, stamp, nonce, envelope),
        "timestamp": stamp,
        "nonce": nonce,
        "echostr": envelope,
    }
    return Client(HTTP_HOST="localhost").get("/api/v1/hooks/wecom", query)  # type: ignore[return-value]


class FakeWeCom(FakeWeChat):
    """The API's server. held: what came, the oldest first; a cursor is how much of it was given. a_call: messages a call."""

    a_call = 2
    says_by = "kf/send_msg"
    suffixes = {"image": ("jpg", "jpeg", "png"), "voice": ("amr",), "video": ("mp4",)}
    most = {"image": 10 * 2**20, "voice": 2 * 2**20, "video": 10 * 2**20, "file": 20 * 2**20}

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.held: list[dict[str, Any]] = []
        self.wants_token = True

    def says(self, text: str = "在吗", *, origin: int = 3, person: str = PERSON, **more: Any) -> str:
        """Somebody said something; the message's id."""
        name = f"msg-{secrets.token_hex(8)}"
        held = {
            "msgid": name, "open_kfid": DESK, "external_userid": person, "send_time": int(self.now().timestamp()), "origin": origin,
            "msgtype": "text", "text": {"content": text}, **more,
        }  # fmt: skip
        self.held.append(held)
        self.hears(person)
        return name

    def _answer(self, path: str, query: dict[str, str], said: Any) -> Any:
        match path.rpartition("/cgi-bin/")[2]:
            case "gettoken":
                if (query["corpid"], query["corpsecret"]) != (CORPID, SECRET):
                    return {"errcode": 40001, "errmsg": "invalid secret"}
                self.tokens.append(f"token-{len(self.tokens) + 1}")
                return {"access_token": self.tokens[-1], "expires_in": 7200}
            case "kf/account/list":
                return {"errcode": 0, "account_list": [{"open_kfid": DESK, "name": "invented"}]}
            case "kf/sync_msg":
                begins = int(said.get("cursor") or 0)
                some = self.held[begins : begins + self.a_call]
                ends = begins + len(some)
                return {
                    "errcode": 0,
                    "next_cursor": str(ends),
                    "has_more": int(ends < len(self.held)),
                    "msg_list": some,
                }
            case "kf/send_msg":
                assert said["open_kfid"] == DESK
                found = self._custom(said)
                names = {45015: 95013, 45047: 95001}
                return {
                    **found,
                    "errcode": names.get(int(str(found["errcode"])), found["errcode"]),
                    "msgid": said["msgid"],
                }
        return super()._answer(path, query, said)
