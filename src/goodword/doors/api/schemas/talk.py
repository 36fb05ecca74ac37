"""What clients say about talking: with the customer and among colleagues."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .common import AccountId, Code, In, Line, Said, Text

Anyway = Annotated[bool, Field(description="Send it in spite of a phrase warning (FB-4.2e); kept on record.")]


class WordsIn(In):
    """Words to the customer; channel: the case's own where none is named."""

    text: Said
    channel: Code = ""
    anyway: Anyway = False


class ReplyIn(WordsIn):
    """A reply and what it is for."""

    purpose: Literal["first_response", "answer", "opinion", "progress", "other"]


class CustomerMessageIn(In):
    """What the customer wrote. outside_id: the message's id where it came from; it is kept once."""

    text: Said
    channel: Code = Field(min_length=1)
    outside_id: Line = ""


class CustomerCallIn(In):
    """A telephone call to the customer, and the first proposal made in it (SU-8b)."""

    reached: bool
    note: Text = ""
    first_proposal: Text = ""


class NoteIn(In):
    """A note among colleagues; whoever is mentioned is told."""

    text: Said
    mentions: list[AccountId] = Field(default_factory=list, max_length=50)


class WatchIn(In):
    """Whether I watch the case."""

    watching: bool = True


class EscalationIn(In):
    """Call somebody higher up. to: a role's or group's code."""

    to: Code = Field(examples=["service_lead"])
    reason: Said


class WaitingIn(In):
    """What is waited for from the customer."""

    what: Annotated[Line, Field(min_length=1)]


class AcknowledgementIn(In):
    """Thanks for a suggestion or praise; text is empty when it was said."""

    text: Text = ""
    anyway: Anyway = False


class AssessmentIn(In):
    """What becomes of a suggestion. told: the reason goes to the customer now."""

    verdict: Literal["adopt", "later", "no"]
    reason: Said
    told: bool
    channel: Code = ""
    anyway: Anyway = False


class ReasonIn(In):
    """A reason, where there is one."""

    reason: Text = ""
