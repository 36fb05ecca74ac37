"""Logs: one JSON line each, personal data masked before it is written."""

from __future__ import annotations

import logging
from collections.abc import MutableMapping
from typing import Any

import structlog

from .masks import mask_text


class MaskPersonalData(logging.Filter):
    """Masks telephone numbers, addresses and identity numbers in the message and its arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, str):
            record.msg = mask_text(record.getMessage())
            record.args = ()
        return True


def mask_values(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Masks every value of a line, tracebacks and what stands beside the message included."""
    return {name: _masked(value) for name, value in event.items()}


def _masked(value: Any) -> Any:
    if isinstance(value, bool | int | float | None):
        return value
    if isinstance(value, list | tuple | set):
        return [_masked(each) for each in value]
    if isinstance(value, dict):
        return {mask_text(str(name)): _masked(each) for name, each in value.items()}
    return mask_text(str(value))


def formatter() -> structlog.stdlib.ProcessorFormatter:
    """The line formatter for records of structlog and of the standard library alike."""
    return structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.stdlib.add_log_level,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            mask_values,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    )
