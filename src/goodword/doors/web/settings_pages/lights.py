"""The light of a robot, an app, a carrier or an endpoint, in words."""

from __future__ import annotations

from goodword.company.channels.spoken import Spoken, light
from goodword.company.channels.webhooks.models import Endpoint

from ..templatetags.goodword_ui import t

LIGHTS = {
    "off": ("neutral", "已停用", "Off"),
    "waiting": ("info", "还没发过", "Nothing sent yet"),
    "bad": ("bad", "最近一次没发出去", "The last try failed"),
    "good": ("good", "正常", "Well"),
}


def light_of(one: Spoken) -> tuple[str, str]:
    """(tone, words)."""
    tone, zh, en = LIGHTS[light(one)]
    return tone, t(zh, en)


def of_endpoint(one: Endpoint) -> tuple[str, str]:
    """(tone, words)."""
    tone, zh, en = LIGHTS[one.light]
    return tone, t(zh, en)
