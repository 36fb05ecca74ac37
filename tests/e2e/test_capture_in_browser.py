"""Taking down on site without a line: the page opens, two entries wait, and when there is a line each is there once."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cast import Cast

from goodword.engine.attachments.models import Attachment
from goodword.voice.cases.models import Case

pytestmark = [pytest.mark.browser, pytest.mark.either, pytest.mark.django_db(transaction=True)]
PIXELS = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
WAITING = "() => new Promise((done) => { const asked = indexedDB.open('goodword-capture'); asked.onsuccess = () => { const all = asked.result.transaction('entries').objectStore('entries').count(); all.onsuccess = () => { asked.result.close(); done(all.result); }; }; })"


def test_two_entries_taken_down_off_line_arrive_once(
    company: Cast, at_work, complaints, picture, tmp_path: Path
):
    photo = tmp_path / "photo.png"
    photo.write_bytes(PIXELS)
    phone = at_work(company.engineer, width=390)
    phone.goto("/capture/")
    phone.evaluate("navigator.serviceWorker.ready")
    phone.reload()  # from now on the worker has the page
    phone.wait_for_load_state("networkidle")
    phone.context.set_offline(True)
    phone.goto("/capture/")
    for words in ("少一根线", "箱子坏了"):
        phone.check("[name=channel][value=return_desk]")
        phone.fill("[name=return_desk-said]", words)
        phone.set_input_files("#id_photos", str(photo))
        phone.click("main form button[type=submit]")
        phone.wait_for_function("document.querySelector('[data-said]').textContent.includes('已记下')")
        phone.wait_for_function("document.querySelector('[name=return_desk-said]').value === ''")
    phone.wait_for_selector("[data-waiting]:has-text('2')")
    picture(phone, "capture-offline-390-zh")
    assert not Case.objects.exists()
    phone.context.set_offline(False)
    phone.wait_for_selector("[data-waiting]", state="hidden")
    assert sorted(case.text.splitlines()[0] for case in Case.objects.all()) == [
        "客户说了什么：少一根线",
        "客户说了什么：箱子坏了",
    ]
    assert Attachment.objects.count() == 2
    assert phone.evaluate(WAITING) == 0
    complaints[:] = [one for one in complaints if "ERR_INTERNET_DISCONNECTED" not in one]
