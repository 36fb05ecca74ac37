"""Orders and devices, as other systems tell them: told again the same, nothing changes."""

from __future__ import annotations

from goodword.base.core.masks import mask_text
from goodword.company.rentals.actions.devices import record_device
from goodword.company.rentals.actions.events import record_event
from goodword.company.rentals.actions.orders import Line, record_order
from goodword.company.rentals.models import Device, Order

from .. import found
from ..caller import Caller
from ..operations import Door
from ..schemas.rentals import DeviceIn, DeviceOut, EventIn, LineOut, OrderIn, OrderNumber, OrderOut, Serial
from ..shown.people import customer_ref

door = Door("Rentals")


@door.read("orders/{number}", right="rentals.see", answer=OrderOut)
def get_order(_: Caller, number: OrderNumber) -> OrderOut:
    """An order by its number"""
    return _shown(found.order_there(number))


@door.write("orders/{number}", right="rentals.edit", answer=OrderOut, method="PUT")
def record_rental_order(caller: Caller, number: OrderNumber, body: OrderIn) -> OrderOut:
    """Make or update the order with this number"""
    told = body.model_dump(exclude_unset=True, exclude={"customer", "lines"})
    lines = None if body.lines is None else [Line(**line.model_dump()) for line in body.lines]
    order = record_order(
        number, customer=found.customer(body.customer), lines=lines, by=caller.actor, at=caller.at, **told
    )
    return _shown(order)


@door.write("orders/{number}/events", right="rentals.edit", answer=OrderOut)
def record_order_event(caller: Caller, number: OrderNumber, body: EventIn) -> OrderOut:
    """Something happened to the order: signed, sent out, delivered, repaired, returned …"""
    order = record_event(
        found.order_there(number), body.event, happened_at=body.happened_at, by=caller.actor, at=caller.at
    )
    return _shown(order)


@door.read("devices/{serial}", right="rentals.see", answer=DeviceOut)
def get_device(_: Caller, serial: Serial) -> DeviceOut:
    """A device by its serial number"""
    return _device(found.device_there(serial))


@door.write("devices/{serial}", right="rentals.edit", answer=DeviceOut, method="PUT")
def record_rental_device(caller: Caller, serial: Serial, body: DeviceIn) -> DeviceOut:
    """Make or update the device with this serial number"""
    return _device(record_device(serial, **body.model_dump(), by=caller.actor, at=caller.at))


def _shown(told: Order) -> OrderOut:
    order = Order.objects.select_related("customer").get(pk=told.pk)  # moments as they are kept, in UTC
    customer = customer_ref(order.customer)
    assert customer is not None
    lines = [
        LineOut(
            device_type=line.device_type,
            model=line.model,
            quantity=line.quantity,
            serial=line.device.serial if line.device else None,
        )
        for line in order.lines.select_related("device")
    ]
    moments = {
        name: getattr(order, name)
        for name in (
            "signed_at",
            "promised_at",
            "delivered_at",
            "starts_on",
            "ends_on",
            "returned_at",
            "settled_at",
        )
    }
    return OrderOut(
        id=order.pk, number=order.number, customer=customer, stage=order.stage, lines=lines, **moments
    )


def _device(device: Device) -> DeviceOut:
    return DeviceOut(
        serial=device.serial, device_type=device.device_type, model=device.model, name=mask_text(device.name)
    )
