"""What an order rents, as lists and pages show it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from goodword.company.rentals.models import Order, OrderLine

from ..cases.naming import Names


def line_shown(line: OrderLine, names: Names) -> dict[str, Any]:
    """A line with what it is called; `serial` where a device was picked. The line comes with its device."""
    kind = names.of("device_type", line.device_type)
    model = line.model or (line.device.model if line.device else "")
    return {
        "what": model or kind,
        "type": kind,
        "serial": line.device.serial if line.device else "",
        "quantity": line.quantity,
    }


def is_late(row: Order, *, at: datetime) -> bool:
    """Whether the delivery was promised for an earlier moment and nobody told of it."""
    return row.promised_at is not None and row.delivered_at is None and row.promised_at < at


def order_shown(row: Order, names: Names) -> dict[str, Any]:
    """An order of a list with its stage and lines, which come with it."""
    return {
        "row": row,
        "stage": names.of("stage", row.stage),
        "lines": [line_shown(line, names) for line in row.lines.all()],
    }
