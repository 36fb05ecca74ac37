"""What the company decided about its hotline: the shared secret, which numbers are the hotline, how far clocks may differ."""

from __future__ import annotations

import secrets as randomness
from dataclasses import dataclass, replace

from goodword.base.core.models import Setting
from goodword.base.core.sealing import decrypt, encrypt

SETTING = "hotline"
PURPOSE = "hotline"
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Hotline:
    """secret: what the call centre signs with; empty: nothing is taken. earlier: the one before, still good.

    numbers: the lines that count for FB-2.2a; none: all. may_differ: seconds between the sender's clock and ours.
    """

    secret: str = ""
    earlier: str = ""
    numbers: tuple[str, ...] = ()
    may_differ: int = 300

    def counts(self, line: str) -> bool:
        """Whether a call to that number of ours is a call to the hotline."""
        return not self.numbers or line in self.numbers

    @property
    def secrets(self) -> tuple[str, ...]:
        """Those that sign."""
        return tuple(one for one in (self.secret, self.earlier) if one)


def hotline() -> Hotline:
    """As the company has it now. One query."""
    kept = Setting.objects.filter(name=SETTING).values_list("value", flat=True).first()
    if not isinstance(kept, dict):
        return Hotline()
    opened = {name: decrypt(kept[name], purpose=PURPOSE) for name in ("secret", "earlier")}
    return Hotline(**opened, numbers=tuple(kept["numbers"]), may_differ=kept["may_differ"])


def is_set_up() -> bool:
    """Whether a call centre was ever connected: until then nothing can ring. One query, nothing is unsealed."""
    return Setting.objects.filter(name=SETTING).exists()


def keep(chosen: Hotline) -> None:
    """Write the setting; whoever calls has asked for the right and journals it."""
    value = {
        "secret": encrypt(chosen.secret, purpose=PURPOSE),
        "earlier": encrypt(chosen.earlier, purpose=PURPOSE),
        "numbers": list(chosen.numbers),
        "may_differ": chosen.may_differ,
    }
    Setting.objects.update_or_create(name=SETTING, defaults={"value": value})


def with_new_secret(chosen: Hotline) -> Hotline:
    """Another secret; the present one stays good until the next change, so that no call is lost meanwhile."""
    return replace(chosen, secret=randomness.token_hex(SECRET_BYTES), earlier=chosen.secret)
