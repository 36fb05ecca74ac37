"""Look at an archive's table of contents before anything is unpacked from it."""

from __future__ import annotations

import io
import zipfile
import zlib

from goodword.base.documents.failures import ParseFailed
from goodword.base.documents.limits import Limits
from goodword.base.documents.locks import is_locked_archive

BROKEN = (
    "文件不完整或已损坏，可能没有下载或上传完。请重新导出后再试。",
    "The file is incomplete or damaged; perhaps a download or upload was cut short. Export it again.",
)
LOCKED = (
    "文件有密码保护，无法读取。请在 Excel 中取消密码后另存，再上传。",
    "The file is protected by a password and cannot be read. Remove the password in Excel, save, upload.",
)


def check(data: bytes, limits: Limits) -> list[str]:
    """The names of the entries of the archive in `data`, once its sizes are known to be bearable.

    Sizes are taken from the central directory first, then every entry is inflated against what it declared,
    so that a table of contents that lies is found as damage. Raises ParseFailed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _weigh(entries, packed=len(data), limits=limits)
            if is_locked_archive(archive):
                raise locked()
            if archive.testzip() is not None:
                raise broken()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as failure:
        raise broken(detail=type(failure).__name__) from failure
    return [entry.filename for entry in entries]


def _weigh(entries: list[zipfile.ZipInfo], *, packed: int, limits: Limits) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.entries or unpacked > limits.unpacked_bytes or unpacked > packed * limits.ratio:
        megabytes = limits.unpacked_bytes // (1024 * 1024)
        raise ParseFailed(
            f"文件解压后过大（上限 {megabytes} MB、{limits.ratio} 倍、"
            f"{limits.entries} 个内部文件），没有打开。请拆分后再上传。",
            f"Unpacked, the file is too large (at most {megabytes} MB, {limits.ratio} times its size, "
            f"{limits.entries} inner files); it was not opened. Split it and upload again.",
            kind="bomb",
        )


def broken(*, detail: str = "") -> ParseFailed:
    """The failure for a file that is cut short or damaged."""
    return ParseFailed(*BROKEN, detail=detail)


def locked() -> ParseFailed:
    """The failure for a file under a password."""
    return ParseFailed(*LOCKED, kind="locked")
