"""Presence on the case page: among those who see the case, at a small and fixed cost."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast as people
from tests.cast import Cast

from goodword.base.core import clock
from goodword.voice.cases.actions import replying
from goodword.voice.cases.models import Presence

ASKED = {"since": "0", "answering": "1"}


ASKED = {"since": "0", "answering": "1"}


def a_case(cast: Cast):
    return people.triaged(cast, at=clock.now() - timedelta(hours=1))


def test_who_else_is_there_and_writes_and_what_was_sent_meanwhile(cast: Cast, browse):
    case = a_case(cast)
    at = f"/cases/{case.number}/presence/"
    engineer, lead = browse(cast.engineer), browse(cast.lead)
    page = lead.get(f"/cases/{case.number}/").content.decode()
    assert 'hx-vals=\'{"since": "0", "answering": "1"}\'' in page
    engineer.post(at, {"writing": "1"})
    assert "陈工程" in lead.get(f"/cases/{case.number}/").content.decode()
    told = lead.post(at, ASKED).content.decode()
    assert "陈工程 正在写回复" in told
    assert "presence-reply" not in lead.post(at, {"since": "0"}).content.decode()
    replying.reply(case, by=cast.engineer.by, at=clock.now(), text="电话 13800001234 已联系", purpose="other")
    told = lead.post(at, ASKED).content.decode()
    assert "陈工程 刚刚已经回复了客户" in told
    assert "13800001234" not in told
    assert "刚刚已经回复" not in engineer.post(at, ASKED).content.decode()
    for since in ("x", "9" * 40, "-1", "²"):
        assert lead.post(at, {"since": since}).status_code == 200


def test_whoever_does_not_see_the_case_is_not_told_and_not_counted(cast: Cast, browse):
    case = a_case(cast)
    assert browse(cast.warehouse_head).post(f"/cases/{case.number}/presence/").status_code == 404
    assert not Presence.objects.exists()


def test_one_colleague_or_five_cost_the_same(cast: Cast, browse):
    case, client = a_case(cast), browse(cast.intake)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.post(f"/cases/{case.number}/presence/")
        return len(queries)

    cost()
    alone = cost()
    for member in (cast.lead, cast.engineer, cast.technology_head, cast.callback):
        browse(member).post(f"/cases/{case.number}/presence/")
    assert cost() == alone == 6  # session, account, rights, case, who is there, what was sent
