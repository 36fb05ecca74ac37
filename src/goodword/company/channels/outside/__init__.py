"""Calling another system over HTTP: a short answer in a short time, from nobody but the host that was meant.

The name is looked up once and the very address that was checked is connected to, so that no second answer of the name
server leads elsewhere. Private addresses are refused unless the caller says that an administrator allowed them; TLS is
always verified; a redirect is an answer like any other and never followed.
"""

from __future__ import annotations

from .calling import Answer, call
from .errors import BadAddressError, NoAnswerError, NotReachedError

__all__ = ["Answer", "BadAddressError", "NoAnswerError", "NotReachedError", "call"]
