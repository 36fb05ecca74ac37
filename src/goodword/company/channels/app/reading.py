"""Reading what the company's own app says of a customer's word: strict about what is used, deaf to all else."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from dataclasses import dataclass
from typing import Any

from goodword.base.core.errors import Invalid

from ..bodies import an_object
from ..correspondence.arriving import ArrivedFile

MOST_BYTES = 4 * 2**20
MOST_TEXT = 5000
MOST_FILES = 9
_USER = re.compile(r"[\w.@:+-]{1,100}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Said:
    """A message of a user of the app. is_talk: a word of a chat; else a matter of its own, as a form has it."""

    user: str
    text: str
    name: str = ""
    order: str = ""
    device: str = ""
    is_talk: bool = True
    files: tuple[ArrivedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """The user's screen has the conversation up to that line."""

    user: str
    line: int


def read(raw: bytes) -> Said | Seen:
    """The message in a JSON object. Raises Invalid with the fields that cannot be used.

    `type` message or seen, `user`; of a message `text`, and optionally `name`, `order`, `device`, `talk` (true), `files`
    [{`name`, `data` in base64}]; of seen `line`.
    """
    given = an_object(raw)
    wrong: dict[str, str] = {}
    user = user_of(given.get("user"), wrong)
    kind = given.get("type", "message")
    if kind == "seen":
        line = given.get("line")
        if isinstance(line, bool) or not isinstance(line, int) or not 0 < line < 2**63:
            wrong["line"] = "行号 / the number of a line"
        _refuse(wrong)
        return Seen(user, int(line or 0))
    if kind != "message":
        wrong["type"] = "message、seen"
    talk = given.get("talk", True)
    if not isinstance(talk, bool):
        wrong["talk"] = "true 或 false / true or false"
    said = Said(
        user=user,
        text=_text(given, "text", wrong, most=MOST_TEXT),
        name=_text(given, "name", wrong, most=60),
        order=_text(given, "order", wrong, most=60),
        device=_text(given, "device", wrong, most=80),
        is_talk=bool(talk),
        files=_files(given.get("files", []), wrong),
    )
    if not said.text and not said.files and "text" not in wrong:
        wrong["text"] = "必填 / required"
    _refuse(wrong)
    return said


def user_of(value: object, wrong: dict[str, str]) -> str:
    """The app's own name of a user: letters, digits and `. _ @ : + -`."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**20:
        value = str(value)
    if isinstance(value, str) and _USER.fullmatch(value):
        return value
    wrong["user"] = "1 至 100 个字母、数字或 . _ @ : + - / 1 to 100 letters, digits or . _ @ : + -"
    return ""


def read_user(value: str) -> str:
    """The user an address names. Raises Invalid."""
    wrong: dict[str, str] = {}
    user = user_of(value, wrong)
    _refuse(wrong)
    return user


def _refuse(wrong: dict[str, str]) -> None:
    if wrong:
        raise Invalid("消息无法使用。", "The message cannot be used.", fields=wrong)


def _text(given: dict[str, Any], name: str, wrong: dict[str, str], *, most: int) -> str:
    value = given.get(name, "")
    if value is None:
        value = ""
    if not isinstance(value, str) or len(value) > most or not _encodable(value):
        wrong[name] = f"最多 {most} 字 / text, {most} characters at most"
        return ""
    return value.replace("\x00", "").strip()


def _encodable(value: str) -> bool:
    """Half a surrogate pair is no character and no database keeps it."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _files(value: object, wrong: dict[str, str]) -> tuple[ArrivedFile, ...]:
    found = []
    if not isinstance(value, list) or len(value) > MOST_FILES:
        wrong["files"] = f"最多 {MOST_FILES} 个 / {MOST_FILES} at most"
        return ()
    for number, one in enumerate(value):
        try:
            name, data = one["name"], one["data"]
            if not isinstance(name, str) or not isinstance(data, str) or not _encodable(name):
                raise TypeError
            found.append(ArrivedFile(name[:120], b64decode(data, validate=True)))
        except (TypeError, KeyError, ValueError, IndexError, binascii.Error):
            wrong[f"files.{number}"] = "name 与 base64 的 data / name, and data in base64"
    return tuple(found)
