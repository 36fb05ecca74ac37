"""What each role may do, how far it reaches, and how many hold it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.http import HttpResponse

from goodword.base.people.models import RoleGrant
from goodword.base.people.roles import ROLES, Role

from ..access import WebRequest, page
from ..rights import right_words
from ..templatetags.goodword_ui import t
from .common import draw
from .held import in_force

AREAS = (
    ("工单", "Cases", ("cases.", "scripts.", "attachments.")),
    ("客户与租赁", "Customers and rentals", ("customers.", "rentals.", "ledger.")),
    ("制度与合规", "Regulations", ("policy.", "compliance.", "journal.")),
    ("人员与设置", "People and settings", ("people.", "calendars.", "tokens.", "settings.")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A role: its rights by area, those it has in its own department alone, its holders."""

    role: Role
    name: str
    areas: list[tuple[str, str]]
    at_home: str
    holders: int


@page(right="people.manage")
def roles(request: WebRequest) -> HttpResponse:
    """All roles, in the order in which they work on a case. One query besides the frame's."""
    held = Counter(
        RoleGrant.objects.filter(in_force(request), account__is_active=True).values_list("role", flat=True)
    )
    lines = [_line(role, held[role.code]) for role in ROLES.values()]
    return draw(request, "settings-roles", "roles.html", lines=lines)


def _line(role: Role, holders: int) -> Line:
    areas = [
        (str(t(zh, en)), words)
        for zh, en, beginnings in AREAS
        if (words := right_words(right for right in role.rights if right.startswith(beginnings)))
    ]
    more_at_home = right_words(role.home_rights - role.rights)
    return Line(role, str(t(role.zh, role.en)), areas, more_at_home, holders)
