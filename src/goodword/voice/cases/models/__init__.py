"""The tables of a case: the case itself, how it is handled, what is said."""

from .case import Case, DuplicateProposal, Handler, Label, Link, Watcher
from .handling import (
    Callback,
    CallbackAttempt,
    Evidence,
    Handover,
    Help,
    PhoneAttempt,
    PhoneTask,
    Round,
    Solution,
    Step,
)
from .talk import Message, Note

__all__ = [
    "Callback",
    "CallbackAttempt",
    "Case",
    "DuplicateProposal",
    "Evidence",
    "Handler",
    "Handover",
    "Help",
    "Label",
    "Link",
    "Message",
    "Note",
    "PhoneAttempt",
    "PhoneTask",
    "Round",
    "Solution",
    "Step",
    "Watcher",
]
