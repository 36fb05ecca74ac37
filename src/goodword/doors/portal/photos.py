"""Photos and papers a customer sends along: one that cannot be taken never holds up the words beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from goodword.base.people.actors import CUSTOMER
from goodword.engine.attachments.actions.storing import store
from goodword.engine.attachments.laying import content_of, uploads_laid_down
from goodword.engine.attachments.rules import MEGABYTE, MOST_BYTES, FileRefused
from goodword.voice.cases.models import Case

FIELD = "photos"
MOST = 9
LIMITS = {"most": MOST, "megabytes": MOST_BYTES // MEGABYTE}
"""What is told before anybody sends."""


@dataclass(frozen=True, slots=True)
class Photo:
    """One file of a form; its bytes stay where the upload put them."""

    file: UploadedFile[Any]
    digest: str

    @property
    def name(self) -> str:
        """The name it had on the customer's device."""
        return self.file.name or "photo"

    def content(self) -> bytes:
        """What it holds; for a chat, whose files go on as plain values."""
        self.file.seek(0)
        return bytes(self.file.read())


def photos_of(request: HttpRequest) -> list[Photo]:
    """The files of a form that hold something; more than nine are cut off (a case takes twenty)."""
    files = [file for file in request.FILES.getlist(FIELD) if isinstance(file, UploadedFile) and file.size]
    return [Photo(file, _digest(file.chunks())) for file in files[:MOST]]


def laid_down(photos: Sequence[Photo]) -> AbstractContextManager[None]:
    """The files lie on the disk within the block, before its fact begins: what is attached then costs it a row."""
    return uploads_laid_down(photo.file for photo in photos)


def attach(case: Case, photos: Sequence[Photo], *, at: datetime) -> tuple[str, ...]:
    """Put the files on the case. Returns the names of those that could not be taken."""
    left_out = []
    for photo in photos:
        try:
            store(content_of(photo.file), name=photo.name, subject=("case", case.pk), by=CUSTOMER, at=at)
        except FileRefused:
            left_out.append(photo.name[:80])
    return tuple(left_out)


def _digest(chunks: Iterable[bytes]) -> str:
    total = hashlib.sha256()
    for chunk in chunks:
        total.update(chunk)
    return total.hexdigest()
