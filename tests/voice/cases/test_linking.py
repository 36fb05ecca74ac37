"""Links, and duplicates that are proposed but never merged alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import FAULT, RUDE, Cast, a_case

from goodword.base.core.errors import Forbidden, Invalid, Refused
from goodword.base.people.actors import SYSTEM
from goodword.company.customers.actions.registering import register
from goodword.company.customers.checking import ContactFacts
from goodword.engine.journal.models import Entry
from goodword.engine.policy.actions import editions
from goodword.engine.policy.queries import values_of
from goodword.voice.cases.actions import linking
from goodword.voice.cases.models import Case, DuplicateProposal, Link
from goodword.voice.cases.queries import duplicates

DAY = timedelta(days=1)


def test_a_link_is_journalled_on_both_and_the_same_again_changes_nothing(cast: Cast):
    one, other = a_case(cast), a_case(cast, text=RUDE)
    made = linking.link(one, other, by=cast.intake.by, at=cast.at, relation="related")
    assert linking.link(other, one, by=cast.intake.by, at=cast.at, relation="related") == made
    assert Link.objects.count() == 1
    entries = Entry.objects.filter(kind="case.linked").order_by("pk")
    assert [(e.subject_id, e.facts["other"]) for e in entries] == [
        (str(one.pk), str(other.pk)),
        (str(other.pk), str(one.pk)),
    ]


def test_links_to_itself_unknown_or_contradicting_ones_are_refused(cast: Cast):
    one, other = a_case(cast), a_case(cast, text=RUDE)
    with pytest.raises(Refused):
        linking.link(one, one, by=cast.intake.by, at=cast.at, relation="related")
    with pytest.raises(Invalid):
        linking.link(one, other, by=cast.intake.by, at=cast.at, relation="cousin")
    linking.link(one, other, by=cast.intake.by, at=cast.at, relation="follows")
    with pytest.raises(Refused):
        linking.link(other, one, by=cast.intake.by, at=cast.at, relation="follows")
    with pytest.raises(Forbidden):
        linking.link(one, other, by=cast.engineer.by, at=cast.at, relation="related")


def test_the_same_matter_over_another_channel_is_proposed_as_soon_as_it_comes(cast: Cast):
    first = a_case(cast)
    second = a_case(cast, channel="wechat", text=f"你好,{FAULT}", at=cast.at + DAY)
    proposal = second.duplicates.get()
    assert (proposal.other, proposal.state) == (first, "proposed")
    assert proposal.nearness > 0.8
    assert linking.propose_duplicates(second.pk, at=cast.at + DAY) == []
    assert linking.propose_duplicates(first.pk, at=cast.at + DAY) == []


def test_another_matter_another_customer_or_long_ago_is_not_proposed(cast: Cast):
    other = register(kind="streamer", name="李示例", by=SYSTEM, at=cast.at)
    a_case(cast)
    a_case(cast, text=RUDE)
    a_case(cast, customer=other, contact=None, order=None)
    assert not DuplicateProposal.objects.exists()
    a_case(cast, at=cast.at + 15 * DAY)
    assert not DuplicateProposal.objects.exists()


def test_the_nearest_is_proposed_first(cast: Cast):
    near, nearer = a_case(cast, text="摄像机黑屏,请尽快处理一下"), a_case(cast, text=FAULT)
    DuplicateProposal.objects.all().delete()
    case = a_case(cast, text=FAULT)
    DuplicateProposal.objects.all().delete()
    assert [p.other for p in linking.propose_duplicates(case.pk, at=cast.at)] == [nearer, near]


def test_what_a_person_dismissed_is_not_proposed_again(cast: Cast):
    a_case(cast)
    case = a_case(cast)
    proposal = linking.dismiss_duplicate(case.duplicates.get(), by=cast.intake.by, at=cast.at)
    assert proposal.state == "dismissed"
    assert Entry.objects.filter(subject_id=str(case.pk), kind="case.duplicate_dismissed").count() == 1
    assert linking.propose_duplicates(case.pk, at=cast.at) == []
    with pytest.raises(Refused):
        linking.dismiss_duplicate(proposal, by=cast.intake.by, at=cast.at)


LONG = "租的无线麦克风有电流声,换了电池和频道都没用,今晚直播要用,请换一套"


def unknown(cast: Cast, **word: Any) -> Case:
    """A case of nobody known."""
    return a_case(cast, **{"customer": None, "contact": None, "order": None, "channel": "social", **word})


def test_a_long_text_from_nobody_known_finds_its_like_whoever_sent_it_and_a_short_one_does_not(cast: Cast):
    known = a_case(cast, text=LONG)
    again = unknown(cast, text=f"您好,{LONG.replace('麦克风', '麦克疯')}!!", at=cast.at + timedelta(hours=1))
    assert [(one.other, one.state) for one in again.duplicates.all()] == [(known, "proposed")]
    unknown(cast, text="黑屏了,急", channel="app")
    short = unknown(cast, text="黑屏了,急", at=cast.at + timedelta(hours=1))
    assert not short.duplicates.exists()
    assert Case.objects.filter(state="merged").count() == 0


def test_a_mail_address_shared_by_two_customers_is_enough_to_compare(cast: Cast):
    facts = ContactFacts(name="李示例", email="team@example.com")
    one, two = (
        register(kind="company", name=name, contact=facts, by=SYSTEM, at=cast.at)
        for name in ("甲示例社", "乙示例社")
    )
    first = a_case(cast, customer=one, contact=one.contacts.get(), order=None)
    second = a_case(cast, customer=two, contact=two.contacts.get(), order=None, text=f"你好,{FAULT}")
    assert (one.pk != two.pk) == (second.customer_id != first.customer_id)
    assert second.duplicates.get().other == first


def test_the_figures_are_the_companys(cast: Cast):
    figures = {**values_of("FB-3.2a", on=cast.at.date())}
    figures["duplicates"] = {**figures["duplicates"], "near_from": 1}
    made = editions.propose(
        "FB-3.2a",
        values=figures,
        holds_from=cast.at.date(),
        note="只看完全相同",
        by=cast.administrator.by,
        at=cast.at,
    )
    editions.approve(made, by=cast.deputy.by, at=cast.at)
    a_case(cast, order=None)
    assert not a_case(cast, order=None, text=f"你好,{FAULT}").duplicates.exists()
    too_wide = {**figures, "duplicates": {**figures["duplicates"], "near_from": 0.01}}
    day, by, at = cast.at.date(), cast.administrator.by, cast.at
    with pytest.raises(Invalid):
        editions.propose("FB-3.2a", values=too_wide, holds_from=day, note="太宽", by=by, at=at)


def test_looking_for_its_like_costs_the_same_statements_however_many_there_are(cast: Cast):
    for hour in range(4):
        case = unknown(cast, text=f"{LONG}{hour}", at=cast.at + timedelta(hours=hour))
    DuplicateProposal.objects.all().delete()
    with CaptureQueriesContext(connection) as caught:
        found = duplicates.likest(*duplicates.wanted_by([case.pk]), at=case.received_at)
    assert len(found) == 3
    assert len(caught) == 3  # the case, the policy's stamp, the others


def test_no_more_of_the_same_text_are_read_than_are_compared(cast: Cast):
    case = unknown(cast, text=LONG)
    for name in ("sketch_a", "sketch_b", "sketch_c"):
        with connection.cursor() as cursor:
            plan = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
            if connection.vendor == "postgresql":
                # What the index can do is asked, not what pays for the few rows of a test.
                cursor.execute("SET LOCAL enable_seqscan = off")
                cursor.execute("SET LOCAL enable_bitmapscan = off")
                cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute(
                f"{plan} SELECT id FROM cases_case WHERE {name} = %s ORDER BY received_at DESC LIMIT 50",
                [getattr(case, name)],
            )
            told = " ".join(str(row[-1]) for row in cursor.fetchall())
        assert f"case_{name}" in told
        assert "TEMP B-TREE" not in told
        assert "Sort" not in told
