"""The QR code of an order or a device as its page shows it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from goodword.base.documents import qr
from goodword.company.rentals.codes import Place, code_of

from ..access import WebRequest


def code_shown(request: WebRequest, place: Place, title: str) -> dict[str, Any]:
    """picture and its file's name, the address in it, and where it is printed (for whoever may print)."""
    url = address_of(request, place)
    printed = (
        f"{reverse('web:codes')}?{urlencode({'things': title})}" if request.actor.has("rentals.edit") else ""
    )
    return {
        "title": title,
        "picture": qr.data_uri(url),
        "file": f"{file_name(title)}.svg",
        "url": url,
        "print": printed,
    }


def address_of(request: WebRequest, place: Place) -> str:
    """The address in the code of a place: what a telephone opens that scans it."""
    return request.build_absolute_uri(reverse("portal:by-code", args=[code_of(place)]))


def file_name(title: str) -> str:
    """A title as the name of a file."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in title)[:60]
