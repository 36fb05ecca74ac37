"""Pictures of the main pages: at three widths in two languages, some of them dark, for people to look at.

    python bench/pictures.py FOLDER [--only TEXT] [--dark] [--installation DIR]

Files are named page-width-language (`case-open-390-en.png`), dark ones end in `-dark`. Without an installation a
small demo company is made for it and thrown away.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from browsing import Main, browser_at_work, build_demo, main_pages, session_of
from harness import installed, start_django

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDTHS = (1440, 1024, 390)
LANGUAGES = {"zh": "zh-hans", "en": "en"}
DARK = ("desk", "case-open", "clause", "report")
"""Also seen in the dark, at the widest and the narrowest."""
TALLEST = 6000
"""Pixels: what of a page is further down is not in its picture."""


def main() -> None:
    """Take them; a page that does not open ends it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--dark", action="store_true", help="every page in the dark too")
    parser.add_argument("--installation", type=Path)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="gw-pictures-") as made:
        data = options.installation or Path(made)
        os.environ |= installed(data.parent, data.name, server="", fresh=False)
        start_django()
        build_demo()
        wanted = [(page, session_of(page[1])) for page in main_pages() if options.only in page[0]]
        with browser_at_work() as (browser, server):
            for page, cookies in wanted:
                take(browser, server, page, cookies, options.folder, dark=options.dark or page[0] in DARK)


def take(
    browser: Browser, server: str, main: Main, cookies: list[dict[str, Any]], folder: Path, *, dark: bool
) -> None:
    """All pictures of one page."""
    name, _, path = main
    for short, language in LANGUAGES.items():
        for theme in ("light", "dark") if dark else ("light",):
            window = browser.new_context(base_url=server, color_scheme=theme)  # type: ignore[arg-type]
            spoken = {"name": "django_language", "value": language, "domain": "127.0.0.1", "path": "/"}
            window.add_cookies([*cookies, spoken])  # type: ignore[list-item]
            page = window.new_page()
            for width in WIDTHS if theme == "light" else (WIDTHS[0], WIDTHS[-1]):
                page.set_viewport_size({"width": width, "height": 900})
                answer = page.goto(path, wait_until="networkidle")
                if answer is None or answer.status != 200:
                    raise SystemExit(f"{name}: {path} did not open")
                tall = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
                page.screenshot(
                    path=folder / f"{name}-{width}-{short}{'-dark' if theme == 'dark' else ''}.png",
                    full_page=True,
                    clip={"x": 0, "y": 0, "width": width, "height": tall},
                )
            window.close()


if __name__ == "__main__":
    main()
