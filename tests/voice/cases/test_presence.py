"""Who is before a case: known for a minute, written down seldom, journalled nowhere."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, triaged

from goodword.engine.journal.models import Entry
from goodword.voice.cases import presence
from goodword.voice.cases.actions import replying
from goodword.voice.cases.models import Presence

SECOND = timedelta(seconds=1)


def names(rows) -> list[tuple[str, bool]]:
    return [(row.account.person.name, row.is_writing) for row in rows]


def test_others_are_seen_for_a_minute_and_those_who_write_come_first(cast: Cast):
    case, at = triaged(cast), cast.at
    before = Entry.objects.count()
    assert presence.here(case, by=cast.lead.by, at=at, is_writing=False) == []
    presence.here(case, by=cast.intake.by, at=at, is_writing=False)
    assert names(presence.here(case, by=cast.engineer.by, at=at, is_writing=True)) == [
        ("林受理", False),
        ("周主管", False),
    ]
    seen = presence.here(case, by=cast.intake.by, at=at + 20 * SECOND, is_writing=False)
    assert names(seen) == [("陈工程", True), ("周主管", False)]
    assert presence.here(case, by=cast.callback.by, at=at + 70 * SECOND, is_writing=False) == []
    assert presence.here(triaged(cast), by=cast.lead.by, at=at, is_writing=False) == []
    assert presence.forget(at + 70 * SECOND) == 4
    assert Presence.objects.count() == 1
    assert Entry.objects.filter(subject_id=str(case.pk)).count() <= before


def test_a_page_that_says_so_every_few_seconds_writes_twice_a_minute(cast: Cast):
    case, writes = triaged(cast), []
    for second in range(0, 60, 10):
        with CaptureQueriesContext(connection) as queries:
            presence.here(case, by=cast.lead.by, at=cast.at + second * SECOND, is_writing=False)
        writes.append(sum("SELECT" not in query["sql"][:7] for query in queries))
    assert [second * 10 for second, count in enumerate(writes) if count] == [0, 30]
    with CaptureQueriesContext(connection) as queries:
        presence.here(case, by=cast.lead.by, at=cast.at + 61 * SECOND, is_writing=True)
    assert any("UPDATE" in query["sql"] for query in queries)


def test_what_a_colleague_sent_since_is_told_and_ones_own_is_not(cast: Cast):
    case = triaged(cast)
    at = case.changed_at
    assert presence.newest_answer(case) == 0
    replying.reply(case, by=cast.engineer.by, at=at + SECOND, text="在查", purpose="other")
    seen = presence.newest_answer(case)
    replying.reply(case, by=cast.engineer.by, at=at + 2 * SECOND, text="查到了", purpose="other")
    replying.reply(case, by=cast.lead.by, at=at + 3 * SECOND, text="我也看过", purpose="other")
    assert [m.text for m in presence.answers_since(case, seen, by=cast.lead.by)] == ["查到了"]
