"""WeChat's API as it is used here: customer service messages, templates, files, codes."""

from __future__ import annotations

from ..outside import Answer, call
from ..tencent.api import Api, lent, post
from ..tencent.media import MOST_BYTES, WITHIN
from ..tokens import Lent
from .settings import WeChat, wechat

MOST = MOST_BYTES + 1
"""One more than is taken, so that what is larger is seen to be."""
TRIED_WITHIN = 5.0
"""Seconds an administrator waits for the answer to a test."""


def api_of(chosen: WeChat) -> Api:
    """The account's API. The token is WeChat's stable one: asking for it does not end the one before."""

    def fetch(was_refused: bool) -> Lent:
        said = {
            "grant_type": "client_credential",
            "appid": chosen.appid,
            "secret": chosen.secret,
            "force_refresh": was_refused,
        }
        return lent(post(f"{chosen.api}/cgi-bin/stable_token", said, private=chosen.private))

    return Api(chosen.api, f"wechat:{chosen.appid}", fetch, chosen.private)


def fetch_media(media_id: str) -> bytes:
    """The bytes of a file somebody sent. Raises ApiError and what `outside.call` raises."""
    chosen = wechat()
    query = {"media_id": media_id}
    answer: Answer = api_of(chosen).fetched("/cgi-bin/media/get", query=query, most=MOST, within=WITHIN)
    elsewhere = answer.json().get("video_url") if answer.body[:1] == b"{" else None
    if isinstance(elsewhere, str):  # a film, which lies on another host
        https = elsewhere if chosen.private else "https://" + elsewhere.partition("://")[2]
        answer = call(https, method="GET", private=chosen.private, most=MOST, within=WITHIN)
    return answer.body


def scene_code(chosen: WeChat, scene: str) -> str:
    """The address a lasting code for `scene` leads to. Raises ApiError and what `outside.call` raises."""
    said = {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": scene}}}
    return str(api_of(chosen).ask("/cgi-bin/qrcode/create", said).get("url", ""))


def reach(chosen: WeChat) -> int:
    """How many addresses WeChat calls from: asked to see whether appid, secret and the list of our own addresses hold."""
    found = api_of(chosen).ask("/cgi-bin/getcallbackip", within=TRIED_WITHIN).get("ip_list")
    return len(found) if isinstance(found, list) else 0
