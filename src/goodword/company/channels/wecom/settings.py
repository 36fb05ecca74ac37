"""What the company decided about WeCom's customer service: who it is there, and what protects the posts."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from goodword.base.core.models import Setting
from goodword.base.core.sealing import decrypt, encrypt

SETTING = "wecom"
PURPOSE = "wecom"
SEALED = ("secret", "token", "aes_key")
HOST = "https://qyapi.weixin.qq.com"


@dataclass(frozen=True, slots=True)
class WeCom:
    """secret, token, aes_key: sealed at rest and never shown. polled_every: seconds after which is asked without a post.

    may_differ: seconds between the sender's clock and ours. private: an administrator allowed our own network.
    """

    corpid: str = ""
    secret: str = ""
    token: str = ""
    aes_key: str = ""
    api: str = HOST
    private: bool = False
    may_differ: int = 300
    polled_every: int = 120

    @property
    def can_hear(self) -> bool:
        """Whether posts can be told from forged ones."""
        return bool(self.corpid and self.token and self.aes_key)

    @property
    def can_call(self) -> bool:
        """Whether the API can be called."""
        return bool(self.corpid and self.secret)


def wecom() -> WeCom:
    """As the company has it now. One query."""
    kept = Setting.objects.filter(name=SETTING).values_list("value", flat=True).first()
    if not isinstance(kept, dict):
        return WeCom()
    return WeCom(**{**kept, **{name: decrypt(kept[name], purpose=PURPOSE) for name in SEALED}})


def keep(chosen: WeCom) -> None:
    """Write the setting; whoever calls has asked for the right and journals it."""
    value = asdict(chosen)
    value |= {name: encrypt(value[name], purpose=PURPOSE) for name in SEALED}
    Setting.objects.update_or_create(name=SETTING, defaults={"value": value})
