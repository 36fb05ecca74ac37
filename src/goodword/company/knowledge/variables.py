"""Variables in a script: `{客户称呼}` or `{customer}`. Pure: values are given, nothing in a value is a variable."""

from __future__ import annotations

import re
from collections.abc import Mapping

VARIABLES: Mapping[str, tuple[str, str]] = {
    "customer": ("客户称呼", "customer"),
    "case": ("工单号", "case"),
    "order": ("租赁单号", "order"),
    "promised": ("承诺时间", "promised"),
    "company": ("公司名", "company"),
    "me": ("我的名字", "me"),
}
"""{code: (how it is written in Chinese, in English)}."""
_WRITTEN = {name: code for code, names in VARIABLES.items() for name in names}
_BRACED = re.compile(r"\{\s*([^{}]*?)\s*\}")
_HARMLESS = str.maketrans({"{": "｛", "}": "｝"})


def unknown_in(text: str) -> list[str]:
    """What stands in braces and is no variable, as it is written, each once."""
    return list(dict.fromkeys(m[0] for m in _BRACED.finditer(text) if m[1] not in _WRITTEN))


def left_in(text: str) -> list[str]:
    """The variables that still stand in a text, as they are written, each once."""
    return list(dict.fromkeys(m[0] for m in _BRACED.finditer(text) if m[1] in _WRITTEN))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its variables' values, {code: words}; a variable without one stays as it is written.

    One pass: what a value holds is words, never a variable again.
    """

    def said(match: re.Match[str]) -> str:
        value = values.get(_WRITTEN.get(match[1], ""), "")
        return value.translate(_HARMLESS) if value else match[0]

    return _BRACED.sub(said, text)
