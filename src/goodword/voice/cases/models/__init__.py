"""The tables of a case: the case itself, how it is handled, what is said."""

from .bulk import BulkItem, BulkRun
from .case import Case, DuplicateProposal, Handler, Link, Watcher
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
from .ledger import LedgerMap, LedgerReject, LedgerRow, LedgerRun
from .lists import CaseExport, SavedView
from .presence import Presence
from .reader import Label, Unattended, UnattendedStop
from .talk import Message, Note
from .words import CaseWords

__all__ = [
    "BulkItem",
    "BulkRun",
    "Callback",
    "CallbackAttempt",
    "Case",
    "CaseExport",
    "CaseWords",
    "DuplicateProposal",
    "Evidence",
    "Handler",
    "Handover",
    "Help",
    "Label",
    "LedgerMap",
    "LedgerReject",
    "LedgerRow",
    "LedgerRun",
    "Link",
    "Message",
    "Note",
    "PhoneAttempt",
    "PhoneTask",
    "Presence",
    "Round",
    "SavedView",
    "Solution",
    "Step",
    "Unattended",
    "UnattendedStop",
    "Watcher",
]
