"""What every page of the workbench has in its frame."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils import timezone

from goodword.base.core import clock
from goodword.base.core.asking import asked_often
from goodword.base.people.models import Account, Shift
from goodword.company.channels.hotline.settings import is_set_up
from goodword.company.channels.queries import unread_count
from goodword.wiring.health import COUNTDOWNS_MAY_LIE, WORDS, troubles

from .access import NOBODY
from .help.pages import help_address
from .nav import ITEMS
from .refusing import answered, form_id
from .templatetags.goodword_ui import is_english, t


def workbench(request: HttpRequest) -> dict[str, Any]:
    """nav, links, me, notices_unread (one query), red_light, refusal: as docs/packages/frontend.md has them.

    Kept with the request: each component of a page asks again.
    """
    kept: dict[str, Any] | None = getattr(request, "workbench", None)
    if kept is None or kept.get("refused") is not getattr(request, "refused", None):
        kept = _frame(request)
        request.workbench = kept  # type: ignore[attr-defined]  # a place of our own on the request
    return kept


def _frame(request: HttpRequest) -> dict[str, Any]:
    refused = getattr(request, "refused", None)
    found: dict[str, Any] = {"links": {"language": address("web:language")}, "refused": refused}
    if refused is not None:
        found["refusal"] = answered(refused, form=form_id(request))
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return found
    actor = getattr(request, "actor", NOBODY)
    now = getattr(request, "now", None) or clock.now()
    return {
        **found,
        "nav": rail(request, actor),
        "links": {**links(actor), "help": help_address(request)},
        "me": myself(user, now),
        "notices_unread": unread_count(user.pk),
        "red_light": red_light(actor, now),
        "takes_chats": user.on_shift and actor.has("cases.receive"),
        "takes_calls": bool(user.phone_extension) and actor.has("cases.receive") and is_set_up(),
    }


def red_light(actor: Any, now: Any) -> list[str]:
    """What is not well, in words: all of it for whoever answers for deadlines, for others what bends their countdowns."""
    sees_all = actor.has("compliance.see")
    return [t(*WORDS[code]) for code in troubles(now) if sees_all or code in COUNTDOWNS_MAY_LIE]


def rail(request: HttpRequest, actor: Any) -> list[dict[str, Any]]:
    """The places this person has business in; one that is not there (yet) is left out."""
    here = request.path.strip("/").partition("/")[0]
    return [
        {
            "url": url,
            "icon": item.icon,
            "label": t(item.zh, item.en),
            "key": item.key,
            "current": here in item.places,
            "count": None,
        }
        for item in ITEMS
        if (not item.right or actor.has(item.right)) and (url := address(item.name))
    ]


def links(actor: Any) -> dict[str, str]:
    """The addresses the top bar leads to."""
    wanted = {
        "home": "web:desk",
        "search": "web:search",
        "new_case": "web:intake" if actor.has("cases.receive") else "",
        "heard": "web:heard",
        "notices": "web:notices",
        "shift": "web:profile",
        "profile": "web:profile",
        "logout": "web:logout",
        "language": "web:language",
    }
    return {name: address(target) for name, target in wanted.items() if target}


def address(name: str) -> str:
    """The path of a named page; empty where no such page is wired."""
    return _address(name, get_script_prefix(), settings.ROOT_URLCONF)


@cache
def _address(name: str, _prefix: str, _urlconf: str) -> str:
    """Found once: a frame has twenty of them, and finding them was half of its time."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@asked_often
def _shift(account: int, now: datetime) -> QuerySet[Shift]:
    rows = Shift.objects.filter(account=account, starts_at__lte=now, ends_at__gt=now)
    return rows.order_by("-ends_at")[:1]


def myself(account: Account, now: Any) -> dict[str, Any]:
    """The person at the screen. One query: the shift under way."""
    department = account.department
    shift = _shift.first(account.pk, now)
    english = is_english()
    return {
        "name": (english and account.person.name_en) or account.person.name,
        "department": (department.name_en if english else department.name_zh) if department else "",
        "on_shift": account.on_shift,
        "shift_until": timezone.localtime(shift.ends_at).strftime("%H:%M") if shift else "",
    }
