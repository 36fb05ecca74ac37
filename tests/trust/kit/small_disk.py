"""A disk of a few megabytes that can be filled and given room again: a small tmpfs, where mounting one is permitted."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024


class CannotMountError(Exception):
    """This process may not mount a file system."""


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """folder: where it is mounted."""

    folder: Path

    def free(self) -> int:
        """Bytes free."""
        state = os.statvfs(self.folder)
        return state.f_bavail * state.f_frsize

    def fill(self, *, but: int = 0) -> None:
        """Take all room but `but` bytes."""
        with (self.folder / "ballast").open("ab", buffering=0) as ballast, suppress(OSError):
            while (room := self.free() - but) > 0:
                ballast.write(bytes(min(room, MEGABYTE)))

    def make_room(self) -> None:
        """Give back what `fill` took."""
        (self.folder / "ballast").unlink()


@contextmanager
def small_disk(folder: Path, *, megabytes: int) -> Iterator[SmallDisk]:
    """One mounted on `folder` for a while. Raises CannotMountError."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0777", "tmpfs", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as problem:
        raise CannotMountError(str(problem)) from problem
    if done.returncode:
        raise CannotMountError(done.stderr.strip())
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)
