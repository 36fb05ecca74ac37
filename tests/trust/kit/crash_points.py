"""One act, killed before its first, second … last writing system call; after each death what is there is looked at.

Run inside an installation; prints JSON. Nothing may be half done, and done again with the same key it is done once.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, nullcontext
from functools import partial
from typing import Any

from django.db import connection, connections, transaction
from tests.trust.kit import copies, tracing
from tests.trust.kit.acts import Act, prepare
from tests.trust.kit.inside import is_whole

from goodword.base.core.models import IdempotencyRecord
from goodword.company.channels.models import OutboxMessage
from goodword.engine.attachments.models import Attachment
from goodword.engine.journal.verifying import verify
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.models import Case, LedgerRun

STATES = ((Case, "state"), (Obligation, "state"), (OutboxMessage, "state"), (LedgerRun, "done"))
PASSING = frozenset({"sqlite_sequence", "django_session"})
LASTING = frozenset(
    {"fsync", "fdatasync", "rename", "renameat", "renameat2", "unlink", "unlinkat", "ftruncate"}
)
Picture = dict[str, int]
FEWER = 3
"""So many calls a run may at most be short of the one that was counted."""


def sweep(*, points: int, seed: int, only: str = "") -> None:
    """Kill each act at about `points` of its writing calls, spread over all of them (0: at every one).

    only: names of acts, separated by commas; all by default.
    Prints {act: {"calls", "tried", "deaths": {nothing, between, everything}, "wrong": […]}}, or {"skipped": why}.
    """
    if why := tracing.why_not():
        print(json.dumps({"skipped": why}))
        return
    chance = random.Random(seed)
    acts = [act for act in prepare() if not only or act.name in only.split(",")]
    copies.leave()
    print(json.dumps({act.name: _one(act, points, chance) for act in acts}, ensure_ascii=False))


def _one(act: Act, points: int, chance: random.Random) -> dict[str, Any]:
    begun = time.monotonic()
    steps, answer = _known(act)
    calls = _calls(act)
    total = len(calls)
    chosen = _chosen(calls, points, chance)
    deaths: Counter[str] = Counter()
    wrong: list[str] = []
    untouched = False
    with ExitStack() as stack:
        for point in chosen:
            code, seen, complaints = 0, "everything", list[str]()
            # A run may make a call or two fewer than the one that was counted: then it dies before an earlier one.
            for at in range(point, max(-1, point - FEWER), -1):
                if not untouched:
                    stack.close()
                    stack.enter_context(copies.copy())
                code = _killed(act, at)
                seen, complaints = copies.apart(partial(_after, act, steps, answer))
                untouched = seen == "nothing" and connection.vendor == "postgresql"
                if (code, seen) != (0, "everything") or complaints:
                    break
            deaths[seen] += 1
            complaints += [] if code == -9 else [f"it was to die and ended with {code}"]
            wrong += [f"killed before call {at} of {total} ({calls[at]}): {said}" for said in complaints]
    return {
        "calls": total,
        "kinds": Counter(calls),
        "tried": len(chosen),
        "deaths": deaths,
        "wrong": wrong,
        "took": round(time.monotonic() - begun, 1),
    }


def _chosen(calls: list[str], points: int, chance: random.Random) -> list[int]:
    """Which calls: all, or some spread over the act, and about as many where something becomes lasting."""
    total = len(calls)
    if not points or 2 * points >= total:
        return list(range(total))
    # The first is always among them: of few points, none need fall before the first commit by chance.
    spread = {0} | {int((n + chance.random()) * total / points) for n in range(1, points)}
    lasting = {n + beside for n, name in enumerate(calls) if name in LASTING for beside in (0, 1)} | {
        total - 1
    }
    last = sorted(n for n in lasting | {total - 2} if n < total)[-points:]
    return sorted(spread | set(last))


def _known(act: Act) -> tuple[list[Picture], Any]:
    """How the database looks before, after each commit and at the end; and what the act answers.

    Done in this process, so that whatever is loaded on first use is there in every fork after it.
    """
    commit = connection._commit
    with copies.copy():
        kept = [picture()]

        def look_too() -> None:
            commit()
            connection._set_autocommit(True)  # type: ignore[attr-defined]  # else looking begins a transaction
            kept.append(picture())

        connection._commit = look_too  # type: ignore[method-assign]
        try:
            answer = act.do()
        finally:
            connection._commit = commit  # type: ignore[method-assign]
        kept.append(picture())
        connections.close_all()
    return kept, answer


def _calls(act: Act) -> list[str]:
    """The names of all writing calls of an undisturbed run."""
    found: list[str] = []

    def see(call: tracing.Call) -> bool:
        found.append(call.name)
        return True

    with copies.copy():
        code = tracing.traced(lambda: _told(act), see)
    assert code == 0, f"{act.name}, undisturbed but traced, ended with {code}"
    return found


def _killed(act: Act, point: int) -> int:
    seen = -1

    def see(call: tracing.Call) -> bool:
        nonlocal seen
        seen += 1
        return seen < point

    return tracing.traced(lambda: _told(act), see)


def _told(act: Act) -> None:
    """The act, and one writing call more, as of the answer that goes out: killed before it, all is there."""
    act.do()
    with open(os.devnull, "wb", buffering=0) as somebody:
        somebody.write(b"answered")


def _after(act: Act, steps: list[Picture], answer: Any) -> tuple[str, list[str]]:
    """What a death left: (nothing, everything or between, complaints); then the act is done again."""
    copies.settled()
    wrong = _unsound()
    left = picture()
    if left not in steps:
        wrong.append(f"half done: {_differences(steps[0], left)}")
    seen = "nothing" if left == steps[0] else "everything" if left == steps[-1] else "between"
    if act.whole and seen == "between":
        wrong.append(f"more than one commit: {_differences(steps[0], left)}")
    undone = seen == "nothing" and connection.vendor == "postgresql"
    with _undone() if undone else nullcontext():
        again = act.do()
        if isinstance(answer, dict):
            kept = IdempotencyRecord.objects.filter(key=f"the key of {act.name}").count()
            wrong += [] if kept == 1 else [f"{kept} records of its key"]
        elif again != answer:
            wrong.append(f"done again it answered {again!r}, not {answer!r}")
        if picture() != steps[-1]:
            wrong.append(f"done again it is not whole: {_differences(steps[-1], picture())}")
        return seen, wrong + _unsound()


@contextmanager
def _undone() -> Iterator[None]:
    """What is done inside is undone at the end: PostgreSQL takes a second to copy a database, no time to undo."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _unsound() -> list[str]:
    """What is wrong with journal, file, attachments, half records of keys."""
    wrong = [f"journal: {fault.where}: {fault.what}" for fault in verify()]
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as file:
            (said,) = file.execute("PRAGMA integrity_check").fetchone()
        wrong += [] if said == "ok" else [f"SQLite: {said}"]
    kept = Attachment.objects.filter(state="ok")
    wrong += [f"attachment {one.pk}: not its bytes" for one in kept if not is_whole(one)]
    half = IdempotencyRecord.objects.filter(status=0).count()
    return wrong + ([f"{half} half records of keys"] if half else [])


def picture() -> Picture:
    """Rows by table, and how many are in which state: what can be compared between two runs."""
    found: Picture = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in PASSING:
                cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
                found[table] = cursor.fetchone()[0]
    for model, field in STATES:
        counted = Counter(model.objects.values_list(field, flat=True))
        found |= {f"{model.__name__}.{field}={value}": times for value, times in counted.items()}
    return found


def _differences(before: Picture, after: Picture) -> dict[str, list[int]]:
    names = before.keys() | after.keys()
    return {
        n: [before.get(n, 0), after.get(n, 0)] for n in sorted(names) if before.get(n, 0) != after.get(n, 0)
    }
