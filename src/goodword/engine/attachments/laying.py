"""Bytes are on the disk before the fact they belong to begins, so that its transaction writes rows and waits for no disk.

A transaction that writes 25 MB to a slow disk holds the write lock of SQLite for as long as that takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from .files import Facts, measured, put, random_name
from .rules import fits

Token = Callable[[], str]


@dataclass(slots=True)
class Laid(Facts):
    """A file that waits for its row. stored: where it lies; "" for one of no size that is taken. is_taken: a row names it."""

    stored: str
    is_taken: bool = False


@contextmanager
def laid_down(contents: Iterable[bytes | BinaryIO], *, token: Token = random_name) -> Iterator[list[Laid]]:
    """Read, measure and write each; `storing.store` and `take` accept what comes of it in the place of bytes.

    What no row names at the end is removed again; what a crash leaves is swept after a day. A file that is too large or
    empty is not written and refused when it is stored. Raises OSError where the disk has no room.
    """
    laid: list[Laid] = []
    try:
        for content in contents:
            with measured(content) as file:
                name = token()
                stored = put(file.copy, f"{name[:2]}/{name}") if fits(file.size) else ""
                laid.append(Laid(file.size, file.sha256, file.content_type, stored))
        yield laid
    finally:
        for one in laid:
            if one.stored and not one.is_taken:
                default_storage.delete(one.stored)


@contextmanager
def uploads_laid_down(files: Iterable[UploadedFile[Any]]) -> Iterator[None]:
    """The same for the files of a form; `content_of` gives each to `store` within the block."""
    wanted = list(files)
    for file in wanted:
        file.seek(0)
    with laid_down(file.file for file in wanted) as laid:  # type: ignore[misc]  # an upload has a file
        for file, one in zip(wanted, laid, strict=True):
            file.seek(0)
            file.laid = one  # type: ignore[attr-defined]  # read by content_of
        yield


def content_of(file: UploadedFile[Any]) -> Laid | BinaryIO:
    """What `store` takes of an upload: what was laid down of it, else its bytes."""
    laid: Laid | None = getattr(file, "laid", None)
    file.seek(0)
    return laid or cast("BinaryIO", file)
