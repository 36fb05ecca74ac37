"""WeChat, as its documents tell: it signs and seals what it posts, repeats what is not answered, and checks every call.

`FakeWeChat` serves the API on this machine; `post` and `knock` are its server knocking at ours.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponse
from django.test import Client
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner

from goodword.base.core import clock
from goodword.base.core.transactions import one_fact
from goodword.company.channels.wechat.settings import Template, WeChat, keep

APPID, SECRET, TOKEN = "wx0000invented00", "a-secret-of-the-tests-only", "tokenOfTheTests"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ACCOUNT, OPENID = "gh_0000invented", "oINVENTED-openid_0001"
PICTURE = b"\xff\xd8\xff\xe0" + b"invented picture" * 20
_numbers = count(1)


def connected(server: FakeWeChat | None = None, **choices: Any) -> WeChat:
    """The official account is set up, with the secrets of the tests."""
    given = {"appid": APPID, "secret": SECRET, "token": TOKEN, "aes_key": AES_KEY}
    chosen = WeChat(**{**given, **({"api": server.url, "private": True} if server else {}), **choices})
    with one_fact():
        keep(chosen)
    return chosen


TEMPLATE = Template(
    "template", "tmpl-1", {"thing1": "{text}", "character_string2": "{number}", "time3": "{time}"}
)


def words(
    text: str = "摄像机黑屏了",
    *,
    kind: str = "text",
    openid: str = OPENID,
    msg_id: int | None = None,
    **more: Any,
) -> str:
    """The XML of a message; `more` are its other fields."""
    fields = {"Content": text, **more} if kind == "text" else more
    return _xml(openid, kind, {**fields, "MsgId": msg_id or 7_000_000_000_000_000 + next(_numbers)})


def event(name: str, key: str = "", *, openid: str = OPENID, **more: Any) -> str:
    """The XML of an event."""
    return _xml(openid, "event", {"Event": name, "EventKey": key, **more})


def _xml(openid: str, kind: str, fields: dict[str, Any]) -> str:
    said = {
        "ToUserName": ACCOUNT,
        "FromUserName": openid,
        "CreateTime": int(clock.now().timestamp()),
        "MsgType": kind,
        **fields,
    }
    inside = "".join(
        f"<{name}>{value if isinstance(value, int) else f'<![CDATA[{value}]]>'}</{name}>"
        for name, value in said.items()
    )
    return f"<xml>{inside}</xml>"


def signed(*parts: str) -> str:
    """wechatpy's signature, so that the product's own is never asked about itself."""
    signer = WeChatSigner()
    signer.add_data(*parts)
    return str(signer.signature)


def knock(
    body: str | bytes,
    *,
    is_sealed: bool = True,
    at: datetime | None = None,
    nonce: str = "",
    token: str = TOKEN,
    appid: str = APPID,
) -> HttpResponse:
    """Post a message as WeChat's server does; what the product answers."""
    stamp, nonce = str(int((at or clock.now()).timestamp())), nonce or f"n{next(_numbers)}"
    query = {"signature": signed(token, stamp, nonce), "timestamp": stamp, "nonce": nonce}
    if is_sealed:
        text = body if isinstance(body, str) else body.decode()
        outer = WeChatCrypto(token, AES_KEY, appid).encrypt_message(text, nonce, stamp)
        envelope = outer.partition("<Encrypt><![CDATA[")[2].partition("]]>")[0]
        query |= {"encrypt_type": "aes", "msg_signature": signed(token, stamp, nonce, envelope)}
        body = f"<xml><ToUserName><![CDATA[{ACCOUNT}]]></ToUserName><Encrypt><![CDATA[{envelope}]]></Encrypt></xml>"
    return posted(body, query)


def posted(body: str | bytes, query: dict[str, str]) -> HttpResponse:
    """A post with just these words in its address."""
    visitor = Client(HTTP_HOST="localhost", raise_request_exception=False)
    return visitor.post("/api/v1/hooks/wechat", body, content_type="text/xml", query_params=query)  # type: ignore[return-value]


def opened(answer: HttpResponse) -> str:
    """What is inside the product's answer, opened by wechatpy, which checks its signature; "success" as it is."""
    said = answer.content.decode()
    if "<Encrypt>" not in said:
        return said
    found = {
        name: said.partition(f"<{name}>")[2].partition("</")[0]
        for name in ("MsgSignature", "TimeStamp", "Nonce")
    }
    clean = {name: value.removeprefix("<![CDATA[").removesuffix("]]>") for name, value in found.items()}
    return str(
        WeChatCrypto(TOKEN, AES_KEY, APPID).decrypt_message(
            said, clean["MsgSignature"], clean["TimeStamp"], clean["Nonce"]
        )
    )


class FakeWeChat:
    """The API's server. taken: every call that was let in, as (path, what was said). now: the clock it goes by.

    fails: {path: errcodes still to be answered}. hangs: seconds it waits before it answers.
    """

    def __init__(self, now: Callable[[], datetime] = clock.now) -> None:
        self.now, self.hangs = now, 0.0
        self.taken: list[tuple[str, Any]] = []
        self.fails: dict[str, list[int]] = {}
        self.tokens: list[str] = []
        self.last_word: dict[str, datetime] = {}
        self.since: Counter[str] = Counter()
        self.gone: set[str] = set()
        self.media = {"media-1": (PICTURE, "image/jpeg")}
        self.uploaded: dict[str, tuple[str, str, bytes]] = {}
        self.asked: Counter[str] = Counter()

    says_by = "custom/send"
    suffixes = {
        "image": ("bmp", "png", "jpeg", "jpg", "gif"),
        "voice": ("amr", "mp3"),
        "video": ("mp4",),
        "thumb": ("jpg",),
    }
    most = {"image": 10 * 2**20, "voice": 2 * 2**20, "video": 10 * 2**20, "thumb": 64 * 1024}

    @property
    def talked(self) -> list[str]:
        """The words of the messages taken."""
        return [said["text"]["content"] for said in self.said if said["msgtype"] == "text"]

    @property
    def said(self) -> list[Any]:
        """The messages taken, words and files."""
        return [said for path, said in self.taken if path.endswith(self.says_by)]

    @property
    def carried(self) -> list[tuple[str, str, bytes]]:
        """The files of the messages taken: (kind, name, bytes)."""
        files = [(said["msgtype"], said[said["msgtype"]]) for said in self.said if said["msgtype"] != "text"]
        return [(kind, *self.uploaded[holds["media_id"]][1:]) for kind, holds in files]

    def hears(self, openid: str = OPENID) -> None:
        """Somebody wrote to the account: 48 hours and five messages from now."""
        self.last_word[openid], self.since[openid] = self.now(), 0

    def answer(self, path: str, query: dict[str, str], said: Any) -> tuple[bytes, str]:
        """What a call gets: (body, content type)."""
        self.asked[path] += 1
        if self.hangs:
            time.sleep(self.hangs)
        code = self.fails.get(path) and self.fails[path].pop(0)
        if not code and not path.endswith(("stable_token", "gettoken")):
            code = 0 if query.get("access_token") == (self.tokens or [None])[-1] else 40001
        found = {"errcode": code, "errmsg": "invented"} if code else self._answer(path, query, said)
        if isinstance(found, tuple):
            return found
        if not found.get("errcode"):
            self.taken.append((path, said))
        return json.dumps(found).encode(), "application/json"

    def _answer(self, path: str, query: dict[str, str], said: Any) -> Any:
        match path.rpartition("/cgi-bin/")[2]:
            case "stable_token":
                if (said["appid"], said["secret"], said["grant_type"]) != (
                    APPID,
                    SECRET,
                    "client_credential",
                ):
                    return {"errcode": 40125, "errmsg": "invalid appsecret"}
                if said["force_refresh"] or not self.tokens:
                    self.tokens.append(f"token-{len(self.tokens) + 1}")
                return {"access_token": self.tokens[-1], "expires_in": 7200}
            case "message/custom/send":
                return self._custom(said)
            case "media/upload":
                return self._upload(query["type"], said)
            case "message/template/send" | "message/subscribe/bizsend":
                return self._template(said)
            case "media/get":
                return self.media.get(query["media_id"], {"errcode": 40007, "errmsg": "invalid media_id"})
            case "qrcode/create":
                scene = said["action_info"]["scene"]["scene_str"]
                return {"ticket": "t", "url": f"http://weixin.example/q/{scene}"}
            case "getcallbackip":
                return {"ip_list": ["192.0.2.1"]}
        return {"errcode": 40066, "errmsg": "invalid url"}

    def _upload(self, kind: str, said: Any) -> dict[str, object]:
        """Temporary material: judged by the ending of its name and by its size, as its document says."""
        name, data = said["media"]
        if kind not in self.most:
            return {"errcode": 40004, "errmsg": "invalid media type"}
        allowed = self.suffixes.get(kind)
        if allowed and name.rpartition(".")[2].lower() not in allowed:
            return {"errcode": 40005, "errmsg": "invalid file type"}
        if not 5 < len(data) <= self.most[kind]:
            return {"errcode": 40006, "errmsg": "invalid meida size"}
        media_id = f"up-{len(self.uploaded) + 1}"
        self.uploaded[media_id] = (kind, name, data)
        return {"type": kind, "thumb_media_id" if kind == "thumb" else "media_id": media_id}

    def _custom(self, said: Any) -> dict[str, object]:
        openid, kind = said["touser"], said["msgtype"]
        text = said["text"]["content"] if kind == "text" else ""
        last = self.last_word.get(openid)
        if openid in self.gone:
            return {"errcode": 43004, "errmsg": "require subscribe"}
        if last is None or self.now() - last >= timedelta(hours=48):
            return {"errcode": 45015, "errmsg": "response out of time limit"}
        if len(text.encode()) > 2048:
            return {"errcode": 45002, "errmsg": "content size out of limit"}
        if kind != "text" and self._refuses(kind, said[kind]):
            return {"errcode": 40007, "errmsg": "invalid media_id"}
        self.since[openid] += 1
        if self.since[openid] > 5:
            return {"errcode": 45047, "errmsg": "out of response count limit"}
        return {"errcode": 0, "errmsg": "ok"}

    def _refuses(self, kind: str, holds: dict[str, str]) -> bool:
        """Whether what a message holds was not uploaded as that; a film of an official account has a still."""
        wanted = {
            "media_id": kind,
            **({"thumb_media_id": "thumb"} if kind == "video" and "thumb" in self.most else {}),
        }
        return any(
            self.uploaded.get(holds.get(name, ""), ("",))[0] != as_what for name, as_what in wanted.items()
        )

    def _template(self, said: Any) -> dict[str, object]:
        if said["touser"] in self.gone:
            return {"errcode": 43004, "errmsg": "require subscribe"}
        if said["template_id"] != "tmpl-1":
            return {"errcode": 40037, "errmsg": "invalid template_id"}
        if any(name.startswith("thing") and len(field["value"]) > 20 for name, field in said["data"].items()):
            return {"errcode": 47003, "errmsg": "argument invalid"}
        return {"errcode": 0, "errmsg": "ok", "msgid": 9000 + len(self.taken)}

    @contextmanager
    def served(self) -> Iterator[FakeWeChat]:
        """Answer calls until the block ends."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        self.url = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()


def _form(content_type: str, raw: bytes) -> dict[str, tuple[str, bytes]]:
    """{field: (file name, bytes)} of a form with one file."""
    mark = content_type.partition("boundary=")[2].encode()
    assert raw.startswith(b"--" + mark + b"\r\n")
    assert raw.endswith(b"\r\n--" + mark + b"--\r\n")
    head, _, data = raw.removesuffix(b"\r\n--" + mark + b"--\r\n").partition(b"\r\n\r\n")
    said = re.search(r'; name="([^"]+)"; ?filename="([^"]+)"; ?filelength=(\d+)', head.decode())
    assert said is not None, head
    assert int(said[3]) == len(data)
    return {said[1]: (said[2], data)}


def _handler(fake: Any) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(None)

        def do_POST(self) -> None:
            raw, kind = self.rfile.read(int(self.headers["content-length"])), self.headers["content-type"]
            self._answer(_form(kind, raw) if kind.startswith("multipart/form-data") else json.loads(raw))

        def _answer(self, said: Any) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            body, kind = fake.answer(parts.path, query, said)
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing on the tests' output."""

    return Handler
