"""A file on its way out: uploaded as temporary material, which the other side keeps for three days."""

from __future__ import annotations

import secrets

from goodword.engine.attachments.models import Attachment
from goodword.engine.attachments.queries import open_for_download

from ..outside import NoAnswerError, NotReachedError
from .api import Api, ApiError

WITHIN = 20.0
"""Seconds for a whole file; with a new token before it and the message after it still within the lease."""
FILE_REFUSED = frozenset({40004, 40005, 40006, 40007, 40009, 40010, 40011, 40013, 45001, 45007, 301017})
"""errcodes: no such kind, ending or size of a file, or too long to be played."""
SUFFIXES = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "audio/amr": "amr",
    "audio/mpeg": "mp3",
    "video/mp4": "mp4",
}


def upload(api: Api, file: Attachment, *, kind: str) -> str:
    """Upload a stored file as `kind`; its media id. Uploaded again nothing is said twice. Raises ApiError, NotReachedError."""
    opened = open_for_download(file)
    with opened.content as content:
        return upload_bytes(api, content.read(), name=_name(file), content_type=file.content_type, kind=kind)


def upload_bytes(
    api: Api, data: bytes, *, name: str, content_type: str, kind: str, within: float = WITHIN
) -> str:
    """The same for bytes. name: both sides judge a file by its ending."""
    body, header = _form(data, name=name, content_type=content_type)
    try:
        found = api.fetched(
            "/cgi-bin/media/upload", query={"type": kind}, body=body, content_type=header, within=within
        ).json()
    except NoAnswerError as problem:
        raise NotReachedError(str(problem)) from problem
    media_id = found.get("media_id") or found.get("thumb_media_id")
    if not isinstance(media_id, str):
        raise ApiError(-1, "no media_id in the answer")
    return media_id


def _name(file: Attachment) -> str:
    suffix = SUFFIXES.get(file.content_type, "")
    if not suffix or file.name.lower().endswith(f".{suffix}"):
        return file.name
    return f"{file.name}.{suffix}"


def _form(data: bytes, *, name: str, content_type: str) -> tuple[bytes, str]:
    """(a form with the file as its field `media`, its media type). Names go as they are: escapes are shown to the customer."""
    mark = f"goodword{secrets.token_hex(16)}"
    shown = name.translate({ord(bad): "_" for bad in '"\\\r\n'})
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="media"; filename="{shown}"; filelength={len(data)}\r\n'
        f"Content-Type: {content_type}\r\n\r\n"
    )
    return head.encode() + data + f"\r\n--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"
