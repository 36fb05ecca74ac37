"""What the company decided about its official account: who it is, how posts are protected, what is said by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from goodword.base.core.models import Setting
from goodword.base.core.sealing import decrypt, encrypt

SETTING = "wechat"
PURPOSE = "wechat"
SEALED = ("secret", "token", "aes_key")
PLAIN, COMPATIBLE, SAFE = "plain", "compatible", "safe"
HOSTS = (
    "https://api.weixin.qq.com",
    "https://api2.weixin.qq.com",
    "https://sh.api.weixin.qq.com",
    "https://sz.api.weixin.qq.com",
    "https://hk.api.weixin.qq.com",
)
"""The hosts WeChat documents for its API, the ordinary one first."""


@dataclass(frozen=True, slots=True)
class Template:
    """What is sent when no customer service message may be. kind: `template` or `subscription`; empty: nothing.

    fields: {WeChat's name of the field: words, with {number}, {subject}, {text} and {time}}.
    """

    kind: str = ""
    id: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WeChat:
    """secret, token, aes_key: sealed at rest and never shown. mode: what a post must be at least.

    may_differ: seconds between the sender's clock and ours. scene_hours: how long a scanned code says what it is about.
    replies: {event or menu key: words} said at once. private: an administrator allowed addresses of our own network.
    """

    appid: str = ""
    secret: str = ""
    token: str = ""
    aes_key: str = ""
    mode: str = SAFE
    api: str = HOSTS[0]
    private: bool = False
    may_differ: int = 300
    scene_hours: int = 24
    replies: Mapping[str, str] = field(default_factory=dict)
    template: Template = field(default_factory=Template)

    @property
    def can_hear(self) -> bool:
        """Whether posts can be told from forged ones."""
        return bool(self.token and self.appid and (self.aes_key or self.mode == PLAIN))

    @property
    def can_call(self) -> bool:
        """Whether the API can be called."""
        return bool(self.appid and self.secret)


def wechat() -> WeChat:
    """As the company has it now. One query."""
    kept = Setting.objects.filter(name=SETTING).values_list("value", flat=True).first()
    if not isinstance(kept, dict):
        return WeChat()
    given: dict[str, Any] = {**kept, **{name: decrypt(kept[name], purpose=PURPOSE) for name in SEALED}}
    return WeChat(**{**given, "template": Template(**given["template"])})


def keep(chosen: WeChat) -> None:
    """Write the setting; whoever calls has asked for the right and journals it."""
    value = asdict(chosen)
    value |= {name: encrypt(value[name], purpose=PURPOSE) for name in SEALED}
    Setting.objects.update_or_create(name=SETTING, defaults={"value": value})
