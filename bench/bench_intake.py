"""Intake over HTTP: a POST that makes a case with its journal, its deadlines and its receipt, and is answered only
when all of it is on the disk. Beside it the raw rate: the same rows in the same transactions, without the product.

    python bench/bench_intake.py [--quick]

The server is `goodword serve` as it is delivered; clients keep their connection and run in processes of their own.
Every request has an Idempotency-Key. At the end every acknowledged case is looked for and the journal is verified.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import time
import uuid
from typing import Any

from harness import Row, quantile, run, start_django
from serving import load, per_second, served
from wording import Wording

TEXTS = 4000


def measure(options: argparse.Namespace) -> list[Row]:
    """One row per number of clients."""
    start_django()
    token = prepared()
    seconds = 4.0 if options.quick else 15.0
    rows = [{"clients": clients, **served_rate(clients, token, seconds)} for clients in (1, 4)]
    verified()  # before the raw rows come, which are no journal
    for row in rows:
        raw = raw_rate(row["clients"], seconds=seconds / 2)
        row |= {"raw_per_second": round(raw, 1), "share_of_raw": round(row["intakes_per_second"] / raw, 2)}
    return rows


def served_rate(clients: int, token: str, seconds: float) -> Row:
    """Intakes a second and how long each took; stops unless what was acknowledged is what is kept."""
    before = cases()
    with served() as (port, _):
        found = load(clients, port=port, token=token, seconds=seconds, body=WordsOf(clients))
    numbers = [number for done in found for number in done.numbers]
    assert len(set(numbers)) == len(numbers) == cases() - before, "acknowledged and kept differ"
    lengths = [length for done in found for length in done.lengths]
    return {
        "intakes_per_second": round(per_second(found), 1),
        "p50_ms": round(quantile(lengths, 0.5) * 1000, 1),
        "p95_ms": round(quantile(lengths, 0.95) * 1000, 1),
    }


class WordsOf:
    """What client c sends as its request n: invented words, under ids of their own for each round."""

    def __init__(self, clients: int) -> None:
        self.first = clients * 100
        wording = Wording(random.Random(clients))
        self.texts = [wording.text(place) for place in range(TEXTS)]

    def __call__(self, client: int, number: int) -> dict[str, Any]:
        text = self.texts[(client * 997 + number) % TEXTS]
        return {
            "text": text,
            "channel": "api",
            "subject": text[:12],
            "outside_id": f"bench-{self.first + client}-{number}",
        }


def prepared() -> str:
    """The token the clients use, with the invented colleagues."""
    return prepared_with_cast()[1]


def prepared_with_cast() -> tuple[Any, str]:
    """(the invented colleagues, the token the clients use)."""
    from datetime import timedelta

    from tests.cast import make_cast

    from goodword.base.core import clock
    from goodword.doors.api.tokens import create_token, every_right

    cast = make_cast(clock.now() - timedelta(days=1))
    made = create_token(
        cast.lead.account, name="bench", scopes=every_right(), by=cast.administrator.by, at=clock.now()
    )
    return cast, made.clear


def cases() -> int:
    """How many cases there are."""
    from goodword.voice.cases.models import Case

    return Case.objects.count()


def verified() -> None:
    """Stop unless the whole journal holds."""
    from goodword.engine.journal.verifying import verify

    found = list(verify())
    assert not found, found[:3]


def raw_rate(connections: int, *, seconds: float) -> float:
    """Transactions a second that insert the rows of the last intake again under new keys, on so many connections."""
    context = multiprocessing.get_context("spawn")
    counted = context.Queue()
    processes = [context.Process(target=_insert, args=(seconds, counted)) for _ in range(connections)]
    for process in processes:
        process.start()
    total = sum(counted.get(timeout=seconds + 60) for _ in processes)
    for process in processes:
        process.join()
    return float(total)


def _insert(seconds: float, counted: Any) -> None:
    start_django(migrate=False)
    from django.db import connection, transaction

    rows = _rows_of_an_intake()
    done, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        statements = _renewed(rows)
        with transaction.atomic(), connection.cursor() as cursor:
            entry = 0
            for statement, values, is_entry in statements:
                cursor.execute(statement, [entry if value is _ENTRY else value for value in values])
                if is_entry:
                    entry = cursor.fetchone()[0]
        done += 1
    counted.put(done / (time.perf_counter() - began))


_ENTRY = object()


def _rows_of_an_intake() -> list[Any]:
    """The rows of the newest case that came in over the API, in the order they are written."""
    from goodword.base.core.models import IdempotencyRecord
    from goodword.engine.journal.models import Entry, Head
    from goodword.engine.obligations.models import Obligation, SubjectState
    from goodword.voice.cases.models import Case, Handler, Message, Round

    case = Case.objects.filter(channel="api").latest("number")
    named = {"subject_type": "case", "subject_id": str(case.pk)}
    return [
        IdempotencyRecord.objects.latest("pk"),
        case,
        Round.objects.get(case=case),
        Message.objects.get(case=case),
        Handler.objects.get(case=case),
        Entry.objects.get(**named),
        Head.objects.get(**named),
        *Obligation.objects.filter(**named),
        SubjectState.objects.get(**named),
    ]


def _renewed(rows: list[Any]) -> list[tuple[str, list[Any], bool]]:
    """[(INSERT, values, whether it is the entry)] of the rows under new keys."""
    from goodword.base.core import inserting

    key, made = uuid.uuid4(), []
    for row in rows:
        model = type(row)
        name = model.__name__
        if name == "Case":
            row.pk, row.number, row.outside_id = key, uuid.uuid4().int >> 70, str(key)
        elif name == "IdempotencyRecord":
            row.key = str(key)
        elif name == "Obligation":
            row.pk = uuid.uuid4()
        for column, value in (("case_id", key), ("subject_id", str(key))):
            if hasattr(row, column):
                setattr(row, column, value)
        columns = inserting._columns(model)
        values = inserting._values(columns, [row])
        if name == "Obligation":
            values[[column.attname for column in columns].index("started_by_id")] = _ENTRY
        made.append((inserting._statement(model, 1, ""), values, name == "Entry"))
    return made


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="seconds instead of a minute")


if __name__ == "__main__":
    run("intake", measure, script=__file__, options=_options)
