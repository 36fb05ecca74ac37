"""The words every resource is written with."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from goodword.base.core.clock import of_this_age


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("no NUL characters")
    return text


def _this_age(moment: datetime) -> datetime:
    if not of_this_age(moment):
        raise ValueError("a moment between the years 2000 and 2200")
    return moment


_trimmed = AfterValidator(_storable)
Code = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40), _trimmed]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), _trimmed]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000), _trimmed]
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000), _trimmed]
Moment = Annotated[AwareDatetime, AfterValidator(_this_age)]
AccountId = Annotated[int, Field(ge=1, le=2**31 - 1, description="An account's id.")]
RowId = Annotated[int, Field(ge=1, le=2**63 - 1)]


class In(BaseModel):
    """What a client sends: a field we do not know is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid")


class PersonOut(BaseModel):
    """A colleague."""

    id: int
    name: str


class CustomerRef(BaseModel):
    """A customer, an individual's name masked."""

    id: UUID
    number: int
    name: str


class Done(BaseModel):
    """Nothing to show but that it is done."""

    done: bool = True


class Empty(In):
    """A body without anything to say; `{}`."""
