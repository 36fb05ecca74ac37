"""Whether a workbook is under a password; looked for here, as the reader only says it knows none such."""

from __future__ import annotations

import re
import struct
import zipfile

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # how .xlsx is locked: inside an OLE container
STREAM_BEGINS = re.compile(rb"\x09\x08[\x08\x10]\x00\x00[\x05\x06]\x05\x00")  # BOF of an .xls workbook stream
FILEPASS = 0x2F
RECORDS_LOOKED_AT = 64
ODS_MANIFEST = "META-INF/manifest.xml"
ODS_PACKAGE = "encrypted-package"
ENTRY_MARK = 0x1  # general purpose bit 0 of a zip entry


def is_locked_ole(data: bytes) -> bool:
    """Whether an OLE file is a locked .xlsx or a locked .xls."""
    if ENCRYPTED_PACKAGE in data:
        return True
    begin = STREAM_BEGINS.search(data)
    return begin is not None and _has_filepass(data, begin.start())


def is_locked_archive(archive: zipfile.ZipFile) -> bool:
    """Whether a zip holds encrypted entries, or an .ods whose manifest tells of encryption."""
    names = archive.namelist()
    if ODS_PACKAGE in names or any(entry.flag_bits & ENTRY_MARK for entry in archive.infolist()):
        return True
    return ODS_MANIFEST in names and b"encryption-data" in archive.read(ODS_MANIFEST)


def _has_filepass(data: bytes, at: int) -> bool:
    """Walk the records from the stream's beginning: FILEPASS stands near it, headers are never encrypted."""
    for _ in range(RECORDS_LOOKED_AT):
        if at + 4 > len(data):
            return False
        kind, length = struct.unpack_from("<HH", data, at)
        if kind == FILEPASS:
            return True
        at += 4 + length
    return False
