"""Whether this installation may send: a restored copy says nothing to anybody until it is released."""

from __future__ import annotations

from django.conf import settings

from goodword.base.core.models import Setting


def is_held() -> bool:
    """True when the environment (GOODWORD_HELD) or the setting "held" says so."""
    if settings.GOODWORD_HELD:
        return True
    return bool(Setting.objects.filter(name="held").values_list("value", flat=True).first())
