"""A help text as HTML. It is written in a few signs of Markdown and nothing else, and everything is escaped.

`# title` on the first line, `## heading`, `- item`, `1. item`, paragraphs between blank lines; within them **bold**,
`key`, and [words](/address/) or [words](page) for another page's help.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_INLINE = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|`(?P<key>[^`]+)`|\[(?P<words>[^\]]+)\]\((?P<target>[^)\s]+)\)")
_KINDS = ((re.compile(r"## +"), "h"), (re.compile(r"- +"), "ul"), (re.compile(r"\d+\. +"), "ol"))


def drawn(source: str) -> SafeString:
    """The text without its title, which the page shows by itself."""
    return format_html_join("\n", "{}", ((block,) for block in _blocks(source.splitlines()[1:])))


def plain(source: str) -> str:
    """The words alone, for searching."""
    return _INLINE.sub(lambda found: found["bold"] or found["key"] or found["words"], source).replace(
        "#", " "
    )


def _blocks(lines: list[str]) -> Iterator[SafeString]:
    for kind, group in groupby((_told_apart(line) for line in lines), key=lambda one: one[0]):
        texts = [text for _, text in group]
        if kind in {"ul", "ol"}:
            items = format_html_join("", "<li>{}</li>", ((_inline(text),) for text in texts))
            yield format_html("<{0}>{1}</{0}>", kind, items)
        elif kind == "h":
            yield from (format_html("<h3>{}</h3>", _inline(text)) for text in texts)
        elif kind == "p":
            yield format_html("<p>{}</p>", _inline(" ".join(texts)))


def _told_apart(line: str) -> tuple[str, str]:
    """(kind, text) of a line; an empty line is of no kind and ends a paragraph."""
    line = line.strip()
    for sign, kind in _KINDS:
        if found := sign.match(line):
            return kind, line[found.end() :]
    return ("p" if line else "", line)


def _inline(text: str) -> SafeString:
    parts, done = [], 0
    for found in _INLINE.finditer(text):
        parts += [format_html("{}", text[done : found.start()]), _marked(found)]
        done = found.end()
    return format_html_join("", "{}", ((part,) for part in (*parts, format_html("{}", text[done:]))))


def _marked(found: re.Match[str]) -> SafeString:
    if found["bold"]:
        return format_html("<strong>{}</strong>", found["bold"])
    if found["key"]:
        return format_html("<kbd>{}</kbd>", found["key"])
    target = found["target"]
    address = target if target.startswith("/") else reverse("web:help-page", args=[target])
    return format_html('<a href="{}">{}</a>', address, found["words"])
