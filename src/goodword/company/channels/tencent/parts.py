"""A letter as either side takes it: its words split as one message may hold them, each file a message of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from goodword.engine.attachments.models import Attachment

from ..correspondence.carrying import Carriage, where_to_find
from ..correspondence.parts import Part, hand_over, of_text
from ..correspondence.ways import LetterToSend
from .api import Api, ApiError
from .uploading import FILE_REFUSED, upload

MOST_BYTES = 2048
Say = Callable[[str, dict[str, str], int], object]
"""Hands over one message: its kind, what it holds (`content`, or `media_id`), and which of the letter's it is."""


def split(text: str, *, most: int = MOST_BYTES) -> list[str]:
    """`text` in parts of at most `most` bytes of UTF-8: between lines where one ends in the latter half, else anywhere."""
    parts, rest = [], text.strip()
    while len(rest.encode()) > most:
        head = rest.encode()[:most].decode(errors="ignore")
        cut = head.rfind("\n")
        if cut < 0 or len(head[:cut].encode()) < most // 2:
            cut = len(head)
        parts.append(rest[:cut].rstrip("\n"))
        rest = rest[cut:].lstrip("\n")
    return [*parts, rest] if rest else parts


def in_parts(letter: LetterToSend, say: Say, *, api: Api, carries: Carriage, now: datetime) -> None:
    """Hand over the words and then the files, each once, with `say`. Raises as `hand_over` does."""
    texts = split(letter.text)

    def words(text: str, number: int) -> None:
        say("text", {"content": text}, number)

    def file(each: Attachment, number: int) -> None:
        load = carries.load_of(each)
        assert load is not None  # a letter holds no others
        try:
            say(load.kind, {"media_id": upload(api, each, kind=load.kind)}, number)
        except ApiError as problem:
            if problem.code not in FILE_REFUSED:
                raise
            # What a file is was our guess, and they have the last word: the customer hears where it is instead.
            words(where_to_find([each], link=letter.link), number)

    files = [
        Part(f"file:{each.pk}", partial(file, each, number))
        for number, each in enumerate(letter.files, start=len(texts))
    ]
    hand_over(letter.letter, [*of_text(texts, words), *files], now=now)
