"""The chat on somebody else's website: one line of script, a frame of ours, answered at the workbench in place."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from tests.cast import Cast
from tests.e2e.test_all_pages_in_browser import Walk
from tests.support.appbox import opened, wrote

from goodword.base.core import clock
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.app.models import ChatTurn
from goodword.voice.cases.models import Case

pytestmark = [pytest.mark.browser, pytest.mark.either, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server: object) -> Iterator[str]:
    """Another origin than ours, with the one line of script in its page."""
    words = f'<!doctype html><html lang="zh"><title>示例商店</title><script src="{live_server}/p/widget.js" async></script><h1>示例商店</h1></html>'

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            if self.path == "/":
                self.wfile.write(words.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_customer_of_a_site_is_answered_where_they_are(company: Cast, visit, at_work, site, picture):
    opened(origins=(site,))
    customer = visit(width=390)
    customer.goto(f"{site}/")
    customer.click("button:has-text('在线咨询')")
    chat = customer.frame_locator("iframe")
    chat.locator("#id_text").fill("直播间没有声音")
    chat.locator("#id_text").press("Enter")
    chat.locator(".chat__line--you").wait_for()
    picture(customer, "chat-site-390-zh")
    agent = at_work(company.intake)
    agent.wait_for_selector("#chats-waiting .on-the-line")
    agent.goto("/chats/")
    picture(agent, "chats-1280-zh")
    agent.click("[data-open]")
    agent.fill(".opened__card [name=text]", "您好，我来看。")
    agent.wait_for_timeout(3500)  # the board asks anew meanwhile
    assert agent.input_value(".opened__card [name=text]") == "您好，我来看。"
    agent.click(".opened__card button:has-text('发送')")
    agent.wait_for_selector("#said a")
    assert ChatTurn.objects.get(case_id=Case.objects.get().pk).answered_by == company.intake.account
    deliver(now=clock.now(), worker="w")
    chat.locator(".chat__line--us").wait_for()
    customer.reload()
    customer.click("button:has-text('在线咨询')")
    assert chat.locator(".chat__line--us").inner_text().startswith("您好，我来看。")


@pytest.mark.slow
def test_its_pages_are_usable_by_everybody_on_any_screen(
    company: Cast, visit, at_work, chromium, live_server, picture
):
    walk = Walk(chromium, str(live_server))
    opened()
    wrote("直播间没有声音，" * 12, at=clock.now())
    chat = visit(width=390)
    chat.goto("/p/chat/")
    chat.fill("#id_text", "LongWordWithoutAnyBlank" * 12)
    chat.press("#id_text", "Enter")
    chat.locator(".chat__line--you").wait_for()
    agent = at_work(company.intake, width=1024)
    for page, path in ((chat, ""), (agent, "/chats/"), (agent, "/capture/"), (agent, "/capture/shop/")):
        if path:
            page.goto(path)
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            walk.judge(page, f"{path or '/p/chat/'} {theme}", (1024, 390, 360))
        picture(page, f"fits-{path.strip('/').replace('/', '-') or 'chat'}")
    assert walk.wrong == []
