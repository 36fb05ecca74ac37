"""Faithful stand-ins for WeCom, DingTalk and Feishu: they check keys, signatures, tokens and limits as those do.

Robots: `/cgi-bin/webhook/send?key=`, `/robot/send?access_token=&timestamp=&sign=`, `/open-apis/bot/v2/hook/<key>`. Apps:
their token and message calls. Anything else: `/hook/<name>` for webhooks, answered with what `statuses` says.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.listening import listening

SECRET = "SECtest-secret"
PER_MINUTE = {"wecom": 20, "dingtalk": 20, "feishu": 100}


class Platforms:
    """What they heard and how they behave. now: their clock, seconds. is_hanging: they take requests and never answer."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.hooks: list[tuple[str, dict[str, str], bytes]] = []
        self.arrived: list[float] = []
        self.statuses: dict[str, int] = {}
        self.tokens: dict[str, str] = {}
        self.lent = 0
        self.now: Callable[[], float] = time.time
        self.is_hanging = threading.Event()
        self.base = ""
        self._said: dict[str, list[float]] = defaultdict(list)
        self._lock = threading.Lock()

    def address(self, platform: str) -> str:
        return (
            self.base
            + {
                "wecom": "/cgi-bin/webhook/send?key=k1",
                "dingtalk": "/robot/send?access_token=k1",
                "feishu": "/open-apis/bot/v2/hook/k1",
            }[platform]
        )

    def answer(
        self, path: str, query: dict[str, str], headers: dict[str, str], body: bytes
    ) -> tuple[int, Any]:
        with self._lock:
            if path.startswith("/hook/"):
                self.hooks.append((path, headers, body))
                return self.statuses.get(path, 200), {}
            said = json.loads(body) if body else {}
            if path == "/cgi-bin/webhook/send":
                return 200, self._robot("wecom", query.get("key", ""), said.get("text", {}).get("content"))
            if path == "/robot/send":
                if not self._dingtalk_signed(query):
                    return 200, {"errcode": 310000, "errmsg": "sign not match"}
                return 200, self._robot(
                    "dingtalk", query.get("access_token", ""), said.get("text", {}).get("content")
                )
            if path.startswith("/open-apis/bot/v2/hook/"):
                if not self._feishu_signed(said):
                    return 200, {"code": 19021, "msg": "sign match fail or timestamp is not within one hour"}
                found = self._robot("feishu", path.rpartition("/")[2], said.get("content", {}).get("text"))
                return 200, found
            return self._app(path, query, headers, said)

    def _robot(self, platform: str, key: str, text: Any) -> dict[str, Any]:
        good, busy = {
            "wecom": ({"errcode": 0, "errmsg": "ok"}, {"errcode": 45009, "errmsg": "api freq out of limit"}),
            "dingtalk": ({"errcode": 0, "errmsg": "ok"}, {"errcode": 130101, "errmsg": "send too fast"}),
            "feishu": ({"code": 0, "msg": "success"}, {"code": 11232, "msg": "frequency limited"}),
        }[platform]
        if key != "k1":
            return {"errcode": 93000, "errmsg": "invalid webhook url"}
        if not isinstance(text, str) or not text or (platform == "wecom" and len(text.encode()) > 2048):
            return {"errcode": 40058, "errmsg": "text.content exceed max length 2048"}
        lately = [at for at in self._said[platform] if at > self.now() - 60]
        if len(lately) >= PER_MINUTE[platform]:
            return busy
        self._said[platform] = [*lately, self.now()]
        self.heard.append((platform, text))
        self.arrived.append(time.time())
        return good

    def _dingtalk_signed(self, query: dict[str, str]) -> bool:
        stamp = query.get("timestamp", "0")
        wanted = base64.b64encode(
            hmac.new(SECRET.encode(), f"{stamp}\n{SECRET}".encode(), hashlib.sha256).digest()
        ).decode()
        return query.get("sign") == wanted and abs(int(stamp) / 1000 - self.now()) < 3600

    def _feishu_signed(self, said: dict[str, Any]) -> bool:
        stamp = str(said.get("timestamp", "0"))
        wanted = base64.b64encode(
            hmac.new(f"{stamp}\n{SECRET}".encode(), digestmod=hashlib.sha256).digest()
        ).decode()
        return said.get("sign") == wanted and abs(int(stamp) - self.now()) < 3600

    def _lend(self, platform: str) -> str:
        self.lent += 1
        self.tokens[platform] = f"token-{self.lent}"  # a new one makes that platform's old one worthless
        return self.tokens[platform]

    def _app(self, path: str, query: dict[str, str], headers: dict[str, str], said: Any) -> tuple[int, Any]:
        if path == "/cgi-bin/gettoken" and (query.get("corpid"), query.get("corpsecret")) == ("corp", SECRET):
            return 200, {"errcode": 0, "access_token": self._lend("wecom"), "expires_in": 7200}
        if path == "/gettoken" and (query.get("appkey"), query.get("appsecret")) == ("corp", SECRET):
            return 200, {"errcode": 0, "access_token": self._lend("dingtalk"), "expires_in": 7200}
        if path.endswith("/tenant_access_token/internal") and said == {
            "app_id": "corp",
            "app_secret": SECRET,
        }:
            return 200, {"code": 0, "tenant_access_token": self._lend("feishu"), "expire": 7200}
        if path == "/open-apis/im/v1/messages":
            if headers.get("authorization") != f"Bearer {self.tokens.get('feishu')}":
                return 400, {"code": 99991663, "msg": "Invalid access token"}
            assert query == {"receive_id_type": "user_id"}
            assert len(said["uuid"]) <= 50
            if said["receive_id"] == "nobody":
                return 400, {"code": 230001, "msg": "invalid receive_id"}
            self.heard.append(("feishu_app", json.loads(said["content"])["text"]))
            return 200, {"code": 0}
        ours = {
            "/cgi-bin/message/send": ("wecom_app", "touser"),
            "/topapi/message/corpconversation/asyncsend_v2": ("dingtalk_app", "userid_list"),
        }
        if path not in ours:
            return 404, {"errcode": 404}
        way, to = ours[path]
        held = self.tokens.get(way.removesuffix("_app"))
        if held is None or query.get("access_token") != held:
            return 200, {"errcode": 40014, "errmsg": "invalid access_token"}
        if said[to] == "nobody":
            return 200, {"errcode": 33012, "errmsg": "invalid userid"}
        text = said["text"]["content"] if way == "wecom_app" else said["msg"]["text"]["content"]
        self.heard.append((way, text))
        return 200, {"errcode": 0}


@contextmanager
def platforms() -> Iterator[Platforms]:
    """They listen on a port of this machine until the block ends."""
    kept = Platforms()

    def answered(path: str, headers: dict[str, str], body: bytes) -> tuple[int, Any] | None:
        if kept.is_hanging.is_set():
            while kept.is_hanging.is_set():
                time.sleep(0.05)
            return None
        parts = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        return kept.answer(parts.path, query, headers, body)

    with listening(answered) as kept.base:
        try:
            yield kept
        finally:
            kept.is_hanging.clear()
