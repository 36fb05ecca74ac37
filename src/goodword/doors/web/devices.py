"""What a browser says of itself, in words: 「Chrome · Windows」. Pure."""

from __future__ import annotations

from .templatetags.goodword_ui import t

LONGEST = 300
BROWSERS = (
    ("MicroMessenger", "微信", "WeChat"),
    ("DingTalk", "钉钉", "DingTalk"),
    ("Edg", "Edge", "Edge"),
    ("Firefox/", "Firefox", "Firefox"),
    ("FxiOS/", "Firefox", "Firefox"),
    ("CriOS/", "Chrome", "Chrome"),
    ("Chrome/", "Chrome", "Chrome"),
    ("Safari/", "Safari", "Safari"),
)
"""The first whose sign stands in it: most browsers name others too."""
SYSTEMS = (
    ("HarmonyOS", "鸿蒙", "HarmonyOS"),
    ("Android", "安卓", "Android"),
    ("iPhone", "iPhone", "iPhone"),
    ("iPad", "iPad", "iPad"),
    ("Windows", "Windows", "Windows"),
    ("Mac OS X", "Mac", "Mac"),
    ("Linux", "Linux", "Linux"),
)


def device_words(said: str) -> str:
    """Browser and system as far as they are known."""
    found = [next((t(zh, en) for sign, zh, en in known if sign in said), "") for known in (BROWSERS, SYSTEMS)]
    return " · ".join(str(word) for word in found if word) or str(t("未知设备", "Unknown device"))
