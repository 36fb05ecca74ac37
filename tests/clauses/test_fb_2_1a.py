"""FB-2.1a: feedback from every channel the regulation names leads to one intake."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from tests.cast import Cast, Member, duty
from tests.clauses.telling import when
from tests.company.channels.mail.boxes import a_box
from tests.company.channels.mail.writing import a_mail
from tests.support import appbox, hotline, wechat
from tests.support.mail_servers import DOVECOT, dovecot

from goodword.base.core import clock
from goodword.base.core.errors import Forbidden, Invalid
from goodword.base.core.transactions import one_fact
from goodword.company.channels.correspondence.arriving import ArrivedFile
from goodword.company.channels.hotline.models import Call
from goodword.company.channels.mail.watching import look_once
from goodword.company.channels.models import InboundMessage
from goodword.company.rentals.codes import Place, code_of
from goodword.engine.attachments.models import Attachment
from goodword.engine.journal.models import Entry
from goodword.engine.policy.queries import values_of
from goodword.voice.cases.models import Case
from goodword.wiring.capturing import OnSite, Transcript, take_on_site, take_transcript

ID = "FB-2.1a"
AT = when("2026-01-05 10:00")
PNG = b"\x89PNG\r\n\x1a\n" + b"invented"


def at_the_screen(member: Member) -> Client:
    """A colleague's browser."""
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(member.account)
    return browser


def rang(cast: Cast) -> None:
    """The call centre's webhook tells of a call, and who took it writes the case down from it."""
    hotline.connected()
    hotline.rings("c-1", AT)
    hotline.tells("answered", "c-1", AT)
    said = {"text": "镜头有灰", "channel": "hotline", "call": str(Call.objects.get().pk), "name": "李测试"}
    at_the_screen(cast.intake).post("/cases/new/", said)


def mailed(_cast: Cast) -> None:
    """A mail lies in a real mailbox."""
    if not DOVECOT:
        pytest.skip("no dovecot here: scripts/ensure_dovecot.sh")
    with tempfile.TemporaryDirectory(prefix="gw") as folder, dovecot(Path(folder)) as imap:
        box = a_box(imap_port=imap.port)
        imap.put(box.address, a_mail(to=box.address))
        look_once(box, now=clock.now)


def posted_by_wechat(_cast: Cast) -> None:
    wechat.connected()
    wechat.knock(wechat.words("镜头有灰"))


def told_by_the_app(_cast: Cast) -> None:
    appbox.tells({"user": "u-77", "text": "镜头有灰"})


def typed_on_the_website(_cast: Cast) -> None:
    Client(HTTP_HOST="localhost").post("/p/chat/", {"text": "镜头有灰", "key": "k" * 20})


def on_site(channel: str) -> Callable[[Cast], None]:
    """The phone page of delivery staff, return inspectors and stores."""

    def taken(cast: Cast) -> None:
        entry = {"key": f"key-of-{channel}-0001", "channel": channel, f"{channel}-said": "镜头有灰"}
        at_the_screen(cast.engineer).post("/capture/", entry)

    taken.__name__ = channel
    return taken


def pasted(cast: Cast) -> None:
    chat = {"text": "买家甲: 镜头有灰", "shop": "示例旗舰店", "buyer": "买家甲", "key": "k" * 20}
    at_the_screen(cast.intake).post("/capture/shop/", chat)


DOORS: dict[str, tuple[Callable[[Cast], None], ...]] = {
    "hotline": (rang,),
    "mail": (mailed,),
    "wechat": (posted_by_wechat,),
    "app": (told_by_the_app, typed_on_the_website),
    "shop": (pasted,),
    "store_box": (on_site("store_box"),),
    "delivery": (on_site("delivery"),),
    "return_desk": (on_site("return_desk"),),
}
"""{channel: its own doors}: what stands outside speaks to them as it really does, signed or logged in."""


def test_every_channel_of_the_clause_is_driven_here(cast: Cast) -> None:
    named = {one["code"] for one in values_of(ID, on=AT.date())["channels"]}
    assert named == set(DOORS)


@pytest.mark.parametrize(
    ("channel", "comes"),
    [
        pytest.param(channel, comes, id=comes.__name__, marks=[pytest.mark.either] * (channel == "mail"))
        for channel, doors in DOORS.items()
        for comes in doors
    ],
)
def test_what_comes_by_its_own_door_is_a_case_of_the_one_intake_with_its_clocks(
    cast: Cast, channel: str, comes: Callable[[Cast], None]
) -> None:
    appbox.opened()
    with time_machine.travel(AT, tick=False):
        comes(cast)
    case = Case.objects.get()
    assert (case.channel, case.state) == (channel, "received")
    assert duty(case, "FB-3.2a").due_at == AT + timedelta(minutes=10)


def test_what_is_taken_down_on_site_knows_its_order_keeps_its_photo_and_arrives_once(cast: Cast) -> None:
    code = f"https://goodword.example/p/q/{code_of(Place(order=cast.order))}/"
    answers = {"said": "少一根线", "complete": "n", "pleased": "m"}
    seen = OnSite("k" * 20, "delivery", code, answers, AT - timedelta(hours=2), (ArrivedFile("a.png", PNG),))
    first, again = (take_on_site(seen, by=cast.engineer.by, at=AT) for _ in range(2))
    assert (first.is_new, again.is_new, again.case_id) == (True, False, first.case_id)
    case = Case.objects.get()
    assert case.order == cast.order
    assert case.customer == cast.order.customer
    assert all(words in case.text for words in ("少一根线", "有缺损", "一般", "2026-01-05 08:00"))
    assert case.received_at == AT
    assert Attachment.objects.get(subject_id=str(case.pk)).name == "a.png"
    assert Entry.objects.get(kind="case.captured").by_id == cast.engineer.account.pk
    assert InboundMessage.objects.filter(channel="delivery").count() == 1


def test_a_number_nobody_knows_and_a_store_stay_in_the_words(cast: Cast) -> None:
    typed = OnSite("a" * 20, "return_desk", "ZL-NOWHERE", {"said": "箱子坏了"}, AT)
    hung = OnSite("b" * 20, "store_box", f"/p/q/{code_of(Place(store='示例一店'))}/", {"said": "灯太暗"}, AT)
    for seen, words in ((typed, "ZL-NOWHERE"), (hung, "门店：示例一店")):
        taken = take_on_site(seen, by=cast.engineer.by, at=AT)
        assert words in Case.objects.get(pk=taken.case_id).text


def test_what_says_nothing_or_names_no_channel_is_refused(cast: Cast) -> None:
    for channel, answers in (("delivery", {"said": " "}), ("nowhere", {"said": "有话"})):
        with pytest.raises(Invalid):
            take_on_site(OnSite("k" * 20, channel, "", answers, AT), by=cast.engineer.by, at=AT)
    assert not Case.objects.exists()


def test_the_same_buyer_of_the_same_shop_goes_on_and_others_do_not(cast: Cast) -> None:
    def paste(key: str, shop: str, buyer: str) -> object:
        return take_transcript(
            Transcript(key * 20, shop, buyer, "P-1", f"{buyer}: 还没发货"), by=cast.intake.by, at=AT
        ).case_id

    first = paste("a", "示例旗舰店", "买家甲")
    assert paste("b", "示例旗舰店", "买家甲") == first
    assert len({first, paste("c", "另一示例店", "买家甲"), paste("d", "示例旗舰店", "买家乙")}) == 3
    text = Case.objects.get(pk=first).text
    assert all(words in text for words in ("示例旗舰店", "买家甲", "P-1", "还没发货"))
    with pytest.raises(Forbidden), one_fact():
        take_transcript(Transcript("e" * 20, "店", "", "", "x"), by=cast.engineer.by, at=AT)
