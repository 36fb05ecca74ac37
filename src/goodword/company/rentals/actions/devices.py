"""A device is told, once or again; told again the same, nothing changes."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.errors import Invalid
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import lock_subject, record

from ..kinds import DEVICE_CHANGED, DEVICE_RECORDED
from ..models import Device


def record_device(
    serial: str, *, device_type: str, model: str = "", name: str = "", by: Actor, at: datetime
) -> Device:
    """Make or update the device with this serial number.

    Effects: the row; `device.recorded`, or `device.changed` with the fields' names when one differs.
    Raises Forbidden, Invalid.
    """
    by.require("rentals.edit")
    serial, values = (
        serial.strip(),
        {"device_type": device_type.strip(), "model": model.strip(), "name": name.strip()},
    )
    if not serial or not values["device_type"]:
        raise Invalid(
            "请填写序列号和设备类型。",
            "Give the serial number and the type.",
            fields={"serial": "必填 / required", "device_type": "必填 / required"},
        )
    with one_fact():
        device, is_new = Device.objects.get_or_create(serial=serial, defaults=values)
        if is_new:
            record(DEVICE_RECORDED, device.pk, by=by, at=at, facts={"type": device.device_type})
            return device
        lock_subject("device", device.pk)
        device.refresh_from_db()
        fields = sorted(key for key, value in values.items() if getattr(device, key) != value)
        if fields:
            Device.objects.filter(pk=device.pk).update(**values)
            device.refresh_from_db()
            record(DEVICE_CHANGED, device.pk, by=by, at=at, facts={"fields": fields})
    return device
