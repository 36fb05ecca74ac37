"""Why a call to another system came to nothing: for good, before anything left us, or after."""

from __future__ import annotations

from ..ways import CannotSendError, OutcomeUnknownError


class NotReachedError(Exception):
    """Nothing was sent: no such name, no connection, no trust. May be tried again."""


class BadAddressError(CannotSendError):
    """The address is none this installation calls."""


class NoAnswerError(OutcomeUnknownError):
    """It was sent, or a part of it, and no whole answer came in time."""
