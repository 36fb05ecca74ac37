"""What the last start found out, so that the next one need not: kept in the data folder, worth nothing to anybody.

A start that knows nothing looks at the database, which takes a second; one that finds everything as it was does not.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FILE = ".started.json"
PACKAGE = Path(__file__).resolve().parents[2]


def recall(chosen: Mapping[str, Any], *, wording: str) -> str | None:
    """What was announced last time, or None when code, settings or database may not be what they were.

    chosen: the settings as read. PostgreSQL is always looked at: from here nobody can see whether it changed.
    """
    try:
        kept = json.loads((chosen["GOODWORD_DATA_DIR"] / FILE).read_text(encoding="utf-8"))
        known = kept["stamp"] == _stamp(chosen, wording)
        return str(kept["announced"]) if known and _database_file(chosen).exists() else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember(chosen: Mapping[str, Any], *, wording: str, announced: str) -> None:
    """Keep what is to be announced, for `recall`."""
    if chosen["DATABASE_URL"]["ENGINE"] != "sqlite":
        return
    content = json.dumps({"stamp": _stamp(chosen, wording), "announced": announced}, ensure_ascii=False)
    file = chosen["GOODWORD_DATA_DIR"] / FILE
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(content)


def _database_file(chosen: Mapping[str, Any]) -> Path:
    database = chosen["DATABASE_URL"]
    if database["ENGINE"] != "sqlite":
        raise ValueError("not a file")
    return Path(database.get("NAME") or chosen["GOODWORD_DATA_DIR"] / "goodword.sqlite3")


def _stamp(chosen: Mapping[str, Any], wording: str) -> str:
    """Changes with the migrations and packs of the code, with the database's file, and with the settings."""
    database = _database_file(chosen)
    found = [str(database), str(database.stat().st_ino), wording, repr(sorted(chosen.items()))]
    for file in sorted((*PACKAGE.glob("*/*/migrations/*.py"), *PACKAGE.glob("engine/policy/packs/*.yaml"))):
        state = file.stat()
        found.append(f"{file}:{state.st_size}:{state.st_mtime_ns}")
    return hashlib.sha256("\n".join(found).encode()).hexdigest()
