"""What a call centre says, in whatever order and however often, and what is turned away."""

from __future__ import annotations

import os
import random
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
import time_machine
from tests.cast import Cast, make_cast
from tests.clauses.telling import when
from tests.support.hotline import CALLER, connected, rings, said, tells

from goodword.company.channels.actions.receiving import opened
from goodword.company.channels.hotline.folding import Said, fold
from goodword.company.channels.hotline.models import Call, Line, ReturnCall
from goodword.company.channels.models import InboundMessage
from goodword.engine.journal.models import Entry

pytestmark = pytest.mark.django_db
AT = when("2026-01-05 10:00")
S = timedelta(seconds=1)
NUMBER = {"quick": 100, "slow": 2_000, "full": 10_000}


@pytest.fixture
def cast(db: None) -> Cast:
    connected()
    return make_cast()


@pytest.fixture(autouse=True)
def now() -> Any:
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


def test_in_every_order_a_call_becomes_the_same() -> None:
    events = [
        Said("ringing", AT), Said("answered", AT + 7 * S), Said("hung_up", AT + 90 * S), Said("recorded", AT + 95 * S)
    ]  # fmt: skip
    whole = fold(events)
    assert (whole.state, whole.rang_for) == ("ended", 7.0)
    assert {fold(order) for order in permutations(events)} == {whole}
    assert fold(events + events) == whole


def test_a_call_answered_after_its_end_was_told_is_no_missed_call(cast: Cast) -> None:
    rings("c1", AT)
    tells("hung_up", "c1", AT + 60 * S)
    assert ReturnCall.objects.get().state == "open"
    tells("answered", "c1", AT + 8 * S, extension="8001")
    call, task = Call.objects.get(), ReturnCall.objects.get()
    assert (call.state, call.rings, call.outcome) == ("ended", 2, "in_time")
    assert (task.state, task.how) == ("done", "answered")
    kinds = list(Entry.objects.filter(subject_type="call").order_by("pk").values_list("kind", flat=True))
    assert " ".join(kinds) == (
        "call.rang call.missed call.return_wanted call.answered call.ended call.return_done"
    )


def test_the_same_message_and_the_same_event_are_taken_once(cast: Cast) -> None:
    body = {"event": "ringing", "call": "c1", "at": AT.isoformat(), "from": CALLER, "queue": "VIP"}
    first = said(body, sent_at=AT, message_id="m1").json()
    again = said(body, sent_at=AT + 5 * S, message_id="m1").json()
    other_id = said(body, sent_at=AT, message_id="m2").json()
    assert (first["new"], again["new"], other_id["new"]) == (True, False, False)
    assert first["call"] == again["call"] == other_id["call"]
    assert Entry.objects.filter(kind="call.rang").count() == 1


def test_numbers_are_sealed_and_what_is_not_understood_is_kept(cast: Cast) -> None:
    said({"event": "ringing", "call": "c1", "from": CALLER, "queue": "VIP"}, sent_at=AT, message_id="m1")
    message, call = InboundMessage.objects.get(), Call.objects.get()
    assert CALLER.encode() not in bytes(message.raw)
    assert b'"VIP"' in opened(message)
    assert str(call.number) == "尾号 5678"
    assert CALLER not in str(list(Call.objects.values("number_index", "outside_id")))


def test_what_is_not_signed_as_it_should_be_is_turned_away_and_shown(cast: Cast) -> None:
    body = {"event": "ringing", "call": "c1"}
    assert said(body, sent_at=AT, secret="another").status_code == 401
    assert said(body, sent_at=AT - 301 * S).status_code == 401
    assert (Line.objects.get().refused, Line.objects.get().refused_for) == (2, "time")
    assert Line.objects.get().ahead == -301
    assert not InboundMessage.objects.exists()
    assert not Call.objects.exists()


def test_a_clock_that_is_off_moves_the_call_and_not_its_rings(cast: Cast) -> None:
    ahead = 120 * S
    said({"event": "ringing", "call": "c1", "at": (AT + ahead).isoformat()}, sent_at=AT + ahead)
    said({"event": "answered", "call": "c1", "at": (AT + ahead + 6 * S).isoformat()}, sent_at=AT + ahead)
    call = Call.objects.get()
    assert (call.began_at, call.answered_at, call.rings) == (AT, AT + 6 * S, 2)
    assert Line.objects.get().ahead == 120


def test_what_lies_in_the_future_is_no_event(cast: Cast) -> None:
    answer = said({"event": "ringing", "call": "c1", "at": (AT + 400 * S).isoformat()}, sent_at=AT)
    assert answer.status_code == 422
    assert (InboundMessage.objects.get().state, Call.objects.count()) == ("failed", 0)


def test_missed_calls_are_one_task_a_number_until_somebody_has_spoken_with_them(cast: Cast, now: Any) -> None:
    for name, minutes in (("c1", 0), ("c2", 5)):
        begun = AT + minutes * 60 * S
        now.move_to(begun + 30 * S)
        rings(name, begun)
        tells("missed", name, begun + 30 * S)
    task = ReturnCall.objects.get()
    assert (task.times, task.state) == (2, "open")
    back = {"direction": "out", "to": "+86 138-0000-5678"}
    now.move_to(AT + 620 * S)
    tells("ringing", "o1", AT + 600 * S, **back)
    tells("missed", "o1", AT + 620 * S, **back)
    task.refresh_from_db()
    assert (task.tried, task.state) == (1, "open")
    now.move_to(AT + 710 * S)
    tells("ringing", "o2", AT + 700 * S, **back)
    tells("answered", "o2", AT + 710 * S, **back)
    task.refresh_from_db()
    assert (task.state, task.how, task.done_at) == ("done", "called", AT + 710 * S)


def test_a_withheld_number_leaves_nothing_to_ring_back(cast: Cast) -> None:
    said({"event": "missed", "call": "c1", "from": "anonymous"}, sent_at=AT)
    assert Call.objects.get().outcome == "missed"
    assert not ReturnCall.objects.exists()


def test_malformed_events_are_answered_and_kept(cast: Cast, request: pytest.FixtureRequest) -> None:
    seed = int(os.environ.get("GOODWORD_SEED") or random.SystemRandom().randrange(10**6))
    print(f"GOODWORD_SEED={seed}")
    chance, number = random.Random(seed), NUMBER[request.config.getoption("--size")]
    good = b'{"event":"answered","call":"c","at":"2026-01-05T10:00:00+08:00","from":"13800005678","ring_seconds":3}'
    for at in range(number):
        answer = said(_mutated(good, chance), sent_at=AT, message_id=f"m{at}")
        assert answer.status_code in (200, 422), answer.content
    assert InboundMessage.objects.filter(state__in=["parsed", "failed"]).count() == number


def _mutated(good: bytes, chance: random.Random) -> bytes:
    odd = [
        b"\x00", b"\xff", b"{", b"}" * 9, b"[" * 3000, b"NaN", b"1e999", b"-1", b'"\\ud800"', b"null", b"true",
        b"9" * 5000, b'"\\u0000"', b'"0001-01-01T00:00:00+14:00"', b'"9999-12-31"', b"{}", b'{"call":1}', b'"in"',
    ]  # fmt: skip
    raw = bytearray(good)
    for _ in range(chance.randint(1, 3)):
        start = chance.randrange(len(raw) + 1)
        raw[start : start + chance.choice((0, 1, 3, 12, 40))] = chance.choice(odd)
    if chance.random() < 0.5:
        name = chance.choice(
            ["event", "call", "at", "from", "to", "direction", "extension", "recording", "ring_seconds"]
        )
        raw = bytearray(b'{"event":"ringing","call":"c",' + f'"{name}":'.encode() + chance.choice(odd) + b"}")
    return bytes(raw)
