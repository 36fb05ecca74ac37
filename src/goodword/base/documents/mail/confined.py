"""A mail read in the confined child: what comes from outside is never parsed in a process that holds our secrets."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from goodword.base.documents.limited import run
from goodword.base.documents.limits import Limits
from goodword.base.documents.mail.contents import Attachment
from goodword.base.documents.mail.reading import as_dict, read


def read_mail(stream: BinaryIO, limits: Limits) -> Iterator[dict[str, Any]]:
    """In the child: first what the mail says, then each attachment with its content in base64."""
    mail = read(stream.read(limits.unpacked_bytes), limits)
    yield as_dict(mail)
    for file in mail.attachments:
        content = base64.b64encode(file.content).decode("ascii")
        yield {
            "name": file.name,
            "type": file.type,
            "inline": file.inline,
            "cid": file.cid,
            "content": content,
        }


REHEARSED = (
    b"From: A <a@example.com>\r\nTo: b@example.com\r\nDate: Mon, 5 Jan 2026 10:00:00 +0800\r\nSubject: =?gbk?B?0rvG8A==?=\r\n"
    b"Message-ID: <1@example.com>\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    b"--x\r\nContent-Type: text/plain; charset=gb2312\r\n\r\nA word.\r\n\r\nOn Mon, A wrote:\r\n> said\r\n"
    b"--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>A <b>word</b>.</p><script>no</script>\r\n"
    b'--x\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename="a.png"\r\n\r\nx\r\n--x--\r\n'
)
"""A mail of our own that goes through most of the reader."""


def rehearse() -> None:
    """In the warm process: phrases are read and patterns compiled before there are children."""
    list(read_mail(BytesIO(REHEARSED), Limits()))


def read_confined(raw: bytes, limits: Limits | None = None) -> tuple[dict[str, Any], list[Attachment]]:
    """What `reading.as_dict` says of a mail, and its attachments. Raises ParseFailed for one that was stopped."""
    said, *files = run(read_mail, raw, limits=limits)
    return said, [
        Attachment(file["name"], file["type"], base64.b64decode(file["content"]), file["inline"], file["cid"])
        for file in files
    ]
