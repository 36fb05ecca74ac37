"""Orders and devices."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Path
from pydantic import AfterValidator, BaseModel, Field

from goodword.base.core.clock import FIRST_MOMENT, LAST_MOMENT

from .common import Code, CustomerRef, In, Line, Moment


def _this_age(day: date) -> date:
    if not FIRST_MOMENT.date() <= day < LAST_MOMENT.date():
        raise ValueError("a day between the years 2000 and 2200")
    return day


Day = Annotated[date, AfterValidator(_this_age)]
OrderNumber = Annotated[str, Path(min_length=1, max_length=60, pattern=r"^[^/\x00-\x1f]+$")]
Serial = Annotated[str, Path(min_length=1, max_length=80, pattern=r"^[^/\x00-\x1f]+$")]
Key = Annotated[Code, Field(min_length=1)]


class LineIn(In):
    """A device by its serial number, or a quantity of a type."""

    device_type: Key
    model: Line = ""
    quantity: int = Field(1, ge=1, le=100_000)
    serial: Line = ""


class OrderIn(In):
    """An order as it stands now; what is not named stays as it is. customer: id or number."""

    customer: Key
    lines: list[LineIn] | None = Field(None, max_length=200)
    signed_at: Moment | None = None
    promised_at: Moment | None = None
    delivered_at: Moment | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    returned_at: Moment | None = None
    settled_at: Moment | None = None


class LineOut(BaseModel):
    """What one line rents."""

    device_type: str
    model: str
    quantity: int
    serial: str | None


class OrderOut(BaseModel):
    """An order."""

    id: UUID
    number: str
    customer: CustomerRef
    stage: str
    signed_at: datetime | None
    promised_at: datetime | None
    delivered_at: datetime | None
    starts_on: date | None
    ends_on: date | None
    returned_at: datetime | None
    settled_at: datetime | None
    lines: list[LineOut]


class EventIn(In):
    """What happened to an order; happened_at: when, by default now."""

    event: Key
    happened_at: Moment | None = None


class DeviceIn(In):
    """A device as it is."""

    device_type: Key
    model: Annotated[Line, Field(max_length=80)] = ""
    name: Annotated[Line, Field(max_length=120)] = ""


class DeviceOut(BaseModel):
    """A device."""

    serial: str
    device_type: str
    model: str
    name: str


class CodeOut(BaseModel):
    """The QR code of an order or a device. url: what it says; svg: the picture, whole. Nothing personal is in it."""

    url: str
    until: date | None
    svg: str
