"""Logs: one JSON line each, personal data masked before it is written."""

from __future__ import annotations

import logging

import structlog

from .masks import mask_text


class MaskPersonalData(logging.Filter):
    """Masks telephone numbers, addresses and identity numbers in the message and its arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, str):
            record.msg = mask_text(record.getMessage())
            record.args = ()
        return True


def formatter() -> structlog.stdlib.ProcessorFormatter:
    """The line formatter for records of structlog and of the standard library alike."""
    return structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.stdlib.add_log_level,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    )
