"""Which page has which help, and who reads it: the names of help texts are the names of URLs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.http import HttpRequest
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from goodword.base.language.script import chosen, is_english, written
from goodword.base.language.text import normalise
from goodword.base.people.actors import Actor

from ..access import Access, Page
from ..templatetags.goodword_ui import t
from .drawing import plain

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = ("zh", "en")
PART_OF: Mapping[str, str] = {
    "intake-customers": "intake",
    "intake-proposal": "intake",
    "case-file": "case",
    "case-comparison": "case",
    "case-scripts": "case",
    "case-presence": "case",
    "settings-script": "settings-scripts",
    "bulk": "bulk-run",
    "bulk-reach": "bulk-run",
    "case-in-place": "desk",
    "case-in-place-done": "desk",
    "obligation-why": "obligation",
    "texts": "regulations",
    "case-view": "case-views",
    "case-view-new": "case-views",
    "contact-new": "customer",
    "order-new": "customer",
    "reveal-contact": "reveal",
    "second-factor": "second-factor-own",
    "edition-propose": "clause",
    "edition-look": "clause",
    "waive": "obligation",
    "ledger-progress": "ledger-run",
    "ledger-map": "ledger-run",
    "ledger-rejects": "ledger-run",
    "department-change": "settings-departments",
    "channels-document": "settings-channels",
    "settings-calendar": "settings-calendars",
    "help-page": "help",
    "palette": "search",
    "call": "calls",
    "calls-mine": "calls",
    "chats-waiting": "chats",
    "capture-worker": "capture",
    "capture-shop-read": "capture-shop",
    "typed": "profile",
    "own-ways": "profile",
    "settings-webhook": "settings-webhooks",
    "settings-mailbox": "settings-mailboxes",
    "mailbox-new": "settings-mailboxes",
    "mail": "mails-aside",
    "case-mail": "case",
}
"""Addresses that show a part of another page, or a form of it: its help is theirs."""
SHELVES = (
    (
        "每天",
        "Every day",
        (
            "desk",
            "cases",
            "case-views",
            "case-board",
            "case-export",
            "case",
            "intake",
            "calls",
            "chats",
            "capture",
            "capture-shop",
            "bulk-run",
            "case-checks",
            "notices",
            "search",
            "keys",
        ),
    ),
    (
        "客户",
        "Customers",
        ("customers", "customer", "customer-new", "reveal", "orders", "order", "devices", "device", "codes"),
    ),
    ("制度", "Regulations", ("regulations", "texts", "clause", "edition", "obligation", "reader")),
    ("我自己", "Myself", ("profile", "password", "second-factor-own", "help")),
    ("导入", "Import", ("ledger", "ledger-run")),
    ("设置", "Settings", ("settings", "undelivered", "not-read", "mails-aside")),
)
"""How the index is laid out; settings' own pages and whatever is not named here come last on their shelf."""


@dataclass(frozen=True, slots=True)
class Help:
    """One help text in the language of the page."""

    name: str
    title: str
    source: str

    @property
    def url(self) -> str:
        """Where it is read."""
        return reverse("web:help-page", args=[self.name])


@cache
def names() -> frozenset[str]:
    """The names of all texts."""
    return frozenset(path.name.removesuffix(".zh.md") for path in TEXTS.glob("*.zh.md"))


@cache
def source_of(name: str, language: str) -> str:
    """The text as it is written. The name is one of `names()`."""
    return (TEXTS / f"{name}.{language}.md").read_text(encoding="utf-8")


def title_in(source: str) -> str:
    """The title of a text: its first line without the sign."""
    return source.partition("\n")[0].removeprefix("#").strip()


def help_of(name: str) -> Help | None:
    """The help of this name in the language of the page; None where there is none."""
    if name not in names():
        return None
    source = chosen(*(source_of(name, language) for language in LANGUAGES))
    return Help(name, title_in(source), source)


def help_address(request: HttpRequest) -> str:
    """The help of the page that is open; the index, where it has none."""
    match = request.resolver_match
    name = (match.url_name or "") if match and match.namespace == "web" else ""
    name = PART_OF.get(name, name)
    if name not in names():
        name = _page_of_ability(name)
    return reverse("web:help-page", args=[name]) if name in names() else reverse("web:help")


def _page_of_ability(name: str) -> str:
    """What is done with a case is done on its page; what is done in the settings, in the settings."""
    return next((page for page in ("case", "settings") if name.startswith(f"{page}-")), "")


def helps_for(actor: Actor) -> list[Help]:
    """The helps of pages this person may open, in the order of the index."""
    return [one for name in _in_order() if may_open(name, actor) and (one := help_of(name))]


def shelves(actor: Actor) -> list[tuple[str, list[Help]]]:
    """The index: shelves with their helps, those with none left out."""
    mine = {one.name: one for one in helps_for(actor)}
    laid = [(t(zh, en), [mine.pop(name) for name in shelf if name in mine]) for zh, en, shelf in SHELVES]
    laid[-1][1].extend(mine.values())
    return [(title, helps) for title, helps in laid if helps]


def helps_about(text: str, actor: Actor) -> list[Help]:
    """Those in whose words every part of `text` stands, first those that have it in their title. No query."""
    parts = normalise(text).split()
    if not parts:
        return []
    ranked = []
    for place, one in enumerate(helps_for(actor)):
        title, words = _words(one.name, is_english())
        if all(part in title for part in parts):
            ranked.append((0, place, one))
        elif len(max(parts, key=len)) > 1 and all(part in words for part in parts):
            ranked.append((1, place, one))
    return [one for _, _, one in sorted(ranked, key=lambda each: each[:2])]


@lru_cache(maxsize=512)
def _words(name: str, english: bool) -> tuple[str, str]:
    """Title and all words, as they are compared; titles in both languages."""
    title = " ".join(title_in(source_of(name, language)) for language in LANGUAGES)
    return normalise(title), normalise(plain(source_of(name, "en" if english else "zh")))


def may_open(name: str, actor: Actor) -> bool:
    """Whether the page this help is about is one the person may open; what is about no page is for everybody."""
    access = staff_pages().get(name)
    return access is None or not access.right or actor.has(access.right)


def places(actor: Actor) -> list[dict[str, str]]:
    """The pages this person may go to, with their titles in both languages, for the command palette."""
    return [
        {"zh": written(title_in(source_of(name, "zh"))), "en": title_in(source_of(name, "en")), "url": url}
        for name in _in_order()
        if name in staff_pages() and may_open(name, actor) and (url := _address(name))
    ]


def _address(name: str) -> str:
    """The page's address; empty where it needs a number."""
    try:
        return reverse(f"web:{name}")
    except NoReverseMatch:
        return ""


@cache
def _in_order() -> tuple[str, ...]:
    shelved = [name for _, _, shelf in SHELVES for name in shelf if name in names()]
    return (*shelved, *sorted(names().difference(shelved)))


@cache
def staff_pages() -> Mapping[str, Access]:
    """Every page of the workbench that can be looked at by somebody logged in, by the name of its URL."""
    return {
        name: view.access
        for name, view in _views(get_resolver().url_patterns)
        if "GET" in view.access.methods and not view.access.public
    }


def _views(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, Page]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns, pattern.namespace or space)
        elif space == "web" and isinstance(pattern.callback, Page) and pattern.name:
            yield pattern.name, pattern.callback
