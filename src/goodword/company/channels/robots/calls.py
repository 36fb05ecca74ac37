"""The calls of each platform's app: a token, and a text to one colleague by the name the platform knows them by."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from ..tokens import Lent
from ..ways import CannotSendError
from .answers import say
from .models import PlatformApp


@dataclass(frozen=True, slots=True)
class Note:
    """A text to one colleague by their name there; key: the message's own, told where a platform understands it."""

    to: str
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Platform:
    """lend: asks for a token. write: sends a note with it."""

    base: str
    lend: Callable[[PlatformApp, str, datetime], Lent]
    write: Callable[[PlatformApp, str, Note, datetime], dict[str, Any]]


def _lend_by_get(path: str, corp: str, secret_name: str) -> Callable[[PlatformApp, str, datetime], Lent]:
    def lend(app: PlatformApp, secret: str, at: datetime) -> Lent:
        url = f"{app.base}{path}?{urlencode({corp: app.corp, secret_name: secret})}"
        found = say(url, b"", at=at, private=app.private, method="GET")
        return Lent(str(found["access_token"]), timedelta(seconds=int(found.get("expires_in", 7200))))

    return lend


def _lend_feishu(app: PlatformApp, secret: str, at: datetime) -> Lent:
    body = json.dumps({"app_id": app.corp, "app_secret": secret}).encode()
    url = f"{app.base}/open-apis/auth/v3/tenant_access_token/internal"
    found = say(url, body, at=at, private=app.private)
    return Lent(str(found["tenant_access_token"]), timedelta(seconds=int(found.get("expire", 7200))))


def _wecom(app: PlatformApp, token: str, note: Note, at: datetime) -> dict[str, Any]:
    body = {
        "touser": note.to,
        "msgtype": "text",
        "agentid": int(app.agent or 0),
        "text": {"content": note.text},
    }
    body |= {"enable_duplicate_check": 1, "duplicate_check_interval": 1800}
    url = f"{app.base}/cgi-bin/message/send?{urlencode({'access_token': token})}"
    found = say(url, _bytes(body), at=at, private=app.private)
    if found.get("invaliduser"):
        raise CannotSendError("nobody has this name there")
    return found


def _dingtalk(app: PlatformApp, token: str, note: Note, at: datetime) -> dict[str, Any]:
    body = {
        "agent_id": app.agent,
        "userid_list": note.to,
        "msg": {"msgtype": "text", "text": {"content": note.text}},
    }
    url = f"{app.base}/topapi/message/corpconversation/asyncsend_v2?{urlencode({'access_token': token})}"
    return say(url, _bytes(body), at=at, private=app.private)


def _feishu(app: PlatformApp, token: str, note: Note, at: datetime) -> dict[str, Any]:
    body = {
        "receive_id": note.to,
        "msg_type": "text",
        "content": json.dumps({"text": note.text}, ensure_ascii=False),
    }
    url = f"{app.base}/open-apis/im/v1/messages?receive_id_type=user_id"
    headers = {"authorization": f"Bearer {token}"}
    return say(url, _bytes({**body, "uuid": note.key}), at=at, private=app.private, headers=headers)


def _bytes(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


CALLS = {
    "wecom": Platform(
        "https://qyapi.weixin.qq.com", _lend_by_get("/cgi-bin/gettoken", "corpid", "corpsecret"), _wecom
    ),
    "dingtalk": Platform(
        "https://oapi.dingtalk.com", _lend_by_get("/gettoken", "appkey", "appsecret"), _dingtalk
    ),
    "feishu": Platform("https://open.feishu.cn", _lend_feishu, _feishu),
}
