"""Builds the demo company: people, customers, and half a year of cases, all through the actions of the product."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random

from goodword.base.core.transactions import one_fact

from . import notices
from .arrivals import arrivals
from .channels import open_channels
from .clientele import Client, win_customers
from .courses import course_of
from .desk import DESK, desk_plans
from .hiring import hire, log_ins
from .plans import Plan, draw
from .player import Course, Player
from .rosters import send_away, write_rosters
from .summary import Summary, count
from .world import World

SEED, CASES, CUSTOMERS = 2026, 1200, 300
HALF_A_YEAR = timedelta(days=183)
BATCH = timedelta(hours=1)

Progress = Callable[[float, str], object]
"""Told how far it is (0 to 1) and what is being done."""


def build(
    now: datetime,
    seed: int = SEED,
    cases: int = CASES,
    progress: Progress | None = None,
    customers: int = CUSTOMERS,
) -> Summary:
    """Build the demo company in an empty installation with its foundations laid, as it stands at `now`.

    The same seed and `now` give the same numbers, states, times, names and counts. All of it is one fact: when it
    is interrupted, nothing is there. Raises whatever an action raises on an installation that is not empty.
    """
    told = progress or (lambda _done, _what: None)
    now = now.replace(microsecond=0)
    since = now - HALF_A_YEAR
    try:
        with one_fact():
            notices.keep_quiet()
            told(0.0, "people")
            people = hire(at=since - timedelta(days=30))
            write_rosters(people, now=now)
            open_channels(people["admin"], at=since, now=now)
            told(0.03, "customers")
            clients = win_customers(
                customers, luck=_luck(seed, "clients"), since=since - timedelta(days=14), now=now
            )
            world = World(people, now=now)
            player = Player(until=now)
            for course in _courses(world, clients, seed, cases, since=since, now=now):
                player.add(course)
            marks = [(since + HALF_A_YEAR * part / 20, _teller(told, part)) for part in range(1, 20)]
            marks.append((now - notices.KEPT_FOR, notices.speak))
            player.play(batch=BATCH, marks=sorted(marks, key=lambda mark: mark[0]))
            send_away(people, now=now)
            delivered = notices.hand_out(now=now)
            told(1.0, "done")
            refused = tuple(refusal.zh for refusal in player.refused)
            return count(logins=log_ins(), notices=delivered, refused=refused, until=now)
    finally:
        notices.speak()


def _courses(
    world: World, clients: list[Client], seed: int, cases: int, *, since: datetime, now: datetime
) -> Iterator[Course]:
    ordinary = max(cases - len(DESK), 0)
    moments = arrivals(ordinary, luck=_luck(seed, "arrivals"), since=since, until=now, zone=world.zone)
    plans: list[Plan] = [
        draw(at, clients, _luck(seed, f"case {number}")) for number, at in enumerate(moments)
    ]
    plans += desk_plans(clients, _luck(seed, "desk"), now=now, calendar=world.calendar)
    return (course_of(world, plan) for plan in plans)


def _teller(told: Progress, part: int) -> Callable[[], object]:
    return lambda: told(0.1 + 0.88 * part / 20, "cases")


def _luck(seed: int, what: str) -> Random:
    """A stream of luck of its own for each part, so that one part's draws do not move another's."""
    return Random(f"{seed}:{what}")  # noqa: S311 - a story, not a secret
