"""The page (HTML) of a mail: made safe to show, and read as lines of text that know what is quoted."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import NamedTuple

import nh3

OWN, QUOTED, CUT, SIGNED = "own", "quoted", "cut", "signed"
"""What a line is by the page's own markup: the writer's, quoted, where all below is quoted, a signature."""


def _names(written: str) -> frozenset[str]:
    return frozenset(written.split())


SHOWN = _names(
    "a abbr b blockquote br caption center cite code col colgroup dd del details dfn div dl dt em font "
    "h1 h2 h3 h4 h5 h6 hr i img ins kbd li ol p pre q s samp small span strike strong sub summary sup "
    "table tbody td tfoot th thead tr tt u ul var wbr"
)
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign"},
    "ol": {"start"},
    "*": {"dir", "lang"},
}
GONE = {"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math", "xml"}
LINKS = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
PICTURES = re.compile(r"(?:cid:|data:image/(?:png|jpeg|gif|webp);base64,)", re.IGNORECASE)
SEEN = {"*": {"class", "id", "type", "name", "style"}, "img": {"alt"}}
MOST_TAGS = 50_000
DEEPEST, DEEPEST_FORMATTING = 200, 16
LOOKED_BACK = 24  # open elements among which the one an end tag closes is looked for
MOST_ATTRIBUTES = 4_000  # characters of a tag beside quoted values
ROUGH_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)([^<>]*)>?")
QUOTED_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")
FORMATTING = _names("a b big code em font i nobr s small strike strong tt u")
ENDLESS = _names("p li dt dd td th tr tbody thead tfoot option")
"""Elements whose end tags people leave out: the next one of the kind ends them."""
TAG = re.compile(r'<(/?)([a-zA-Z][\w:-]*)((?:[^<>"]|"[^"]*")*)>')
BLANK = re.compile(r"[ \t\r\n\f]+")
WIDE = re.compile("[\u00a0\u2007\u202f]")

BLOCKS = _names(
    "address article aside blockquote body center dd details div dl dt fieldset figure footer form h1 h2 h3 h4 "
    "h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul"
)
SPACED = _names("h1 h2 h3 h4 h5 h6 ol p pre ul")
VOID = _names("area base br col embed hr img input link meta wbr")


class Line(NamedTuple):
    """A line of text and what the markup makes of it (OWN, QUOTED, CUT, SIGNED)."""

    text: str
    mark: str = OWN


class Signs(NamedTuple):
    """By which words in class, id, type or name of an element its content is told (quoting.yaml)."""

    quoted: re.Pattern[str]
    cut: re.Pattern[str]
    signed: re.Pattern[str]


def safe(page: str) -> tuple[str, int]:
    """The page as it may be shown, and how many pictures from elsewhere were left out.

    No script, style, form or frame; links to the web, mail and telephone alone; pictures only from the mail itself.
    """
    blocked = 0

    def judge(_: str, attribute: str, value: str) -> str | None:
        nonlocal blocked
        if attribute == "src":
            if PICTURES.match(value.strip()):
                return value
            blocked += bool(value.strip())
            return None
        if attribute == "href":
            return value if LINKS.match(value.strip()) else None
        return value

    return _cleaned(page, SHOWN, ATTRIBUTES, judge), blocked


def thinned(page: str) -> str:
    """The page without what makes a parser slow: tags nested deeper, or more of them, than any program writes."""
    deep: list[str] = []
    formatting = seen = 0

    def judge(tag: re.Match[str]) -> str:
        nonlocal formatting, seen
        seen += 1
        name = tag[2].lower()
        if seen > MOST_TAGS:
            return ""
        if name in VOID or name in ENDLESS:
            return _light(tag)
        if tag[1]:
            for back in range(len(deep) - 1, max(-1, len(deep) - LOOKED_BACK), -1):
                if deep[back] == name:
                    formatting -= sum(1 for each in deep[back:] if each in FORMATTING)
                    del deep[back:]
                    break
            return tag[0]
        if len(deep) >= DEEPEST or (name in FORMATTING and formatting >= DEEPEST_FORMATTING):
            return ""
        deep.append(name)
        formatting += name in FORMATTING
        return _light(tag)

    return ROUGH_TAG.sub(judge, page)


def _light(tag: re.Match[str]) -> str:
    """The tag; without its attributes when there are too many of them."""
    if len(tag[3]) > MOST_ATTRIBUTES and len(QUOTED_VALUE.sub("", tag[3])) > MOST_ATTRIBUTES:
        return f"<{tag[2]}>"
    return tag[0]


def _cleaned(
    page: str,
    tags: frozenset[str],
    attributes: dict[str, set[str]],
    judge: Callable[[str, str, str], str | None] | None,
) -> str:
    return nh3.clean(
        page,
        tags=set(tags),
        clean_content_tags=GONE,
        attributes=attributes,
        attribute_filter=judge,
        strip_comments=True,
        link_rel="noopener noreferrer nofollow" if judge else None,
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
    ).strip()


def lines(page: str, signs: Signs) -> list[Line]:
    """The text of a page line by line, quoted lines with `> ` in front as in a plain mail."""
    return _Reader(signs).read(_cleaned(page, SHOWN | {"header", "section", "form"}, SEEN, None))


class _Reader:
    """Goes through a cleaned page once. Elements are remembered as (name, quotes added, mark before)."""

    def __init__(self, signs: Signs) -> None:
        self.signs = signs
        self.lines: list[Line] = []
        self.words: list[str] = []
        self.open: list[tuple[str, int, str]] = []
        self.quotes = 0
        self.mark = OWN
        self.kept = 0

    def read(self, page: str) -> list[Line]:
        at = 0
        for tag in TAG.finditer(page):
            self._say(page[at : tag.start()])
            at = tag.end()
            name = tag[2].lower()
            if tag[1]:
                self._close(name)
            elif name not in VOID:
                self._enter(name, tag[3])
            elif name == "br":
                self._end_line()
            elif name == "hr":
                self._break()
        self._say(page[at:])
        self._break()
        return self.lines

    def _say(self, text: str) -> None:
        if not text:
            return
        text = html.unescape(text)
        if self.kept:
            first, *others = text.replace("\r\n", "\n").split("\n")
            self.words.append(first)
            for other in others:
                self._end_line()
                self.words.append(other)
        else:
            self.words.append(BLANK.sub(" ", text))

    def _enter(self, name: str, attributes: str) -> None:
        if name in BLOCKS:
            self._break(space=name in SPACED)
        self.open.append((name, self.quotes, self.mark))
        if name == "blockquote" or self.signs.quoted.search(attributes):
            self.quotes += 1
        if self.signs.cut.search(attributes):
            self._break()
            self.lines.append(Line("", CUT))
        elif self.signs.signed.search(attributes) and self.mark == OWN:
            self._break()
            self.mark = SIGNED
        if name == "pre":
            self.kept += 1
        elif name == "li":
            self.words.append("- ")

    def _close(self, name: str) -> None:
        if name in ("td", "th"):
            self.words.append(" ")
        elif name in BLOCKS:
            self._break(space=name in SPACED)
        if name == "pre":
            self.kept = max(0, self.kept - 1)
        for back in range(len(self.open) - 1, max(-1, len(self.open) - LOOKED_BACK), -1):
            if self.open[back][0] == name:
                if self.open[back][1:] != (self.quotes, self.mark):
                    self._break()
                _, self.quotes, self.mark = self.open[back]
                del self.open[back:]
                return

    def _break(self, *, space: bool = False) -> None:
        if "".join(self.words).strip():
            self._end_line()
        self.words.clear()
        if space and self.lines and self.lines[-1].text.strip("> "):
            self.lines.append(Line("> " * self.quotes, QUOTED if self.quotes else self.mark))

    def _end_line(self) -> None:
        text = WIDE.sub(" ", "".join(self.words))
        text = text.rstrip() if self.kept else BLANK.sub(" ", text).strip()
        self.words.clear()
        mark = QUOTED if self.quotes else self.mark
        self.lines.append(Line(("> " * self.quotes + text).rstrip(), mark))
