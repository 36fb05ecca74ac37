"""After a standstill people get one line with its counts by clause, not hundreds; what is urgent still rings alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import Cast, a_case, make_cast, triaged

from goodword.base.core import clock
from goodword.base.core.errors import Forbidden, Invalid
from goodword.company.channels.gathering import Gathering, gathering
from goodword.company.channels.models import Notice
from goodword.doors.ops.worker import Worker
from goodword.engine.journal.models import Entry
from goodword.engine.policy.queries import all_clauses
from goodword.wiring.administration.gathering import set_gathering

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
CASES = 12


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(days=2))


def work() -> None:
    """One worker until nothing is left to do."""
    worker = Worker(name="a")
    while worker.one_pass():
        pass


def alarms_of(clause: str) -> int:
    return Entry.objects.filter(kind__startswith="obligation.", facts__clause=clause).count()


def untriaged_since_yesterday(cast: Cast) -> None:
    for number in range(CASES):
        a_case(cast, at=clock.now() - timedelta(days=1, seconds=number))


def test_a_day_of_late_alarms_is_one_line_each_with_counts_by_clause_and_the_journal_has_them_all(cast: Cast):
    untriaged_since_yesterday(cast)
    work()
    assert alarms_of("FB-3.2a") >= CASES * 4, "warned, late, and each rung of the ladder, for each case"
    late = Notice.objects.filter(digest=True)
    assert {late.filter(account=account).count() for account in {n.account_id for n in late}} == {1}
    told = sum(notice.count for notice in late)
    assert told > CASES * 4
    for notice in late:
        assert sum(notice.parts.values()) == notice.count
        assert "FB-3.2a" in notice.parts
    assert not Notice.objects.filter(digest=False, kind__startswith="obligation.").exists()


def test_the_inbox_lists_the_clauses_of_a_digest_with_links(cast: Cast):
    untriaged_since_yesterday(cast)
    work()
    client = Client()
    client.force_login(cast.lead.account)
    page = client.get("/notices/").content.decode()
    assert 'href="/regulations/FB-3.2a/?outcome=overdue"' in page
    assert client.get("/regulations/FB-3.2a/?outcome=overdue").status_code == 200


def test_an_urgent_clause_is_never_buried(cast: Cast):
    untriaged_since_yesterday(cast)
    urgent = triaged(cast, at=clock.now() - timedelta(days=1), severity="urgent")
    work()
    alone = Notice.objects.filter(digest=False, kind="obligation.breached", subject_id=str(urgent.pk))
    ringing = {c.id for c in all_clauses().values() if c.binding is not None and c.binding.rings_alone}
    assert {"FB-3.2b", "FB-4.1a"} <= set(alone.values_list("clause_id", flat=True)) <= ringing
    assert alone.filter(urgent=True).count() == alone.count()
    assert not any(ringing & notice.parts.keys() for notice in Notice.objects.filter(digest=True))


def test_an_alarm_in_time_rings_alone_whatever_its_clause(cast: Cast):
    case = a_case(cast, at=clock.now() - 11 * MINUTE)
    work()
    assert Notice.objects.filter(subject_id=str(case.pk), kind="obligation.breached", digest=False).exists()


def test_from_when_alarms_are_gathered_is_the_companys_choice_and_journalled(cast: Cast):
    assert gathering() == Gathering()
    chosen = set_gathering(after=30 * MINUTE, lasts=120 * MINUTE, by=cast.administrator.by, at=clock.now())
    assert gathering() == chosen == Gathering(30 * MINUTE, 120 * MINUTE)
    assert Entry.objects.get(kind="company.gathering_set").facts == {"after": 1800, "lasts": 7200}
    case = a_case(cast, at=clock.now() - 25 * MINUTE)
    work()
    assert Notice.objects.filter(subject_id=str(case.pk), kind="obligation.breached", digest=False).exists()
    with pytest.raises(Forbidden):
        set_gathering(after=MINUTE * 10, lasts=MINUTE * 10, by=cast.lead.by, at=clock.now())
    with pytest.raises(Invalid):
        set_gathering(after=MINUTE, lasts=MINUTE * 10, by=cast.administrator.by, at=clock.now())


def test_the_settings_page_shows_and_keeps_the_choice(cast: Cast):
    client = Client()
    client.force_login(cast.administrator.account)
    assert "FB-3.2b" in client.get("/settings/notices/").content.decode()
    assert client.post("/settings/notices/", {"after": "2", "lasts": "60"}).status_code == 422
    assert client.post("/settings/notices/", {"after": "10", "lasts": "90"}).status_code == 302
    assert gathering() == Gathering(10 * MINUTE, 90 * MINUTE)
    assert 'value="90"' in client.get("/settings/notices/").content.decode()
    client.force_login(cast.lead.account)
    assert client.get("/settings/notices/").status_code == 403
