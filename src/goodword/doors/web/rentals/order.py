"""One order with its course, its devices, its customer and its cases."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goodword.base.core.errors import NotFound
from goodword.company.rentals.codes import Place
from goodword.company.rentals.models import Order
from goodword.company.rentals.queries import course_of, lines_of, order_by_number, stage_of

from ..access import WebRequest, page
from ..cases.brief import brief
from ..cases.naming import Names
from ..templatetags.goodword_ui import t
from .codes import code_shown
from .lines import is_late, line_shown

EVENTS = {
    "consulted": ("咨询", "Consulted"),
    "signed": ("签约", "Signed"),
    "checked_out": ("出库检查", "Checked out"),
    "sent_out": ("发出", "Sent out"),
    "delivered": ("送达", "Delivered"),
    "set_up": ("安装调试", "Set up"),
    "trained": ("培训", "Trained"),
    "repair_started": ("开始维修", "Repair started"),
    "repaired": ("维修完成", "Repaired"),
    "return_started": ("开始归还", "Return started"),
    "returned": ("归还", "Returned"),
    "inspected": ("验收", "Inspected"),
    "settled": ("结算", "Settled"),
}


@page(right="rentals.see")
def order(request: WebRequest, number: str) -> HttpResponse:
    """One order. A fixed number of queries."""
    row = order_by_number(number)
    if row is None:
        raise NotFound("没有这张租赁单。", "There is no such order.")
    names = Names(timezone.localtime(request.now).date())
    context = {
        "order": row,
        "stage": names.of("stage", stage_of(row, at=request.now)),
        "course": [(at, t(*EVENTS.get(event, (event, event)))) for event, at in _course(row)],
        "is_late": is_late(row, at=request.now),
        "lines": [line_shown(line, names) for line in lines_of(row)],
        "code": code_shown(request, Place(order=row), row.number),
        **brief(request.actor, Q(order=row), order=row.number),
    }
    return render(request, "web/rentals/order.html", context)


def _course(row: Order) -> list[tuple[str, datetime]]:
    return sorted(course_of(row).events, key=lambda told: told[1], reverse=True)
