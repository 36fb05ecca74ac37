"""Codes that say what somebody writes about: `order:NUMBER` or `device:SERIAL`, scanned before the words come."""

from __future__ import annotations

from datetime import datetime, timedelta

from goodword.base.core.sealing import blind_index

from .models import Scene
from .settings import WeChat

ABOUT = ("order", "device")
MOST_LETTERS = 64
"""WeChat's own limit of a code's words."""


def scanned(openid: str, scene: str, *, at: datetime) -> None:
    """Somebody came by this code; another one before is forgotten. What names neither order nor device is nothing."""
    if scene.partition(":")[0] in ABOUT:
        Scene.objects.update_or_create(key=_key(openid), defaults={"scene": scene[:MOST_LETTERS], "at": at})


def about(openid: str, *, chosen: WeChat, at: datetime) -> tuple[str, str]:
    """(order, device) of the code scanned within the hours that count: one of them at most, empty where there is none."""
    since = at - timedelta(hours=chosen.scene_hours)
    found = Scene.objects.filter(key=_key(openid), at__gte=since).values_list("scene", flat=True).first()
    kind, _, number = (found or "").partition(":")
    return number if kind == "order" else "", number if kind == "device" else ""


def _key(openid: str) -> str:
    return blind_index(openid, kind="wechat-scene")
