"""Links, and duplicates that are proposed but never merged alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import FAULT, RUDE, Cast, a_case

from goodword.base.core.errors import Forbidden, Invalid, Refused
from goodword.base.people.actors import SYSTEM
from goodword.company.customers.actions.registering import register
from goodword.engine.journal.models import Entry
from goodword.voice.cases.actions import linking
from goodword.voice.cases.models import DuplicateProposal, Link

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
    assert linking.propose_duplicates(second, at=cast.at + DAY) == []
    assert linking.propose_duplicates(first, at=cast.at + DAY) == []


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
    assert [p.other for p in linking.propose_duplicates(case, at=cast.at)] == [nearer, near]


def test_what_a_person_dismissed_is_not_proposed_again(cast: Cast):
    a_case(cast)
    case = a_case(cast)
    proposal = linking.dismiss_duplicate(case.duplicates.get(), by=cast.intake.by, at=cast.at)
    assert proposal.state == "dismissed"
    assert Entry.objects.filter(subject_id=str(case.pk), kind="case.duplicate_dismissed").count() == 1
    assert linking.propose_duplicates(case, at=cast.at) == []
    with pytest.raises(Refused):
        linking.dismiss_duplicate(proposal, by=cast.intake.by, at=cast.at)
