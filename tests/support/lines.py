"""A channel with customers whose other side is in the test's hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from goodword.company.channels.correspondence import ways
from goodword.company.channels.correspondence.carrying import Carriage, Load
from goodword.company.channels.correspondence.registering import register_channel
from goodword.company.channels.registry import WAYS
from goodword.company.channels.ways import CannotSendError
from goodword.engine.attachments.rules import MEGABYTE

REFUSED = "unsubscribed"
ANY_FILE = Carriage((Load("file", frozenset(), 25 * MEGABYTE, ("文件", "files")),))


class Line:
    """The other side: what it was given, and whether it takes anything."""

    def __init__(self) -> None:
        self.given: list[ways.LetterToSend] = []
        self.refuses = False

    def send(self, letter: ways.LetterToSend, _now: datetime) -> str:
        """Take a letter, or refuse it for good."""
        if self.refuses:
            raise CannotSendError(REFUSED)
        self.given.append(letter)
        return f"out-{letter.letter.pk}"


@contextmanager
def lines(*codes: str) -> Iterator[Line]:
    """One line that stands behind these channels, in place of what is installed for them."""
    line = Line()
    with patch.dict(ways.CHANNELS), patch.dict(WAYS):
        for code in codes:
            ways.CHANNELS.pop(code, None)
            WAYS.pop(code, None)
            way = ways.CustomerWay(
                code, line.send, lambda _party, _at: "", carries=lambda _party, _at: ANY_FILE
            )
            register_channel(way)
        yield line
