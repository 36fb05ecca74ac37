"""FB-4.3f: an unsatisfied customer starts a new round with fresh deadlines; the earlier rounds are kept."""

from __future__ import annotations

from tests.cast import Cast, done, duty, next_round_done
from tests.clauses.telling import duties, new_edition, unsatisfied, when

from goodword.voice.cases.actions import callback, closing, rounds
from goodword.voice.cases.models import Case

ID = "FB-4.3f"
EACH_ROUND = ("FB-4.1b", "FB-4.2d", "FB-4.3b")


def closed(cast: Cast, at: str) -> Case:
    """A case that was solved, called back and closed at `at`."""
    case = done(cast)
    callback.call_back(case, by=cast.callback.by, at=when(at), solved=True, satisfaction=5)
    return closing.close(case, by=cast.callback.by, at=when(at))


def test_every_deadline_of_its_severity_starts_again_at_the_callback(cast: Cast) -> None:
    case = unsatisfied(cast, done(cast), at=when("2026-01-06 14:00"))
    assert (case.state, case.round_no) == ("investigating", 2)
    due = {clause: duty(case, clause).due_at for clause in EACH_ROUND}
    assert due == {
        "FB-4.1b": when("2026-01-07 14:00"),
        "FB-4.2d": when("2026-01-07 18:00"),
        "FB-4.3b": when("2026-01-09 18:00"),
    }
    assert all(duties(case, clause) == [(1, 1, "met"), (2, 1, "open")] for clause in EACH_ROUND)


def test_what_the_earlier_round_found_and_promised_is_kept_as_it_was(cast: Cast) -> None:
    case = done(cast)
    before = rows_of(case)
    unsatisfied(cast, case, at=when("2026-01-06 14:00"))
    next_round_done(cast, case, at=when("2026-01-07 10:00"))
    assert rows_of(case) == before
    assert [(each.number, each.reason) for each in case.rounds.all()] == [(1, "received"), (2, "unsatisfied")]
    assert list(case.solutions.values_list("round_no", "version")) == [(1, 1), (2, 1)]


def rows_of(case: Case) -> dict[str, object]:
    """What the first round wrote, but for its end."""
    first = case.rounds.filter(number=1).values(
        "cause", "cause_note", "responsible_party", "started_at", "done_at"
    )
    return {
        "round": list(first),
        "evidence": list(case.evidence.filter(round_no=1).values()),
        "solutions": list(case.solutions.filter(round_no=1).values()),
        "steps": list(case.steps.filter(round_no=1).values()),
    }


def test_a_third_round_follows_a_second(cast: Cast) -> None:
    case = unsatisfied(cast, done(cast), at=when("2026-01-06 14:00"))
    next_round_done(cast, case, at=when("2026-01-07 10:00"))
    assert unsatisfied(cast, case, at=when("2026-01-08 10:00")).round_no == 3
    assert duties(case, "FB-4.3b") == [(1, 1, "met"), (2, 1, "met"), (3, 1, "open")]


def test_within_thirty_days_a_closed_case_is_opened_again_later_it_is_a_new_one(cast: Cast) -> None:
    soon, late = (closed(cast, "2026-01-06 10:00") for _ in range(2))
    again = rounds.reopen(soon, by=cast.lead.by, at=when("2026-02-05 10:00"), reason="又黑屏了")
    assert (again.pk, again.round_no, again.state) == (soon.pk, 2, "investigating")
    assert duty(again, "FB-4.2d").due_at == when("2026-02-06 18:00")
    other = rounds.reopen(late, by=cast.lead.by, at=when("2026-02-05 10:01"), reason="又黑屏了")
    assert (other.round_no, other.links.get().other, other.links.get().relation) == (1, late, "follows")
    late.refresh_from_db()
    assert late.state == "closed"


def test_how_long_a_case_may_be_opened_again_is_the_companys_to_set(cast: Cast) -> None:
    new_edition(cast, ID, holds_from="2026-01-07", reopen_within_days=7)
    assert rounds.reopens_until(closed(cast, "2026-01-06 10:00")) == when("2026-02-05 10:00")
    assert rounds.reopens_until(closed(cast, "2026-01-07 10:00")) == when("2026-01-14 10:00")
