"""Every page in a real browser: usable by everybody (axe), silent, alone on its own origin, as wide as the screen.

The pages come from the URL configuration (tests/support/walking.py). In the quick size each page is opened once, at a
width and in a theme that change from page to page; a longer size opens each in every theme and at every width.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.test import Client
from tests.support.walking import Stop, stops
from tests.trust.kit.house import House, build

from goodword.base.people.models import Account

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
THEMES = ("light", "dark")
WIDTHS = (1440, 390)
NARROWEST = (1024, 390, 360)
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}


class Walk:
    """One browser going from page to page, noting what is not as it should be; each account has one tab, as people have.

    (A tab for each page is a process for each page, whose start costs as much as the looking.)
    """

    def __init__(self, browser: Browser, server: str) -> None:
        self.browser, self.server = browser, server
        self.wrong: list[str] = []
        self.opened = 0
        self.axe = Axe()
        self._windows: dict[Account | None, BrowserContext] = {}
        self._tabs: dict[Account | None, Page] = {}
        self._about = ""

    def look(self, stop: Stop, *, theme: str, width: int, narrowest: tuple[int, ...]) -> None:
        """Open one page once, and judge it."""
        page = self._tab(stop.account)
        about = self._about = f"{stop.name} {theme} {width}"
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(stop.path, wait_until="load")
        self.judge(page, about, narrowest)
        self.opened += 1

    def judge(self, page: Page, about: str, narrowest: tuple[int, ...]) -> None:
        """What axe says of the page, and whether it is wider than a screen."""
        for one in self.axe.run(page, options=RULES).response["violations"]:
            where = "; ".join(
                f"{node['target'][0]} {node['failureSummary'][:160]!r}" for node in one["nodes"][:3]
            )
            self.wrong.append(f"{about}: {one['id']}: {where}")
        for narrow in narrowest:
            page.set_viewport_size({"width": narrow, "height": 800})
            over = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            if over > 0:
                self.wrong.append(f"{about}: {over} px too wide at {narrow}")

    def close(self) -> None:
        """Close every window."""
        for window in self._windows.values():
            window.close()

    def _window(self, account: Account | None) -> BrowserContext:
        if account not in self._windows:
            window = self.browser.new_context(base_url=self.server, locale="zh-CN")
            if account is not None:
                window.add_cookies([_session(account, self.server)])
            self._windows[account] = window
        return self._windows[account]

    def _tab(self, account: Account | None) -> Page:
        if account not in self._tabs:
            page = self._window(account).new_page()
            self.listen(page)
            self._tabs[account] = page
        return self._tabs[account]

    def listen(self, page: Page) -> None:
        """Note what it asks of others and what it says on its console."""

        def asked(url: str) -> None:
            if not url.startswith((self.server, "data:")):
                self.wrong.append(f"{self._about}: asks {url}")

        def said(kind: str, text: str) -> None:
            if kind in {"error", "warning"}:
                self.wrong.append(f"{self._about}: console: {text}")

        page.on("request", lambda request: asked(request.url))
        page.on("console", lambda message: said(message.type, message.text))
        page.on("pageerror", lambda error: said("error", str(error)))


def _session(account: Account, server: str) -> dict[str, str]:
    client = Client()
    client.force_login(account)
    return {
        "name": "sessionid",
        "value": client.session.session_key,
        "domain": urlsplit(server).hostname,
        "path": "/",
    }


@pytest.fixture
def walk(chromium: Browser, live_server: object) -> Iterator[Walk]:
    going = Walk(chromium, str(live_server))
    yield going
    going.close()


FAULTY = """<!DOCTYPE html><html><head><title>faulty</title></head><body><main>
<input type="text" id="nameless"><p style="color:#aaa;background:#fff">pale</p><div style="width:2000px">wide</div>
</main></body></html>"""


def test_a_faulty_page_is_seen(walk: Walk) -> None:
    """The judge is no rubber stamp: language, label, contrast, width, console and foreign origin are all told."""
    page = walk.browser.new_page()
    page.route("**/*", lambda route: route.fulfill(body=FAULTY, content_type="text/html"))
    walk.listen(page)
    page.goto("http://elsewhere.invalid/")
    page.evaluate("console.error('oh')")
    walk.judge(page, "faulty", (390,))
    page.close()
    told = "\n".join(walk.wrong)
    for sign in (
        "html-has-lang",
        "label",
        "color-contrast",
        "px too wide at 390",
        "console: oh",
        "asks http://elsewhere.invalid/",
    ):
        assert sign in told, sign


@pytest.fixture
def house(transactional_db: None) -> House:
    cache.clear()
    return build()


@pytest.mark.skipif(ON_POSTGRES, reason="pages look the same on both databases")
def test_every_page_once(house: House, walk: Walk) -> None:
    for number, stop in enumerate(stops(house)):
        walk.look(stop, theme=THEMES[number % 2], width=WIDTHS[number // 2 % 2], narrowest=NARROWEST)
    _nothing_wrong(walk)


@pytest.mark.slow
@pytest.mark.skipif(ON_POSTGRES, reason="pages look the same on both databases")
def test_every_page_in_every_theme_at_every_width(house: House, walk: Walk) -> None:
    for stop in stops(house):
        for theme in THEMES:
            for width in WIDTHS:
                walk.look(stop, theme=theme, width=width, narrowest=NARROWEST)
    _nothing_wrong(walk)


def _nothing_wrong(walk: Walk) -> None:
    print(f"{walk.opened} pages opened")
    assert walk.opened > 25
    assert not walk.wrong, "\n".join(dict.fromkeys(walk.wrong))
