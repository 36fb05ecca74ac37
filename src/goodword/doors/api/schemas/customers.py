"""Customers, masked."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from .common import Code, In, Line, RowId, Said

CustomerKind = Literal["company", "streamer", "agency"]


class ContactIn(In):
    """A person one reaches at a customer; at least one value."""

    name: Line = ""
    phone: Line = Field("", examples=["13800001234"])
    email: Line = ""
    wechat: Line = ""
    preferred: Literal["phone", "email", "wechat"] = "phone"


class CustomerIn(In):
    """A new customer; one with this telephone number already is recognised instead."""

    kind: CustomerKind
    name: Line = Field(min_length=1)
    contact: ContactIn | None = None
    note: Line = ""


class ContactOut(BaseModel):
    """A contact, masked."""

    id: int
    name: str
    phone: str = Field(examples=["尾号 1234"])
    email: str
    wechat: str
    preferred: str
    is_main: bool


class CustomerOut(BaseModel):
    """A customer, masked."""

    id: UUID
    number: int
    kind: str
    name: str
    note: str
    contacts: list[ContactOut]
    created_at: datetime


class CustomersFound(BaseModel):
    """Customers found, the newest first."""

    items: list[CustomerOut]


class RevealIn(In):
    """Which masked value is to be seen, and why. contact: its id, for a value of a contact."""

    field: Code = Field(examples=["phone"])
    contact: RowId | None = None
    reason: Said


class RevealOut(BaseModel):
    """The clear value. That it was seen is on record."""

    field: str
    value: str
