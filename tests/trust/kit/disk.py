"""A disk as it may look after the power went: what was synced is there, of the rest anything or nothing, in pieces.

`Recorder` notes what a watched process does to the files of one database; `Disk.after(n)` is the disk after n of
these deeds; `Disk.cut` makes one of the images the power cut may leave.
"""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Literal

from tests.trust.kit.tracing import Call

SECTOR = 512
PAGE = 4096
KEPT = ("dropped", "kept", "some", "torn")
"""What becomes of the writes that were not synced: none, all, any of them, any sectors or pages of them."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done to a file (or acknowledged: then `file` is what was)."""

    what: Literal["create", "write", "truncate", "sync", "unlink", "sync_folder", "acknowledge"]
    file: str = ""
    offset: int = 0
    data: bytes = b""


class Recorder:
    """`see` is handed to `tracing.traced(…, results=True)`; `deeds` is what was done to `database` and beside it.

    A line written to `database`.told is an acknowledgement.
    """

    def __init__(self, database: Path) -> None:
        self.folder, self.told = database.parent, f"{database.name}.told"
        self.names = {database.name, f"{database.name}-wal", f"{database.name}-journal"}
        self.deeds: list[Deed] = []
        self.begun: dict[int, Deed | None] = {}

    def see(self, call: Call) -> bool:
        """A call begins, or is done; what failed was not done."""
        if call.result is None:
            self.begun[call.pid] = self._deed(call)
        elif (deed := self.begun.pop(call.pid, None)) and call.result >= 0:
            if deed.what == "write" and call.result != len(deed.data):
                raise AssertionError(f"{call.result} bytes of {len(deed.data)} were written")
            self.deeds.append(deed)
        return True

    def _deed(self, call: Call) -> Deed | None:
        if call.name in ("open", "openat", "unlink", "unlinkat"):
            return self._of_name(call)
        path = Path(call.path())
        if path == self.folder and call.name in ("fsync", "fdatasync"):
            return Deed("sync_folder")
        if path.name == self.told and call.name == "write":
            return Deed("acknowledge", call.memory(call.arguments[1], call.arguments[2]).decode().strip())
        if path.parent != self.folder or path.name not in self.names:
            return None
        if call.name == "pwrite64":
            return Deed(
                "write", path.name, call.arguments[3], call.memory(call.arguments[1], call.arguments[2])
            )
        if call.name == "ftruncate":
            return Deed("truncate", path.name, call.arguments[1])
        if call.name in ("fsync", "fdatasync"):
            return Deed("sync", path.name)
        raise AssertionError(f"{call.name} on a database's file: nobody told what that does to a disk")

    def _of_name(self, call: Call) -> Deed | None:
        at = call.arguments[0 if call.name in ("open", "unlink") else 1]
        path = Path(os.fsdecode(_text(call, at)))
        if path.parent != self.folder or path.name not in self.names:
            return None
        if call.name.startswith("unlink"):
            return Deed("unlink", path.name)
        return None if path.exists() else Deed("create", path.name)


def _text(call: Call, address: int) -> bytes:
    """The text there, up to its nought; page by page, as the next one need not be there."""
    found = b""
    while b"\0" not in found:
        here = address + len(found)
        found += call.memory(here, PAGE - here % PAGE)
    return found.partition(b"\0")[0]


@dataclass
class _File:
    """lasting: what is on the disk for sure. loose: what was done since, and may be there or not."""

    lasting: bytearray
    loose: list[Deed] = field(default_factory=list)


class Disk:
    """The files of one database while deeds are done to them."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = {name: _File(bytearray(content)) for name, content in files.items()}
        self.lasting = dict(self.files)
        self.loose_names: list[tuple[str, _File | None]] = []
        self.acknowledged: list[str] = []

    def do(self, deed: Deed) -> None:
        """One deed more."""
        if deed.what == "create":
            self.files[deed.file] = _File(bytearray())
            self.loose_names.append((deed.file, self.files[deed.file]))
        elif deed.what == "unlink":
            self.files.pop(deed.file, None)
            self.loose_names.append((deed.file, None))
        elif deed.what == "sync_folder":
            _rename(self.lasting, self.loose_names)
            self.loose_names = []
        elif deed.what == "acknowledge":
            self.acknowledged.append(deed.file)
        elif deed.what == "sync":
            file = self.files[deed.file]
            _apply(file.lasting, file.loose)
            file.loose = []
        else:
            self.files[deed.file].loose.append(deed)

    def cut(self, chance: random.Random, kept: str) -> dict[str, bytes]:
        """The files after a power cut now. kept: one of KEPT. Names made or removed but not synced: any so far."""
        names = dict(self.lasting)
        shown = {"dropped": 0, "kept": len(self.loose_names)}.get(
            kept, chance.randint(0, len(self.loose_names))
        )
        _rename(names, self.loose_names[:shown])
        image = {}
        for name, file in names.items():
            content = bytearray(file.lasting)
            _apply(content, _left(file.loose, chance, kept))
            image[name] = bytes(content)
        return image


def _rename(names: dict[str, _File], changes: Sequence[tuple[str, _File | None]]) -> None:
    for name, file in changes:
        if file is None:
            names.pop(name, None)
        else:
            names[name] = file


def _left(loose: list[Deed], chance: random.Random, kept: str) -> list[Deed]:
    if kept in ("dropped", "kept"):
        return loose if kept == "kept" else []
    if kept == "some":
        return [deed for deed in loose if chance.random() < 0.5]
    size = chance.choice([SECTOR, PAGE])
    pieces = [piece for deed in loose for piece in _pieces(deed, size)]
    return [piece for piece in pieces if chance.random() < 0.5]


def _pieces(deed: Deed, size: int) -> list[Deed]:
    """A write as the sectors or pages of the disk it falls into."""
    if deed.what != "write":
        return [deed]
    end = deed.offset + len(deed.data)
    edges = [deed.offset, *range(deed.offset - deed.offset % size + size, end, size), end]
    return [
        Deed("write", deed.file, start, deed.data[start - deed.offset : stop - deed.offset])
        for start, stop in pairwise(edges)
    ]


def _apply(content: bytearray, deeds: Sequence[Deed]) -> None:
    for deed in deeds:
        if deed.what == "truncate":
            del content[deed.offset :]
        missing = deed.offset - len(content)
        content.extend(bytes(max(missing, 0)))
        content[deed.offset : deed.offset + len(deed.data)] = deed.data
