"""What the company looks like, for every page: its colour as a small stylesheet, its mark.

A browser keeps both and asks each time whether they still hold: the answer is nearly always an empty 304.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.http import HttpResponse, HttpResponseNotModified

from goodword.base.core.ids import token_digest
from goodword.wiring.administration import colours as shades
from goodword.wiring.administration.look import Mark, accent
from goodword.wiring.administration.look import mark as company_mark

from ..access import WebRequest, page

OURS = Path(__file__).parent.parent / "static" / "goodword" / "mark.svg"
RULES = "{where}{{--accent:{s.accent};--accent-strong:{s.strong};--accent-ink:{s.ink};--accent-soft:{s.soft};--focus:{s.accent}}}"


@page(public=True)
def colours(request: WebRequest) -> HttpResponse:
    """The company's colour over the product's, in both themes; empty where it has none."""
    chosen = accent()
    rules = _rules(chosen).encode() if chosen else b""
    return _answer(request, rules, content_type="text/css; charset=utf-8", version=f"colour {chosen}")


@page(public=True)
def mark(request: WebRequest) -> HttpResponse:
    """The company's picture, which was looked at when it was given; the product's own where there is none."""
    found = company_mark() or _our_mark()
    answer = _answer(request, found.content, content_type=found.content_type, version=found.sha256)
    answer["Content-Security-Policy"] = "sandbox"
    return answer


@cache
def _our_mark() -> Mark:
    return Mark(OURS.read_bytes(), "image/svg+xml", "ours")


def _rules(colour: str) -> str:
    """The same places as frontend/build.mjs writes the themes for."""
    light, dark = shades.light(colour), shades.dark(colour)
    wish = RULES.format(where=":root:not([data-theme=light])", s=dark)
    own = RULES.format(where=":root[data-theme=dark]", s=dark)
    return (
        f"{RULES.format(where=':root', s=light)}"
        f"@media screen and (prefers-color-scheme:dark){{{wish}}}@media screen{{{own}}}\n"
    )


def _answer(request: WebRequest, content: bytes, *, content_type: str, version: str) -> HttpResponse:
    tag = f'"{token_digest(version)[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = HttpResponse(content, content_type=content_type)
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    return answer
