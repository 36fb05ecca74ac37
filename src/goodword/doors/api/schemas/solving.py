"""What clients say about investigating, solving, carrying out and calling back."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from .common import AccountId, Code, In, Line, Moment, Said, Text
from .talk import Anyway


class EvidenceIn(In):
    """A piece of evidence; attachment: one of the case's own. Beyond what is needed (FB-4.1d) it has a purpose."""

    kind: Code
    what: Text = ""
    attachment: UUID | None = None
    asked_of_customer: bool = False
    purpose: Text = ""


class TechnicalCheckIn(In):
    """FB-4.1e: what a check found."""

    result: Code = Field(examples=["confirmed", "not_confirmed", "repaired"])
    what: Said
    remote: bool = False


class StaffStatementIn(In):
    """FB-4.1f: what the colleague concerned says."""

    staff: AccountId
    what: Said


class CauseIn(In):
    """FB-4.1f: why it happened, who answers for it, in writing."""

    cause: Code
    responsible_party: Code
    note: Said
    department: Code = ""


class SolutionIn(In):
    """FB-4.2: what is offered, until when, how it is accepted, what it costs in CNY."""

    type: Code
    what: Said
    deadline_at: Moment
    acceptance: Said
    compensation_kind: Annotated[Code, Field(max_length=30)] = ""
    compensation_amount: Decimal = Field(Decimal(0), ge=0, max_digits=12, decimal_places=2)


class DecisionIn(In):
    """FB-4.2f: approved, or refused with a reason."""

    approved: bool
    note: Text = ""


class CommunicationIn(In):
    """How the solution was discussed with the customer; text: the words sent, where it was written."""

    channel: Code = Field(min_length=1)
    text: Text = ""
    anyway: Anyway = False


class SolutionAnswerIn(In):
    """What the customer says to it; a refusal has its reason."""

    accepted: bool
    note: Text = ""


class StepIn(In):
    """One step: what, by whom, until when."""

    what: Annotated[Said, Field(max_length=300)]
    owner: AccountId | None = None
    due_at: Moment | None = None


class CarryingOutIn(In):
    """The steps, in order."""

    steps: list[StepIn] = Field(min_length=1, max_length=50)


class ProofIn(In):
    """What shows that it is done."""

    proof: Text = ""


class AttemptIn(In):
    """A callback call that nobody answered."""

    note: Line = ""


class CallbackIn(In):
    """FB-4.3d: what the customer says. satisfaction: 1 to the scale of the clause."""

    solved: bool
    satisfaction: int = Field(ge=1, le=100)
    words: Text = ""
    may_quote: bool = False


class ReopeningIn(In):
    """What the customer says now; channel: for a new case, when it is too late to reopen the old one."""

    reason: Said
    channel: Code = "hotline"


class MergeIn(In):
    """The case it goes into: number or id."""

    into: Annotated[Code, Field(min_length=1)]


class LinkIn(In):
    """The other case, number or id, and what the two have to do with each other."""

    other: Annotated[Code, Field(min_length=1)]
    relation: Code = Field("related", examples=["related", "follows", "same_cause"])
