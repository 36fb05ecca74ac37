"""Reading scripts: those in use, one of them, how often each was sent."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Sum

from goodword.base.core.errors import NotFound

from .models import Script, ScriptUse, ScriptVersion

BEYOND = 2**63


def in_use() -> list[ScriptVersion]:
    """The newest version of every script in use, by situation and title. One query."""
    newest = ScriptVersion.objects.filter(script__retired_at=None, number=F("script__version"))
    return list(newest.select_related("script").order_by("situation", "title", "pk"))


def version_in_use(pk: int) -> ScriptVersion | None:
    """The version with this key while its script is in use; None for none."""
    if not 0 < pk < BEYOND:
        return None
    rows = ScriptVersion.objects.filter(pk=pk, script__retired_at=None)
    return rows.select_related("script").first()


def script_of(key: str) -> Script:
    """The script with this key. Raises NotFound."""
    found = Script.objects.filter(key=key).first()
    if found is None:
        raise NotFound("没有这条话术。", "There is no such script.")
    return found


def versions_of(script: Script) -> list[ScriptVersion]:
    """Its versions, the newest first, with who wrote each."""
    return list(script.versions.select_related("by__person").order_by("-number"))


def times_sent(scripts: Iterable[int]) -> dict[int, int]:
    """{script's id: how often any version of it was sent}. One query."""
    rows = ScriptUse.objects.filter(version__script__in=list(scripts)).order_by()
    counted = rows.values("version__script").annotate(sent=Sum("times"))
    return {row["version__script"]: row["sent"] for row in counted}


def uses_of(script: Script) -> list[ScriptUse]:
    """Who sent which version how often, the newest version first."""
    rows = ScriptUse.objects.filter(version__script=script).select_related("version", "account__person")
    return list(rows.order_by("-version__number", "-times", "pk"))
