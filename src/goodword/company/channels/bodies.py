"""What another program posts, as far as every door wants the same of it."""

from __future__ import annotations

import json
from typing import Any

from goodword.base.core.errors import Invalid


def an_object(raw: bytes) -> dict[str, Any]:
    """The JSON object in a body. Raises Invalid for anything else."""
    try:
        given = json.loads(raw)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise Invalid(
            "内容应是一个 JSON 对象。", "A JSON object is expected.", fields={"body": "JSON 对象 / object"}
        )
    return given
