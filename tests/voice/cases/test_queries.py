"""Lists, registers, the story of a case, its tightest duty, the goal SU-4b."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import RUDE, Cast, a_case, a_member, done, triaged

from goodword.base.core.errors import NotFound
from goodword.base.people.actors import CUSTOMER, SYSTEM
from goodword.engine.obligations.models import Obligation
from goodword.engine.obligations.ticking import tick
from goodword.voice.cases.actions import (
    callback,
    closing,
    coordinating,
    merging,
    notes,
    replying,
    waiting,
    withdrawing,
)
from goodword.voice.cases.queries import goals, listing, obligations, registers, timeline

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def seen(actor):
    return set(listing.visible_to(actor))


def found(**asked):
    return set(listing.filtered(listing.visible_to(SYSTEM), **asked))


class TestWhoSeesWhat:
    def test_company_wide_roles_see_all_and_departments_their_own(self, cast: Cast):
        technical, service = triaged(cast), triaged(cast, content="service", department="service", text=RUDE)
        fresh = a_case(cast)
        everything = {technical, service, fresh}
        for member in (cast.intake, cast.lead, cast.callback, cast.deputy):
            assert seen(member.by) == everything
        assert seen(SYSTEM) == everything
        assert seen(cast.engineer.by) == seen(cast.technology_head.by) == {technical}
        assert seen(cast.warehouse_head.by) == set()

    def test_administrators_and_customers_see_no_case(self, cast: Cast):
        triaged(cast)
        assert seen(cast.administrator.by) == seen(CUSTOMER) == set()

    def test_what_is_assigned_owned_watched_or_asked_of_the_department_is_seen_once(self, cast: Cast):
        case = triaged(cast, content="service", department="service", text=RUDE)
        coordinating.ask_help(
            case,
            by=cast.lead.by,
            at=case.changed_at,
            department=cast.department("warehouse"),
            question="库存?",
        )
        coordinating.ask_help(
            case,
            by=cast.lead.by,
            at=case.changed_at,
            department=cast.department("warehouse"),
            question="何时?",
        )
        assert list(listing.visible_to(cast.warehouse_head.by)) == [case]
        watcher = a_member("看客", username="kan", department="finance", roles=("finance",))
        assert seen(watcher.by) == set()
        case.watchers.create(account=watcher.account)
        assert seen(watcher.by) == {case}
        case.watchers.all().delete()
        for field in ("assignee", "owner"):
            type(case).objects.filter(pk=case.pk).update(**{field: watcher.account})
            assert seen(watcher.by) == {case}
            type(case).objects.filter(pk=case.pk).update(**{field: None})

    def test_a_token_without_the_scope_sees_nothing(self, cast: Cast):
        from dataclasses import replace

        triaged(cast)
        assert seen(replace(cast.lead.by, limit=frozenset({"policy.see"}))) == set()

    def test_a_case_is_got_by_number_or_id_and_what_is_hidden_is_not_found(self, cast: Cast):
        case = triaged(cast)
        for key in (case.number, str(case.number), f"#{case.number}", case.pk, str(case.pk)):
            assert listing.get(cast.lead.by, key) == case
        for key in (case.number + 1, "nothing", "", uuid4(), "9" * 40, "9" * 19, 2**63, "²"):
            with pytest.raises(NotFound):
                listing.get(cast.lead.by, key)
        with pytest.raises(NotFound):
            listing.get(cast.warehouse_head.by, case.number)


class TestFilters:
    @pytest.mark.parametrize("text", ["9" * 19, f"#{2**63}", "9" * 40])
    def test_a_number_no_case_can_have_finds_nothing(self, cast: Cast, text: str):
        triaged(cast)
        assert found(text=text) == set()

    def test_each_filter_narrows(self, cast: Cast):
        technical = triaged(cast)
        service = triaged(
            cast, at=cast.at + DAY, content="service", department="service", kind="request", text=RUDE,
            severity="urgent", channel="mail", order=None,
        )  # fmt: skip
        withdrawing.withdraw(service, by=CUSTOMER, at=service.changed_at)
        assert found() == {technical, service}
        for asked in (
            {"state": "open"},
            {"state": ["triaged"]},
            {"department": "technology"},
            {"kind": "complaint"},
            {"severity": ["general"]},
            {"content": "device"},
            {"channel": "hotline"},
            {"assignee": cast.engineer.pk},
            {"order": "ZL20260101-01"},
            {"received_to": cast.at + DAY},
            {"text": "黑屏"},
            {"text": f"#{technical.number}"},
            {"text": "zl20260101-01"},
        ):
            assert found(**asked) == {technical}, asked
        assert found(state=["ended"]) == {service}
        assert found(received_from=cast.at + DAY) == {service}
        assert found(customer=cast.customer.pk) == {technical, service}
        assert found(kind="complaint", severity="urgent") == set()

    def test_overdue_is_an_open_duty_that_is_late(self, cast: Cast):
        late, fresh = a_case(cast), a_case(cast, at=cast.at + 8 * HOUR, text=RUDE)
        tick(now=cast.at + 8 * HOUR)
        assert found(overdue=True) == {late}
        assert found(overdue=False) == {fresh}
        withdrawing.withdraw(late, by=CUSTOMER, at=cast.at + 9 * HOUR)
        assert found(overdue=True) == set()

    def test_a_page_costs_the_same_few_queries_however_long(self, cast: Cast):
        def page():
            with CaptureQueriesContext(
                connection,
            ) as queries:
                rows = list(listing.filtered(listing.visible_to(cast.engineer.by), state="open"))
                due = obligations.pressing(case.pk for case in rows)
                shown = [
                    (str(c.customer), str(c.contact), str(c.order), str(c.responsible), str(c.assignee.person), due[c.pk])
                    for c in rows
                ]  # fmt: skip
            return len(queries), len(shown)

        triaged(cast)
        few = page()
        for _ in range(4):
            triaged(cast)
        assert page() == (few[0], 5)
        assert few == (2, 1)


def _shown(row: Obligation) -> obligations.Pressing:
    """What a list shows of it, to the microsecond and in UTC."""
    times = row.due_at, row.is_late, row.warn_at
    return obligations.Pressing(row.pk, row.clause_id, *times, row.is_paused)


class TestPressing:
    def test_the_earliest_open_duty_leads_and_those_who_owe_nothing_are_left_out(self, cast: Cast):
        case, over = triaged(cast, severity="urgent"), triaged(cast)
        withdrawing.withdraw(over, by=CUSTOMER, at=over.changed_at)
        due = obligations.pressing([case.pk, over.pk])
        earliest = Obligation.objects.filter(subject_id=str(case.pk), state="open").earliest("due_at")
        assert due == {case.pk: _shown(earliest)}
        assert obligations.pressing([]) == {}

    def test_a_running_clock_leads_before_one_that_stands_still(self, cast: Cast):
        case = triaged(cast)
        rows = Obligation.objects.filter(subject_id=str(case.pk), state="open")
        waiting.start(case, by=cast.engineer.by, at=case.changed_at, what="照片")
        due = obligations.pressing([case.pk])[case.pk]
        running = [row for row in rows.all() if not row.is_paused]
        assert len(running) < rows.count()
        assert due == _shown(min(running, key=lambda row: row.due_at))

    def test_what_a_case_and_its_help_owe_is_read_together(self, cast: Cast):
        case = triaged(cast)
        coordinating.ask_help(
            case,
            by=cast.lead.by,
            at=case.changed_at,
            department=cast.department("warehouse"),
            question="库存?",
        )
        owed = {row.clause_id for row in obligations.open_of(case)}
        assert {"CS-3.2b", "FB-4.3b"} <= owed
        everything = {row.clause_id for row in obligations.of(case)}
        assert owed | {"FB-3.2a"} <= everything


class TestRegisters:
    def test_praise_suggestions_complaints_and_consultations_are_kept_apart(self, cast: Cast):
        cases = {
            kind: triaged(cast, kind=kind, at=cast.at + number * HOUR)
            for number, kind in enumerate(("complaint", "consultation", "praise", "suggestion", "request"))
        }
        assert set(registers.names()) == set(cases)
        for kind, case in cases.items():
            assert list(registers.register(kind)) == [case]
        with pytest.raises(NotFound):
            registers.register("everything")

    def test_a_merged_complaint_is_counted_once_and_only_what_one_may_see(self, cast: Cast):
        one, other = triaged(cast), triaged(cast)
        merging.merge(one, into=other, by=cast.intake.by, at=other.changed_at)
        assert list(registers.register("complaint")) == [other]
        assert not registers.register("complaint", within=listing.visible_to(cast.warehouse_head.by)).exists()


class TestTimeline:
    def test_acts_messages_and_notes_stand_in_order_and_masked(self, cast: Cast):
        case = triaged(cast, text="电话 13800001234,摄像机黑屏")
        at = case.changed_at
        replying.reply(
            case, by=cast.engineer.by, at=at + HOUR, text="请回拨 13900005678", purpose="first_response"
        )
        notes.note(case, by=cast.lead.by, at=at + 2 * HOUR, text="客户手机 13800001234")
        asked = coordinating.ask_help(
            case, by=cast.lead.by, at=at + 3 * HOUR, department=cast.department("warehouse"), question="库存?"
        )
        story = timeline.of(case)
        assert [m.at for m in story] == sorted(m.at for m in story)
        words = [(m.what, m.kind, m.text, m.by) for m in story if m.what != "act"]
        assert words == [
            ("message", "in", "电话 [尾号 1234],摄像机黑屏", ""),
            ("message", "out", "请回拨 [尾号 5678]", "陈工程"),
            ("note", "note", "客户手机 [尾号 1234]", "周主管"),
        ]
        acts = [m.kind for m in story if m.what == "act"]
        assert acts[:3] == ["case.received", "case.triaged", "case.dispatched"]
        assert "help.asked" in acts
        assert "case.replied" not in acts
        assert "case.noted" not in acts
        written = next(m for m in story if m.kind == "out")
        assert written.entry is not None
        assert all(m.zh and m.en for m in story)
        assert asked.pk

    def test_it_costs_the_same_queries_however_long_the_story(self, cast: Cast):
        def cost(case):
            with CaptureQueriesContext(connection) as queries:
                timeline.of(case)
            return len(queries)

        case = triaged(cast)
        before = cost(case)
        for number in range(5):
            notes.note(case, by=cast.lead.by, at=case.changed_at + number * HOUR, text="跟进")
        assert cost(case) == before == 4


class TestComplaintsInTime:
    def test_in_time_late_and_undecided_are_told_apart(self, cast: Cast):
        good = done(cast)
        late = triaged(cast, at=cast.at + DAY)
        tick(now=late.received_at + 10 * DAY)
        undecided = triaged(cast, at=cast.at + 20 * DAY)
        triaged(cast, kind="praise", severity="suggestion")
        gone = triaged(cast)
        withdrawing.withdraw(gone, by=CUSTOMER, at=gone.changed_at)
        figure = goals.complaints_in_time(cast.at, cast.at + 30 * DAY)
        assert (figure.n, figure.good, figure.share) == (2, 1, 0.5)
        assert (figure.in_time, figure.late, figure.undecided) == ((good.pk,), (late.pk,), (undecided.pk,))
        assert figure.low is not None
        assert figure.high is not None
        assert (round(figure.low, 3), round(figure.high, 3)) == (0.095, 0.905)

    def test_nothing_to_count_is_nothing_not_zero(self, cast: Cast):
        figure = goals.complaints_in_time(cast.at, cast.at + DAY)
        assert (figure.n, figure.share, figure.low, figure.high) == (0, None, None, None)

    def test_late_once_is_late_for_ever(self, cast: Cast):
        case = done(cast)
        rows = Obligation.objects.filter(subject_id=str(case.pk), clause_id="FB-4.3b", state="met")
        assert rows.update(breached_at=case.done_at) == 1
        callback.call_back(case, by=cast.callback.by, at=case.done_at + HOUR, solved=True, satisfaction=5)
        closing.close(case, by=cast.lead.by, at=case.changed_at)
        assert goals.complaints_in_time(cast.at, cast.at + DAY).late == (case.pk,)

    @given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
    def test_the_interval_holds_the_share_and_stays_between_nothing_and_all(self, counts):
        good, n = counts
        low, high = goals.wilson(good, n)
        assert low is not None
        assert high is not None
        assert 0 <= low <= good / n + 1e-12
        assert good / n - 1e-12 <= high <= 1
        assert high - low < 1

    def test_the_interval_is_the_known_one(self):
        low, high = goals.wilson(9, 10)
        assert low == pytest.approx(0.5958, abs=1e-4)
        assert high == pytest.approx(0.9821, abs=1e-4)
