"""A mail read in the confined child: what comes from outside is never parsed in a process that holds our secrets."""

from __future__ import annotations

import base64
from collections.abc import Iterator
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


def read_confined(raw: bytes, limits: Limits | None = None) -> tuple[dict[str, Any], list[Attachment]]:
    """What `reading.as_dict` says of a mail, and its attachments. Raises ParseFailed for one that was stopped."""
    said, *files = run(read_mail, raw, limits=limits)
    return said, [
        Attachment(file["name"], file["type"], base64.b64decode(file["content"]), file["inline"], file["cid"])
        for file in files
    ]
