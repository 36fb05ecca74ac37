"""FB-1.3a: personal data are masked; whoever needs more says why, and the sight is recorded."""

from __future__ import annotations

import pytest
from tests.cast import PHONE, Cast, a_case
from tests.clauses.telling import when

from goodword.base.core.errors import Forbidden, Invalid
from goodword.company.customers.actions.revealing import reveal
from goodword.company.customers.queries import reveals_of
from goodword.engine.journal.models import Entry
from goodword.voice.cases.queries import timeline

ID = "FB-1.3a"


def test_surname_and_last_four_digits_are_all_that_shows(cast: Cast) -> None:
    assert (str(cast.contact.name), str(cast.contact.phone)) == ("张**", f"尾号 {PHONE[-4:]}")
    case = a_case(cast, text=f"请回电 {PHONE},或写信到 zhang@example.com。")
    story = " ".join(moment.text for moment in timeline.of(case))
    assert "尾号 1234" in story
    assert PHONE not in story
    assert "zhang@example.com" not in story


def test_the_reason_is_kept_with_who_looked_at_what_and_when(cast: Cast) -> None:
    at = when("2026-01-05 11:00")
    assert reveal(cast.contact, "phone", by=cast.lead.by, at=at, reason="客户要求电话回访") == PHONE
    (kept,) = reveals_of(cast.customer)
    assert (kept.by, kept.field, kept.reason, kept.at) == (cast.lead.account, "phone", "客户要求电话回访", at)
    entry = Entry.objects.get(kind="customer.revealed")
    assert (entry.by, entry.facts["field"]) == (cast.lead.account, "phone")


def test_without_a_reason_nothing_is_shown_and_the_clause_says_so(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        reveal(cast.contact, "phone", by=cast.lead.by, at=cast.at, reason=" ")
    assert (refused.value.clauses, refused.value.fields) == ((ID,), {"reason": "4–400"})
    assert not reveals_of(cast.customer)


def test_a_role_that_does_not_need_it_never_sees_it(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        reveal(cast.contact, "phone", by=cast.engineer.by, at=cast.at, reason="客户要求电话回访")


def test_the_journal_never_holds_a_personal_value(cast: Cast) -> None:
    a_case(cast, text=f"我是张测试,电话 {PHONE}。")
    reveal(cast.contact, "phone", by=cast.lead.by, at=cast.at, reason="客户要求电话回访")
    written = " ".join(str(entry.facts) for entry in Entry.objects.all())
    assert PHONE not in written
    assert "张测试" not in written
