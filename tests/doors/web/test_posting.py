"""The case page says how each message to the customer went."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import Cast
from tests.support.lines import REFUSED, lines

from goodword.base.core import clock
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.correspondence.actions.arriving import arrive
from goodword.company.channels.correspondence.actions.heard import bounced, delivered
from goodword.company.channels.correspondence.arriving import Arrived
from goodword.company.channels.correspondence.models import Letter, Party
from goodword.voice.cases.models import Case

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def test_a_message_is_sent_then_arrived_or_went_another_way_and_why(cast: Cast, browse) -> None:
    now = clock.now() - timedelta(hours=1)
    with lines("wechat", "wecom") as line:
        taken = arrive(Arrived("wechat", "m1", "invented-open-id", "直播机黑屏了", now))
        arrive(Arrived("wecom", "w1", "invented-external-id", "还有一件事", now))
        Party.objects.update(contact_id=cast.contact.pk)
        Case.objects.update(contact=cast.contact, customer=cast.customer)
        case = Case.objects.get(pk=taken.case_id)
        desk = browse(cast.intake)

        def page() -> str:
            return desk.get(f"/cases/{case.number}/").content.decode()

        assert "发给 i***（微信公众号）" in page()
        assert "invented-open-id" not in page()
        assert "待发送" in page()
        deliver(now=now, worker="w")
        assert "已送出" in page()
        receipt = Letter.objects.get(purpose="receipt", channel="wechat")
        assert delivered("wechat", receipt.outside_id, at=now)
        assert "已送达" in page()
        line.refuses = True
        desk.post(f"/cases/{case.number}/replies/", {"text": "马上处理。", "purpose": "progress"})
        deliver(now=clock.now(), worker="w")
        assert f"未送达（{REFUSED}） → 微信客服 待发送" in page()
        line.refuses = False
        deliver(now=clock.now(), worker="w")
        assert "微信客服 已送出" in page()


def test_a_letter_that_comes_back_is_no_more_said_to_have_arrived(cast: Cast, browse) -> None:
    now = clock.now() - timedelta(hours=1)
    with lines("wechat"):
        taken = arrive(Arrived("wechat", "m1", "invented-open-id", "直播机黑屏了", now))
        deliver(now=now, worker="w")
        letter = Letter.objects.get(case_id=taken.case_id)
        bounced("wechat", letter.outside_id, why="no such person", at=now, for_good=True)
        page = (
            browse(cast.intake).get(f"/cases/{Case.objects.get(pk=taken.case_id).number}/").content.decode()
        )
    assert "未送达（no such person）" in page
    assert "消息未能送达" in page
    assert "这个渠道现在送不到" in page
    assert Party.objects.get(channel="wechat").gone_at is not None


def test_files_beside_an_answer_go_along_with_it(cast: Cast, browse) -> None:
    now = clock.now() - timedelta(hours=1)
    with lines("wechat") as line:
        case = Case.objects.get(pk=arrive(Arrived("wechat", "m1", "invented", "怎么接线", now)).case_id)
        picture = SimpleUploadedFile("接线图.png", PNG, content_type="image/png")
        typed = {"text": "按图接线即可。", "purpose": "answer", "attached": picture}
        browse(cast.intake).post(f"/cases/{case.number}/replies/", typed)
        deliver(now=clock.now(), worker="w")
    assert [[file.name for file in letter.files] for letter in line.given] == [[], ["接线图.png"]]
