"""A real browser against a live server; pictures are kept where GOODWORD_PICTURES names a folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from tests.cast import Cast, Member

PASSWORD = "an-invented-password"
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--lang=zh-CN"]
EXPECTED = ("status of 409", "Status Error Code 409", "status of 422")
"""A refusal is an answer of such a status; browser and htmx write it to the console too."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of the session."""
    from playwright.sync_api import sync_playwright

    path = next(
        found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))
    )
    # The driver runs an event loop in this thread, in which Django would refuse to use its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")


@pytest.fixture
def company(transactional_db: None) -> Cast:
    """The invented colleagues, each with a password."""
    from tests.cast import make_cast

    from goodword.base.core import clock
    from goodword.base.people.models import Account

    cast = make_cast(clock.now() - timedelta(days=1))
    for account in Account.objects.all():
        account.set_password(PASSWORD)
        account.save()
    return cast


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What browsers complained about on their consoles; there must be nothing in the end."""
    heard: list[str] = []
    yield heard
    assert heard == []


@pytest.fixture
def visit(chromium: Browser, live_server: object, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """`visit(width=390)`: a fresh browser window on the live server."""
    contexts = []

    def opened(*, width: int = 1280, script: bool = True) -> Page:
        context = chromium.new_context(
            base_url=str(live_server),
            locale="zh-CN",
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: _hear(said.type, said.text, complaints))
        return page

    yield opened
    for context in contexts:
        context.close()


def _hear(kind: str, text: str, complaints: list[str]) -> None:
    if kind in {"error", "warning"} and not any(status in text for status in EXPECTED):
        complaints.append(text)


@pytest.fixture
def at_work(visit: Callable[..., Page]) -> Callable[..., Page]:
    """`at_work(cast.intake)`: a window in which a colleague has logged in by the form."""

    def opened(member: Member, **window: object) -> Page:
        page = visit(**window)
        page.goto("/login/")
        page.fill("#id_username", member.account.username)
        page.fill("#id_password", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/")
        return page

    return opened


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keep a picture of the whole page, when pictures are wanted."""
    folder = os.environ.get("GOODWORD_PICTURES")

    def kept(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)

    return kept
