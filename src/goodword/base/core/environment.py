"""Settings by environment: one option per line, read and checked at start, every mistake named at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class ConfigurationError(Exception):
    """The environment holds values that cannot be used; the text lists each with what to do."""


@dataclass(frozen=True, slots=True)
class Option:
    """One environment variable: its default as text, how it is read, what it is for."""

    name: str
    default: str
    parse: Callable[[str], Any]
    about: str


def flag(text: str) -> bool:
    """yes/no, true/false, on/off, 1/0."""
    lowered = text.strip().lower()
    if lowered not in {"1", "0", "true", "false", "yes", "no", "on", "off"}:
        raise ValueError("write true or false")
    return lowered in {"1", "true", "yes", "on"}


def whole(text: str) -> int:
    """A whole number of at least 1."""
    if not text.strip().isdigit() or int(text) < 1:
        raise ValueError("write a whole number of at least 1")
    return int(text)


def listed(text: str) -> list[str]:
    """Words separated by commas."""
    return [word.strip() for word in text.split(",") if word.strip()]


def folder(text: str) -> Path:
    """A folder's path, made absolute."""
    return Path(text).expanduser().resolve()


def zone(text: str) -> str:
    """An IANA time zone's name."""
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError("write an IANA time zone such as Asia/Shanghai") from None
    return text


def database(text: str) -> dict[str, Any]:
    """Django's database settings from a URL: empty or sqlite:///path, or postgresql://user:pass@host:port/name.

    `?plans=off`: PostgreSQL keeps no plan of a statement, for a pooler that lends a connection by the transaction.
    """
    if not text:
        return {"ENGINE": "sqlite"}
    parts = urlsplit(text)
    if parts.scheme == "sqlite":
        return {"ENGINE": "sqlite", "NAME": parts.path.removeprefix("/") if "///" in text else parts.path}
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(
            "write postgresql://user:password@host:port/name or sqlite:///file, or leave it empty"
        )
    query = dict(parse_qsl(parts.query))
    if query.get("plans", "kept") not in {"kept", "off"}:
        raise ValueError("plans is kept or off")
    return {
        "ENGINE": "postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
    }


OPTIONS = (
    Option("GOODWORD_DATA_DIR", ".data", folder, "folder of the database file, attachments, keys and logs"),
    Option(
        "DATABASE_URL",
        "",
        database,
        "empty: SQLite in the data folder; postgresql://user:pass@host:port/name",
    ),
    Option("GOODWORD_HOSTS", "127.0.0.1,localhost,[::1]", listed, "host names this installation answers to"),
    Option("GOODWORD_BIND", "127.0.0.1:8000", str, "address and port of the web process"),
    Option("GOODWORD_URL", "http://127.0.0.1:8000", str, "the address people use, for links in messages"),
    Option("GOODWORD_DEBUG", "false", flag, "developer's error pages; never where customers' data lives"),
    Option("GOODWORD_TIME_ZONE", "Asia/Shanghai", zone, "the company's time zone"),
    Option("GOODWORD_LANGUAGE", "zh-hans", str, "the language people start with: zh-hans, zh-hant or en"),
    Option("GOODWORD_WEB_PROCESSES", "1", whole, "processes that answer pages, a core each"),
    Option("GOODWORD_WEB_THREADS", "4", whole, "threads of each that answer pages"),
    Option(
        "GOODWORD_API_PER_MINUTE", "1200", whole, "calls one API token may make in a minute, per web process"
    ),
    Option("GOODWORD_BULK_MOST", "500", whole, "cases one act in the list may be done to at once"),
    Option("GOODWORD_EXPORT_CASES", "20000", whole, "cases one export of a list holds at most"),
    Option("GOODWORD_LOG_LEVEL", "INFO", str, "DEBUG, INFO, WARNING or ERROR"),
    Option(
        "GOODWORD_HTTPS", "false", flag, "true behind HTTPS: secure cookies and strict transport security"
    ),
    Option(
        "GOODWORD_RED_LIGHT_AFTER",
        "45",
        whole,
        "seconds without a worker's tick, or behind a deadline, until every page says so",
    ),
    Option(
        "GOODWORD_CLOCK_MAY_DIFFER", "5", whole, "seconds the machines' clocks may differ from the database's"
    ),
    Option(
        "GOODWORD_LEAST_FREE_MB", "500", whole, "free megabytes below which the disk counts as nearly full"
    ),
    Option(
        "GOODWORD_TRUSTED_PROXIES",
        "0",
        int,
        "proxies in front whose X-Forwarded-For is believed",
    ),
    Option("GOODWORD_HELD", "false", flag, "true: nothing is sent to anybody (a restored copy starts so)"),
)


def data_folder(text: str) -> Path:
    """The folder GOODWORD_DATA_DIR names, for what must know it without reading all settings; empty: the default."""
    return folder(text or OPTIONS[0].default)


def read(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Every option's value by name. Raises ConfigurationError with one line for each mistake."""
    values: dict[str, Any] = {}
    mistakes = []
    for option in OPTIONS:
        text = environ.get(option.name, "") or option.default
        try:
            values[option.name] = option.parse(text)
        except ValueError as problem:
            mistakes.append(f"{option.name}={text!r}: {problem} ({option.about})")
    unknown = [
        n
        for n in environ
        if n.startswith("GOODWORD_") and n not in values and not n.startswith("GOODWORD_TEST_")
    ]
    known = {option.name for option in OPTIONS}
    mistakes += [
        f"{name}: no such setting" for name in unknown if name not in known and name not in TOOL_VARIABLES
    ]
    if mistakes:
        raise ConfigurationError("The settings cannot be used:\n  " + "\n  ".join(mistakes))
    return values


TOOL_VARIABLES = frozenset(
    {"GOODWORD_PROPERTY_EXAMPLES", "GOODWORD_KILLS", "GOODWORD_SEED", "GOODWORD_PICTURES"}
)
