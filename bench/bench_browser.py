"""What a browser has to fetch and how soon it answers, beside the budgets of the design: weight, interaction, shift.

    python bench/bench_browser.py

first_kb: everything the first visit fetches, each file by gzip, in kB of 1,000 bytes (staff below 150, public below 60).
worst_ms: the slowest of the page's interactions from the key or click to the next paint (below 100), as the browser
itself times it, in steps of 8 ms; 0: none took 16 ms. shift: how much of the page moved by itself (none).
"""

from __future__ import annotations

import argparse
import gzip
from typing import TYPE_CHECKING, Any

from browsing import Main, browser_at_work, build_demo, main_pages, session_of
from harness import Row, run, start_django

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BUDGET = {"staff_kb": 150, "public_kb": 60, "worst_ms": 100, "shift": 0}
WATCH = """
window.seen = {shift: 0, slowest: 0};
new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.seen.shift += e.value; })
  .observe({type: "layout-shift", buffered: true});
new PerformanceObserver((list) => { for (const e of list.getEntries()) window.seen.slowest = Math.max(window.seen.slowest, e.duration); })
  .observe({type: "event", buffered: true, durationThreshold: 16});
"""
KEYS = ("j", "k", "j", "?", "Escape", "/", "1", "2", "Escape")
"""Next and previous row, the help, search and two signs typed into it."""
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def measure(options: argparse.Namespace) -> list[Row]:
    """Every main page, each in a browser that has never been here."""
    start_django()
    build_demo()
    pages = [(page, session_of(page[1])) for page in main_pages() if options.pages in page[0]]
    with browser_at_work() as (browser, server):
        return [visit(browser, server, page, cookies) for page, cookies in pages]


def visit(browser: Browser, server: str, main: Main, cookies: list[dict[str, Any]]) -> Row:
    """One page: its weight by kind, its slowest interaction, its shift, and whether all is within the budget."""
    name, who, path = main
    window = browser.new_context(base_url=server, locale="zh-CN", viewport={"width": 1440, "height": 900})
    window.add_cookies(cookies)
    page = window.new_page()
    page.add_init_script(WATCH)
    weights: dict[str, int] = {}

    def weigh(answer: Any) -> None:
        weights[answer.url] = len(gzip.compress(answer.body(), 9)) if answer.status == 200 else 0

    page.on("response", weigh)
    answer = page.goto(path, wait_until="networkidle")
    if answer is None or answer.status != 200:
        raise SystemExit(f"{name}: {path} did not open")
    work(page)
    seen = page.evaluate("window.seen")
    first = sum(weights.values()) / 1000
    most = BUDGET["staff_kb" if who else "public_kb"]
    window.close()
    return {
        "page": name,
        "files": len(weights),
        "first_kb": round(first, 1),
        "budget_kb": most,
        "worst_ms": seen["slowest"],
        "shift": round(seen["shift"], 4),
        "within": first < most and seen["slowest"] < BUDGET["worst_ms"] and seen["shift"] <= BUDGET["shift"],
    }


def work(page: Page) -> None:
    """A few keys as somebody at work presses them, each waited for until it is painted."""
    for key in KEYS:
        page.keyboard.press(key)
        page.evaluate(PAINTED)


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pages", default="", help="only those whose name contains it")


if __name__ == "__main__":
    run("browser", measure, script=__file__, options=_options)
