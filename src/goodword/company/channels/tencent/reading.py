"""Reading the XML both send: one level of fields, no document types, no entities of its own making."""

from __future__ import annotations

import re
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from goodword.base.core.errors import Invalid

MOST_BYTES = 64 * 1024
MOST_FIELDS = 200
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML knows no way to write, and telephones send all the same: left out, the raw message has it."""


def fields_of(raw: bytes) -> dict[str, str]:
    """{name: text} of the fields below the root; of two with one name the first. Raises Invalid."""
    try:
        text = _CONTROL.sub("", raw.decode())
        root = fromstring(text, forbid_dtd=True)
    except UnicodeError:
        raise _unreadable("不是 UTF-8 / not UTF-8") from None
    except (ParseError, DefusedXmlException, ValueError, RecursionError) as problem:
        raise _unreadable(f"XML: {type(problem).__name__}") from None
    found: dict[str, str] = {}
    for child in list(root)[:MOST_FIELDS]:
        found.setdefault(str(child.tag), (child.text or "").strip())
    return found


def _unreadable(why: str) -> Invalid:
    return Invalid("消息无法读取。", "The message cannot be read.", fields={"body": why})


def cdata(text: str) -> str:
    """`text` as a CDATA section, whatever stands in it."""
    return "<![CDATA[" + _CONTROL.sub("", text).replace("]]>", "]]]]><![CDATA[>") + "]]>"
