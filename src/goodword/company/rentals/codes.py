"""What a printed QR code says: it hangs on an order's papers, on a device, or in a store. Signed, and nothing personal.

The text is the kind, what it hangs on (an id, or the store's own name), the last day it holds if it has one, and a signature
by the installation's key: nobody can make one for another order, and one of another installation is not read.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.signing import BadSignature, Signer

from goodword.base.core.errors import Invalid

from .models import Device, Order

LONGEST_STORE = 40
LONGEST = 400
"""Characters of a code; a longer text is none."""
_SIGNER = Signer(sep=".", salt="goodword.rentals.code")
_TEXT = re.compile(r"([ods])\.([A-Za-z0-9_-]+)\.(\d{8})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a code hangs: exactly one of the three. until: the last day the code holds; None without end."""

    order: Order | None = None
    device: Device | None = None
    store: str = ""
    until: date | None = None


class CodeUnreadable(Invalid):
    """A text that is no code of ours, or of something that is no longer there."""

    code = "code_unreadable"

    def __init__(self) -> None:
        super().__init__(
            "这个二维码无法识别，请直接填写。", "This QR code cannot be read; please fill in the form."
        )


class CodeExpired(Invalid):
    """A code whose last day is over."""

    code = "code_expired"

    def __init__(self) -> None:
        super().__init__(
            "这个二维码已过期，请直接填写。", "This QR code is out of date; please fill in the form."
        )


def code_of(place: Place) -> str:
    """The text for the address in the QR code: letters, digits, `.`, `-` and `_`."""
    if place.order is not None:
        kind, what = "o", place.order.pk.hex
    elif place.device is not None:
        kind, what = "d", str(place.device.pk)
    else:
        kind, what = "s", urlsafe_b64encode(place.store[:LONGEST_STORE].encode()).decode().rstrip("=")
    until = f"{place.until:%Y%m%d}" if place.until else ""
    return _SIGNER.sign(f"{kind}.{what}.{until}")


def place_of(code: str, *, on: date | None) -> Place:
    """Where the code hangs. One query. on: the day it is read; None takes one whose last day is over, too.

    Raises CodeUnreadable (forged, foreign, broken, gone) and CodeExpired.
    """
    kind, what, until = _read(code)
    if until is not None and on is not None and on > until:
        raise CodeExpired
    if kind == "s":
        return Place(store=urlsafe_b64decode(what + "=" * (-len(what) % 4)).decode(), until=until)
    if kind == "o":
        order = Order.objects.select_related("customer").filter(pk=UUID(what)).first()
        place = Place(order=order, until=until)
    else:
        place = Place(device=Device.objects.filter(pk=int(what)).first(), until=until)
    if place.order is None and place.device is None:
        raise CodeUnreadable
    return place


def _read(code: str) -> tuple[str, str, date | None]:
    """Kind, what and last day of a text we signed. Raises CodeUnreadable."""
    try:
        text = _SIGNER.unsign(code) if len(code) <= LONGEST else ""
    except BadSignature:
        text = ""
    fits = _TEXT.fullmatch(text)
    if fits is None:
        raise CodeUnreadable
    kind, what, until = fits.groups()
    return kind, what, date.fromisoformat(until) if until else None
