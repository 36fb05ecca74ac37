"""The backup's file: a tar whose last member is a manifest of everything before it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from goodword.base.core.environment import ConfigurationError

MANIFEST = "manifest.json"
FORMAT = 1
CHUNK = 1 << 20


class BadBackup(ConfigurationError):
    """The file is no backup, or not as it was written; nothing has been changed."""


@dataclass(slots=True)
class Manifest:
    """made_at: ISO moment. vendor: sqlite or postgresql. tables: rows by table. files: {name: [size, sha256]}.

    migrations: "app.name" of each that was applied. missing: attachments that were not where they should be.
    """

    made_at: str
    vendor: str
    migrations: list[str]
    tables: dict[str, int]
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT


class Writer:
    """Adds members and remembers their digests."""

    def __init__(self, tar: tarfile.TarFile, manifest: Manifest) -> None:
        self._tar = tar
        self.manifest = manifest

    def add(self, name: str, source: IO[bytes], size: int) -> None:
        """Add `size` bytes of `source` as `name`."""
        reader = _Digesting(source)
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, reader)
        self.manifest.files[name] = (size, reader.digest.hexdigest())

    def add_file(self, name: str, path: Path) -> None:
        """Add a file of the disk."""
        with path.open("rb") as source:
            self.add(name, source, path.stat().st_size)

    def finish(self) -> None:
        """Write the manifest; without it the file is no backup."""
        content = json.dumps(asdict(self.manifest), ensure_ascii=False, indent=1).encode()
        member = tarfile.TarInfo(MANIFEST)
        member.size, member.mode = len(content), 0o600
        self._tar.addfile(member, io.BytesIO(content))


class _Digesting:
    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._source.read(size)
        self.digest.update(chunk)
        return chunk


@contextmanager
def written(target: Path, manifest: Manifest) -> Iterator[Writer]:
    """A new backup at `target`, readable by its owner only; it appears whole or not at all."""
    draft = target.with_name(f"{target.name}.part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar:
                writer = Writer(tar, manifest)
                yield writer
                writer.finish()
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def unpacked(source: Path, into: Path) -> Manifest:
    """Unpack `source` and hold every member against the manifest. Raises BadBackup for any difference."""
    try:
        with tarfile.open(source, mode="r:") as tar:
            found = {member.name: _extract(tar, member, into) for member in tar}
    except (tarfile.TarError, OSError, EOFError) as problem:
        raise BadBackup(f"{source.name} cannot be read as a backup: {problem}") from None
    if found.pop(MANIFEST, None) is None:
        raise BadBackup(f"{source.name} has no manifest: it is no backup, or was cut off")
    manifest = _manifest(into / MANIFEST)
    for name in sorted(found.keys() | manifest.files.keys()):
        if found.get(name) != manifest.files.get(name):
            raise BadBackup(f"{source.name}: {name} is not what was backed up")
    return manifest


def _manifest(path: Path) -> Manifest:
    try:
        values: dict[str, Any] = json.loads(path.read_bytes())
        values["files"] = {name: (size, digest) for name, (size, digest) in values["files"].items()}
        manifest = Manifest(**values)
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        raise BadBackup(f"the manifest cannot be read: {problem}") from None
    if manifest.format != FORMAT:
        raise BadBackup(f"the backup has format {manifest.format}; this version reads {FORMAT}")
    return manifest


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, into: Path) -> tuple[int, str]:
    name = PurePosixPath(member.name)
    if not member.isfile() or name.is_absolute() or ".." in name.parts:
        raise BadBackup(f"the backup holds {member.name!r}, which is no plain file")
    source = tar.extractfile(member)
    assert source is not None
    target = into / name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with target.open("wb") as out:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            out.write(chunk)
    return member.size, digest.hexdigest()
