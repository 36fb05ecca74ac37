"""WeCom's API as it is used here: fetching messages, sending them, files, which accounts there are."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from ..tencent.api import Api, lent, post
from ..tencent.media import MOST_BYTES, WITHIN
from ..tokens import Lent
from .settings import WeCom, wecom

MOST_FETCHED = 100
"""Messages in one call; WeCom allows 1,000."""
MOST_ANSWER = 4 * 2**20
MOST_DESKS = 100
TRIED_WITHIN = 5.0


def api_of(chosen: WeCom) -> Api:
    """The API of the customer service's own secret."""

    def fetch(_was_refused: bool) -> Lent:
        said = urlencode({"corpid": chosen.corpid, "corpsecret": chosen.secret})
        return lent(post(f"{chosen.api}/cgi-bin/gettoken?{said}", None, private=chosen.private))

    return Api(chosen.api, f"wecom-kf:{chosen.corpid}", fetch, chosen.private)


def fetch_some(chosen: WeCom, kf_id: str, cursor: str, token: str) -> dict[str, Any]:
    """What came to an account since `cursor`; without one, of the last three days. Raises as `Api.ask`."""
    said: dict[str, object] = {"open_kfid": kf_id, "limit": MOST_FETCHED, "voice_format": 0}
    said |= {name: value for name, value in (("cursor", cursor), ("token", token)) if value}
    return api_of(chosen).ask("/cgi-bin/kf/sync_msg", said, most=MOST_ANSWER)


def fetch_media(media_id: str) -> bytes:
    """The bytes of a file somebody sent. Raises as `Api.ask`."""
    answer = api_of(wecom()).fetched(
        "/cgi-bin/media/get", query={"media_id": media_id}, most=MOST_BYTES + 1, within=WITHIN
    )
    return answer.body


def desks(chosen: WeCom) -> list[str]:
    """The ids of the customer service accounts this secret may use. Raises as `Api.ask`."""
    found = api_of(chosen).ask(
        "/cgi-bin/kf/account/list", {"offset": 0, "limit": MOST_DESKS}, within=TRIED_WITHIN
    )
    listed = found.get("account_list", [])
    return [
        one["open_kfid"] for one in listed if isinstance(one, dict) and isinstance(one.get("open_kfid"), str)
    ]
