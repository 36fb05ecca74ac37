"""FB-2.1a: feedback from every channel the regulation names leads to one intake."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.cast import Cast, duty
from tests.clauses.telling import when
from tests.support.appbox import opened, wrote
from tests.support.hotline import CALLER, connected

from goodword.base.core.errors import Forbidden, Invalid
from goodword.base.core.transactions import one_fact
from goodword.company.channels.correspondence.arriving import ArrivedFile
from goodword.company.channels.hotline.actions import by_hand
from goodword.company.channels.hotline.actions.attaching import attach
from goodword.company.channels.models import InboundMessage
from goodword.company.rentals.codes import Place, code_of
from goodword.engine.attachments.models import Attachment
from goodword.engine.journal.models import Entry
from goodword.engine.policy.queries import values_of
from goodword.voice.cases.actions.receiving import Word, receive
from goodword.voice.cases.models import Case
from goodword.wiring.capturing import OnSite, Transcript, take_on_site, take_transcript

ID = "FB-2.1a"
AT = when("2026-01-05 10:00")
PNG = b"\x89PNG\r\n\x1a\n" + b"invented"


def rang(cast: Cast) -> object:
    """A call that was answered, taken down as a case."""
    connected()
    call = by_hand.write_down(
        direction="in", number=CALLER, began_at=AT, answered=True, rang_for=6, by=cast.intake.by, at=AT
    )
    case = receive(Word("镜头有灰", "hotline", outside_id=f"call:{call.pk}"), by=cast.intake.by, at=AT).case
    attach(call, case.pk, by=cast.intake.by, at=AT)
    return case.pk


def on_site(channel: str) -> Callable[[Cast], object]:
    def taken(cast: Cast) -> object:
        seen = OnSite(f"key-of-{channel}-0001", channel, "", {"said": "镜头有灰"}, AT)
        return take_on_site(seen, by=cast.engineer.by, at=AT).case_id

    return taken


def pasted(cast: Cast) -> object:
    chat = Transcript("key-of-a-chat-0001", "示例旗舰店", "买家甲", "", "买家甲: 镜头有灰")
    return take_transcript(chat, by=cast.intake.by, at=AT).case_id


WAYS: dict[str, Callable[[Cast], object]] = {
    "hotline": rang,
    "mail": lambda _: wrote(at=AT, channel="mail", user="who@invented.example", is_talk=False).case_id,
    "wechat": lambda _: wrote(at=AT, channel="wechat", user="open-id-invented").case_id,
    "app": lambda _: wrote(at=AT).case_id,
    "shop": pasted,
    "store_box": on_site("store_box"),
    "delivery": on_site("delivery"),
    "return_desk": on_site("return_desk"),
}


def test_every_channel_of_the_clause_is_driven_here(cast: Cast) -> None:
    named = {one["code"] for one in values_of(ID, on=AT.date())["channels"]}
    assert named == set(WAYS)


@pytest.mark.parametrize("channel", WAYS)
def test_what_comes_by_it_is_a_case_of_the_one_intake_with_its_clocks(cast: Cast, channel: str) -> None:
    opened()
    case = Case.objects.get(pk=WAYS[channel](cast))
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
