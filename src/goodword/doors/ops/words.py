"""The two languages of the command line."""

from __future__ import annotations

import os
from collections.abc import Mapping


def in_chinese(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether to speak Chinese: as GOODWORD_LANGUAGE says, else as the terminal's own language."""
    told = environ.get("GOODWORD_LANGUAGE") or environ.get("LC_ALL") or environ.get("LANG") or ""
    return told.lower().startswith("zh")


def pick(zh: str, en: str) -> str:
    """The wording for this terminal."""
    return zh if in_chinese() else en
