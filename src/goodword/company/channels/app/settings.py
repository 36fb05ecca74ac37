"""What the company decided about its in-app box: where the chat may be embedded, when people answer, the shared secret."""

from __future__ import annotations

import secrets as randomness
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from goodword.base.core.models import Setting
from goodword.base.core.sealing import decrypt, encrypt
from goodword.base.worktime.queries import current

SETTING = "app_box"
PURPOSE = "app_box"
SECRET_BYTES = 32
SEALED = ("secret", "earlier")
AWAY_ZH = "现在不是在线客服时间。您的话已经收到，我们上班后第一时间回复。"
AWAY_EN = "Nobody is at the chat just now. We have your words and answer first thing when we are back."


@dataclass(frozen=True, slots=True)
class Box:
    """is_open: whether there is a chat at all. origins: sites that may embed it, as `https://www.example.com`.

    calendar: the working calendar in whose hours people answer. away_zh, away_en: what is told outside them.
    keeps_for: days a browser's token lasts after its last word. secret, earlier, may_differ: as the hotline's.
    """

    is_open: bool = False
    origins: tuple[str, ...] = ()
    calendar: str = "hotline"
    away_zh: str = AWAY_ZH
    away_en: str = AWAY_EN
    keeps_for: int = 30
    secret: str = ""
    earlier: str = ""
    may_differ: int = 300

    @property
    def secrets(self) -> tuple[str, ...]:
        """Those that sign."""
        return tuple(one for one in (self.secret, self.earlier) if one)

    def answers_at(self, at: datetime) -> bool:
        """Whether people answer at that moment."""
        return current(self.calendar)[1].is_open(at)


def box() -> Box:
    """As the company has it now. One query."""
    kept = Setting.objects.filter(name=SETTING).values_list("value", flat=True).first()
    if not isinstance(kept, dict):
        return Box()
    opened = {name: decrypt(kept[name], purpose=PURPOSE) for name in SEALED}
    return Box(**{**kept, **opened, "origins": tuple(kept["origins"])})


def is_open() -> bool:
    """Whether there is a chat at all. One query, nothing is unsealed."""
    return bool(Setting.objects.filter(name=SETTING, value__is_open=True).exists())


def keep(chosen: Box) -> None:
    """Write the setting; whoever calls has asked for the right and journals it."""
    sealed = {name: encrypt(getattr(chosen, name), purpose=PURPOSE) for name in SEALED}
    value = {**asdict(chosen), **sealed, "origins": list(chosen.origins)}
    Setting.objects.update_or_create(name=SETTING, defaults={"value": value})


def with_new_secret(chosen: Box) -> Box:
    """Another secret; the present one stays good until the next change, so that no message is lost meanwhile."""
    return replace(chosen, secret=randomness.token_hex(SECRET_BYTES), earlier=chosen.secret)
