"""Two colleagues before one case: a script by `/`, a pasted file, an answer sent meanwhile; then two cases become one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.cast import Cast

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOX = "#do-case-replies textarea"
PASTE = """box => {
  const carried = new DataTransfer();
  carried.items.add(new File([Uint8Array.from(atob("%s"), sign => sign.charCodeAt(0))], "screen.png", {type: "image/png"}));
  box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: carried, bubbles: true, cancelable: true}));
}"""
PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def send(page: Page) -> None:
    page.click("#reply .form__foot button")


@pytest.mark.either
def test_two_colleagues_before_one_case(company: Cast, at_work, picture):
    from tests.cast import triaged

    from goodword.base.core import clock
    from goodword.engine.attachments.models import Attachment
    from goodword.voice.cases.actions import replying

    case, twin = (triaged(company, at=clock.now() - timedelta(hours=1)) for _ in range(2))
    lead, engineer = at_work(company.lead), at_work(company.engineer, width=390)
    for page in (engineer, lead):
        page.goto(f"/cases/{case.number}/")
    lead.wait_for_selector("#presence >> text=陈工程")
    engineer.click(BOX)
    engineer.keyboard.type("/zzcl")
    engineer.wait_for_selector("#reply li.is-active >> text=/progress")
    engineer.keyboard.press("Enter")
    assert f"工单 #{case.number} 正在处理" in engineer.input_value(BOX)
    assert engineer.input_value("#reply input[name=script]")
    engineer.fill(BOX, "您好，正在查，照片收到了。")
    engineer.eval_on_selector(BOX, PASTE % PICTURE)
    engineer.wait_for_selector("#reply .files__list img")
    picture(engineer, "case-files-390")
    engineer.click("#reply .files__list button")
    assert engineer.locator("#reply .files__list li").count() == 0
    engineer.eval_on_selector(BOX, PASTE % PICTURE)
    replying.reply(case, by=company.lead.by, at=clock.now(), text="先由我答复您", purpose="other")
    send(engineer)
    engineer.wait_for_selector("#presence-reply >> text=周主管 刚刚已经回复了客户")
    assert case.messages.filter(direction="out").count() == 1
    assert "照片收到了" in engineer.input_value(BOX)
    send(engineer)
    engineer.wait_for_selector(".entry--reply >> text=照片收到了")
    assert Attachment.objects.get(subject_id=str(case.pk)).name == "screen.png"
    lead.goto(f"/cases/{twin.number}/?do=merger")
    lead.fill("#id_other", str(case.number))
    lead.click("#deed form button >> text=对照")
    lead.click(f"#comparison button >> text=由 #{case.number} 继续")
    lead.wait_for_url(f"**/cases/{case.number}/")
    lead.wait_for_selector("text=并进来的")
    lead.wait_for_selector(f'.entry[data-on="{twin.number}"]')
