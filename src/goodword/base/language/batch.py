"""Read messages as JSON lines and answer JSON lines; usable without a database."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from goodword.base.language.classifying import classify
from goodword.base.language.readings import as_dict


def run(stream_in: Iterable[str], stream_out: TextIO) -> None:
    """Answer each line {"id", "text"} with its reading; a line that is none gets {"id", "error"}.

    Blank lines are passed over. Never raises for what stands in a line; a stream of bytes that may be no
    UTF-8 is to be opened with errors="replace".
    """
    for line in stream_in:
        if line.strip():
            said = json.dumps(answer(line), ensure_ascii=False)
            stream_out.write(
                said.encode("utf-8", "replace").decode() + "\n"
            )  # half a surrogate is unwritable


def answer(line: str) -> dict[str, Any]:
    """Return the answer to one line."""
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as wrong:
        return {"id": None, "error": f"not JSON: {wrong}"}
    if not isinstance(asked, dict):
        return {"id": None, "error": "an object with id and text is expected"}
    known, text = asked.get("id"), asked.get("text")
    if not isinstance(known, str | int | None):
        return {"id": None, "error": "id is a string or a whole number"}
    if not isinstance(text, str):
        return {"id": known, "error": "text is missing or no string"}
    return {"id": known, **as_dict(classify(text))}
