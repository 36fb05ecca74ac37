"""A real browser on an installation of its own: what the bench of the browser and `make pictures` share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from serving import served
from visiting import logged_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CASES, CUSTOMERS = 80, 30
Main = tuple[str, str, str]
"""(name, who opens it: a log-in of the demo company or "" for a customer, path)."""


def build_demo() -> None:
    """A small demo company in this process's installation, unless one is there."""
    from goodword.base.core import clock
    from goodword.base.people.models import Account
    from goodword.doors.ops.demo.building import build

    if not Account.objects.exists():
        build(clock.now(), cases=CASES, customers=CUSTOMERS)


def main_pages() -> list[Main]:
    """The pages people look at most, with the demo's objects filled in."""
    from goodword.company.rentals.models import Device, Order
    from goodword.engine.obligations.models import Obligation
    from goodword.voice.cases.models import Case

    new = Case.objects.filter(state="received").order_by("-number").first()
    at_work = Case.objects.filter(state="investigating").order_by("-number").first()
    ended = Case.objects.filter(state="closed", kind="complaint").order_by("-number").first()
    duty = Obligation.objects.filter(state="open", subject_type="case").order_by("due_at").first()
    account = next(iter(_accounts("engineer1")))
    order = Order.objects.order_by("number").first()
    device = Device.objects.order_by("serial").first()
    fresh, busy, over = (case or Case.objects.order_by("-number")[0] for case in (new, at_work, ended))
    return [
        ("login", "", "/login/"),
        ("report", "", "/p/"),
        ("track", "", "/p/track/"),
        ("ways", "", "/p/channels/"),
        ("desk", "intake1", "/"),
        ("desk-team", "lead", "/?whose=team"),
        ("cases", "lead", "/cases/"),
        ("cases-late", "lead", "/cases/?overdue=1"),
        ("board", "lead", "/cases/board/?state=open"),
        ("intake", "intake1", "/cases/new/"),
        ("case-new", "intake1", f"/cases/{fresh.number}/"),
        ("case-open", "lead", f"/cases/{busy.number}/"),
        ("case-closed", "lead", f"/cases/{over.number}/"),
        ("checks", "lead", "/cases/checks/"),
        ("customers", "lead", "/customers/"),
        ("customer", "lead", f"/customers/{over.customer.number if over.customer else 1}/"),
        ("orders", "lead", "/orders/"),
        ("orders-late", "lead", "/orders/?delivery=late"),
        ("devices", "lead", "/devices/"),
        ("codes", "lead", "/codes/"),
        ("comparison", "lead", f"/cases/{busy.number}/comparison/?other={fresh.number}"),
        ("case-scripts", "lead", f"/cases/{busy.number}/scripts/"),
        ("heard", "engineer1", "/heard/"),
        ("calls", "intake1", "/calls/"),
        ("search", "lead", "/search/?q=编码"),
        ("order", "lead", f"/orders/{order.number}/" if order else "/orders/"),
        ("device", "lead", f"/devices/{device.serial}/" if device else "/devices/"),
        ("regulations", "dgm", "/regulations/"),
        ("clause", "dgm", "/regulations/FB-3.2a/"),
        ("obligation", "dgm", f"/regulations/obligations/{duty.pk}/" if duty else "/regulations/"),
        ("reader", "dgm", "/regulations/reader/"),
        ("notices", "lead", "/notices/"),
        ("ledger", "lead", "/ledger/"),
        ("profile", "engineer1", "/profile/"),
        ("people", "admin", "/settings/people/"),
        ("person", "admin", f"/settings/people/{account.pk}/"),
        ("scripts", "lead", "/settings/scripts/"),
        ("channels", "admin", "/settings/channels/"),
        ("calendars", "admin", "/settings/calendars/"),
        ("company", "admin", "/settings/company/"),
        ("roles", "admin", "/settings/roles/"),
        ("departments", "admin", "/settings/departments/"),
        ("groups", "admin", "/settings/groups/"),
        ("settings-notices", "admin", "/settings/notices/"),
        ("settings-ways", "admin", "/settings/ways/"),
        ("webhooks", "admin", "/settings/webhooks/"),
        ("undelivered", "admin", "/notices/undelivered/"),
        ("unread", "admin", "/notices/unread/"),
        ("hotline", "admin", "/settings/hotline/"),
        ("mailboxes", "admin", "/settings/mailboxes/"),
        ("mailbox-new", "admin", "/settings/mailboxes/new/"),
        ("mails-aside", "lead", "/mails/"),
        ("wechat", "admin", "/settings/wechat/"),
        ("wecom", "admin", "/settings/wecom/"),
        ("app", "admin", "/settings/app/"),
        ("chats", "intake1", "/chats/"),
        ("chat", "", "/p/chat/"),
        ("capture", "engineer1", "/capture/"),
        ("capture-shop", "intake1", "/capture/shop/"),
        ("tokens", "admin", "/settings/tokens/"),
        ("rosters", "admin", "/settings/rosters/"),
        ("figures", "dgm", "/settings/figures/"),
        ("help", "lead", "/help/"),
        ("styleguide", "lead", "/styleguide/"),
    ]


def _accounts(*usernames: str) -> list[Any]:
    from goodword.base.people.models import Account

    return list(Account.objects.filter(username__in=usernames))


def session_of(username: str) -> list[dict[str, Any]]:
    """The cookies of somebody logged in, second factor shown where one is owed; none for a customer."""
    if not username:
        return []
    key = logged_in(_accounts(username)[0]).session.session_key
    return [{"name": "sessionid", "value": key, "domain": "127.0.0.1", "path": "/"}]


@contextmanager
def browser_at_work() -> Iterator[tuple[Browser, str]]:
    """A browser, and the address of a server of this process's installation."""
    import os

    from playwright.sync_api import sync_playwright

    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        raise SystemExit("no chromium here: scripts/ensure_chromium.sh")
    # The driver runs an event loop in this thread, in which Django would refuse to use its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with served() as (port, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser, f"http://127.0.0.1:{port}"
        browser.close()
