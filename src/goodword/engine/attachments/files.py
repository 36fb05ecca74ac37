"""Bytes on their way to the storage: measured while they are read, on the disk before a row names them."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO

from django.core.files.base import File
from django.core.files.storage import default_storage

from goodword.base.documents.sniff import content_type

from .rules import HEAD_BYTES, MOST_BYTES

CHUNK_BYTES = 1024 * 1024


@dataclass(slots=True)
class Facts:
    """What a file is: size in bytes, SHA-256 and media type by its content."""

    size: int
    sha256: str
    content_type: str


@dataclass(slots=True)
class Measured(Facts):
    """A file read once, with its copy. Above the limit reading stops."""

    copy: IO[bytes]


def random_name() -> str:
    """128 random bits: where a file lies says nothing about it."""
    return secrets.token_hex(16)


@contextmanager
def measured(content: bytes | BinaryIO) -> Iterator[Measured]:
    """Read `content` into a temporary copy, at most one chunk beyond the limit, and measure it on the way."""
    source = BytesIO(content) if isinstance(content, bytes) else content
    digest, size, head = hashlib.sha256(), 0, b""
    with tempfile.SpooledTemporaryFile(max_size=2 * CHUNK_BYTES) as copy:
        while size <= MOST_BYTES and (chunk := source.read(CHUNK_BYTES)):
            digest.update(chunk)
            size += len(chunk)
            head += chunk[: HEAD_BYTES - len(head)]
            copy.write(chunk)
        copy.seek(0)
        yield Measured(size, digest.hexdigest(), content_type(head), copy)


def put(copy: IO[bytes], name: str) -> str:
    """Write the copy into the storage and to the disk itself; returns the name it really has.

    What could not be written whole (a full disk) is removed again. Raises OSError.
    """
    try:
        stored = default_storage.save(name, File(copy))
        _flush_to_disk(stored)
    except OSError:
        default_storage.delete(name)
        raise
    return stored


def _flush_to_disk(stored: str) -> None:
    """Force file and folders to the disk where the storage is a disk; an object store answers when it is safe."""
    try:
        path = Path(default_storage.path(stored))
    except NotImplementedError:
        return
    for place in (path, path.parent, path.parent.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
