"""The QR codes of orders and devices: what they say, and their pictures to print."""

from __future__ import annotations

from typing import Literal

from django.http import HttpResponse
from django.urls import reverse

from goodword.base.documents import qr
from goodword.company.rentals.codes import Place, code_of

from .. import found
from ..caller import Caller
from ..operations import Door
from ..schemas.rentals import CodeOut, Day, OrderNumber, Serial

door = Door("Rentals")
Form = Literal["svg", "png"]
MEDIA: dict[Form, str] = {"svg": "image/svg+xml", "png": "image/png"}
DRAWN = {"svg": qr.svg, "png": qr.png}


@door.read("orders/{number}/code", right="rentals.see", answer=CodeOut)
def get_order_code(caller: Caller, number: OrderNumber, until: Day | None = None) -> CodeOut:
    """What the order's QR code says, and its picture; until: the last day it holds"""
    return _said(caller, Place(order=found.order_there(number), until=until))


@door.read("orders/{number}/code/picture", right="rentals.see", answer=None, media=tuple(MEDIA.values()))
def get_order_code_picture(
    caller: Caller, number: OrderNumber, form: Form = "svg", until: Day | None = None
) -> HttpResponse:
    """The order's QR code as a picture, SVG or PNG"""
    return _picture(caller, Place(order=found.order_there(number), until=until), form)


@door.read("devices/{serial}/code", right="rentals.see", answer=CodeOut)
def get_device_code(caller: Caller, serial: Serial, until: Day | None = None) -> CodeOut:
    """What the device's QR code says, and its picture; until: the last day it holds"""
    return _said(caller, Place(device=found.device_there(serial), until=until))


@door.read("devices/{serial}/code/picture", right="rentals.see", answer=None, media=tuple(MEDIA.values()))
def get_device_code_picture(
    caller: Caller, serial: Serial, form: Form = "svg", until: Day | None = None
) -> HttpResponse:
    """The device's QR code as a picture, SVG or PNG"""
    return _picture(caller, Place(device=found.device_there(serial), until=until), form)


def _said(caller: Caller, place: Place) -> CodeOut:
    url = _url(caller, place)
    return CodeOut(url=url, until=place.until, svg=qr.svg(url).decode())


def _picture(caller: Caller, place: Place, form: Form) -> HttpResponse:
    response = HttpResponse(DRAWN[form](_url(caller, place)), content_type=MEDIA[form])
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response


def _url(caller: Caller, place: Place) -> str:
    return caller.home + reverse("portal:by-code", args=[code_of(place)])
