"""What clients say about a case's beginning and whereabouts."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from .cases import CaseRow
from .common import AccountId, Code, In, Line, Moment, RowId, Said, Text
from .customers import CustomerIn

CustomerKey = Annotated[Code, Field(description="A customer's id or number.")]
DepartmentCode = Annotated[Code, Field(min_length=1, examples=["technology"])]


class ReceiveIn(In):
    """A customer's word. Only text and channel are needed; whatever else is known spares a question later.

    The customer by `customer_id` (id or number), by `contact_phone` when known already, or as a new `customer`.
    outside_id: the word's id where it came from; within a channel it comes in once.
    """

    text: Said
    channel: Code = Field(min_length=1, examples=["hotline"])
    subject: Line = ""
    customer_id: CustomerKey = ""
    customer: CustomerIn | None = None
    contact_phone: Line = ""
    order_number: Annotated[Line, Field(max_length=60)] = ""
    device_serial: Annotated[Line, Field(max_length=80)] = ""
    kind: Code = Field("", examples=["complaint"])
    scene: Text = ""
    asks: Text = ""
    asked_by_at: Moment | None = None
    urgent_need: bool = False
    outside_id: Annotated[Line, Field(max_length=120)] = ""


class ReceivedOut(BaseModel):
    """The case, and the code that opens it for the customer: it is told here and never again."""

    id: UUID
    number: int
    code: str
    receipt: bool = Field(description="Whether the channel gives the customer a receipt at once.")
    case: CaseRow


class RecordIn(In):
    """Elements of the record (FB-2.2e) that are filled in; what is not named stays as it is."""

    customer: CustomerKey = ""
    contact: RowId | None = None
    order_number: Annotated[Line, Field(max_length=60)] = ""
    device_serial: Annotated[Line, Field(max_length=80)] = ""
    device_type: Code = ""
    scene: Text = ""
    asks: Text = ""
    asked_by_at: Moment | None = None


class TriageIn(In):
    """What it is, how grave, whose it is; codes of `/labels`."""

    kind: Code
    content: Code
    severity: Code
    subclass: Code = ""
    device_type: Code = ""
    stage: Code = ""
    sentiment: Code = ""
    department: DepartmentCode
    assignee: AccountId | None = None


class DispatchIn(In):
    """Where it goes; without an assignee the one on duty with the least to do."""

    department: DepartmentCode
    assignee: AccountId | None = None


class HandoverIn(In):
    """FB-3.2d: to whom, and whether the information is complete; if not, a note says what is missing."""

    department: DepartmentCode
    assignee: AccountId | None = None
    complete: bool
    note: Text = ""


class CoordinationIn(In):
    """FB-3.2e: one owner in customer service, and the departments asked for help."""

    owner: AccountId
    departments: list[DepartmentCode] = Field(min_length=1, max_length=20)
    question: Said


class HelpIn(In):
    """What another department is asked."""

    department: DepartmentCode
    question: Said
    complex: bool = False


class HelpAnswerIn(In):
    """kind: solution ends the request, progress leaves it open."""

    kind: Code = Field(examples=["solution", "progress"])
    text: Said


class PhoneCallIn(In):
    """FB-3.2b: whether the person whose turn it is was reached."""

    reached: bool
    note: Line = ""
