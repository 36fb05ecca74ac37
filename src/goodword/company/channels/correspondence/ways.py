"""The channels by which a customer can be written to, and what the storey above says about cases.

A channel registers itself once (`registering.register_channel`); the outbox then sends its letters as all it sends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Protocol
from uuid import UUID

from goodword.engine.attachments.models import Attachment

from .arriving import Arrived
from .carrying import NOTHING, Carriage
from .models import Letter, Party


@dataclass(frozen=True, slots=True)
class LetterToSend:
    """A letter as a channel gets it. number: the case's. answers: outside ids of what the party wrote, the newest last.

    is_automatic: a receipt. attempt: which try it is since it was queued; a person who sends again begins anew.
    files: what goes along by this channel; of the others `text` says where they are to be had, by `link`. The letter
    has its name already (`letter.outside_id`) where the channel gives names beforehand.
    """

    letter: Letter
    party: Party
    number: int
    subject: str
    text: str
    purpose: str
    is_automatic: bool
    answers: tuple[str, ...]
    files: tuple[Attachment, ...] = ()
    attempt: int = 1
    link: str = ""

    @property
    def address(self) -> str:
        """Where it goes, in clear."""
        return self.party.address.clear()  # type: ignore[no-any-return]  # a sealed field's value


SendLetter = Callable[[LetterToSend, datetime], str]
Reachable = Callable[[Party, datetime], str]
NameBefore = Callable[[Letter], str]
Carries = Callable[[Party, datetime], Carriage]


def no_files(_party: Party, _at: datetime) -> Carriage:
    """For a channel by which words go and nothing else."""
    return NOTHING


@dataclass(frozen=True, slots=True)
class CustomerWay:
    """One channel out to customers.

    code: the channel's, also the outbox way's. send: sends and returns what the other side calls the message ("" for
    nothing); raises as a Way does. hindrance: why a party cannot be written to now, in words for a colleague; "" when it can.
    name_before: the message's outside id, where it is ours to give (a mail's Message-ID). carries: which files
    go along with what is written to a party now.
    """

    code: str
    send: SendLetter
    hindrance: Reachable
    repeatable: bool = False
    name_before: NameBefore | None = None
    carries: Carries = no_files


@dataclass(frozen=True, slots=True)
class Words:
    """What a message of a case says, and the case's number. link: where the customer can look at the case."""

    number: int
    subject: str
    text: str
    is_automatic: bool
    files: tuple[Attachment, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Became:
    """What the cases made of an arrival. receipt: (message, the whole text with its code), where one is to be sent."""

    case_id: UUID
    message_id: int
    is_new_case: bool
    contact_id: int | None
    receipt: tuple[int, str] | None = None


class Cases(Protocol):
    """What the channels need to know of cases; given by the storey above (`goodword.wiring.correspondence`)."""

    def take(self, arrived: Arrived, party: Party, thread: UUID | None) -> Became:
        """Make a case of it, or add it to `thread`, or to the party's open case."""

    def words(self, message_id: int) -> Words:
        """What a message says."""

    def other_parties(self, case_id: UUID) -> Sequence[Party]:
        """Who else the case's contact is on other channels, the best first."""

    def quiet_hours(
        self, case_ids: set[UUID], *, otherwise: tuple[time, time] | None
    ) -> Mapping[UUID, tuple[time, time] | None]:
        """{case: (from, until) in which its customer wants no message}; without those that are urgent."""

    def written_anew(self, letter: Letter, at: datetime) -> str:
        """The whole text of a letter that came back after its sealed text was wiped; "" where the message has it all."""

    def sent(self, letter: Letter, at: datetime) -> None:
        """A letter was sent."""

    def undelivered(self, letter: Letter, at: datetime) -> None:
        """A letter failed and no other channel is left."""


CHANNELS: dict[str, CustomerWay] = {}
_cases: list[Cases] = []


def serve(cases: Cases) -> None:
    """Say who answers for the cases; once, when the program starts."""
    _cases[:] = [cases]


def the_cases() -> Cases:
    """Whoever answers for the cases."""
    return _cases[0]
