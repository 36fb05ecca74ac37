"""A run over a ledger's file: begun, carried on from where it stands, finished; never the same row twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from django.conf import settings

from goodword.base.core.errors import DomainError, Invalid, Refused
from goodword.base.core.masks import mask_text
from goodword.base.core.transactions import one_fact
from goodword.base.documents.sniff import safe_name
from goodword.base.people.actors import SYSTEM, Actor
from goodword.company.channels.models import InboundMessage
from goodword.engine.journal.recording import record

from ..models import LedgerRun
from .batches import taken_in
from .files import sheet_of
from .kinds import FINISHED, STARTED
from .lines import Line, Refusal, lines_of
from .mapping import ColumnMap, checked

BATCH = 50
"""Rows per transaction: few enough that others who write wait a fraction of a second, enough that the disk is not
waited for more than the rows cost."""
Told = Callable[[LedgerRun], bool]
"""Called after each batch with the run as it stands; False: stop here for now."""


def prepare(
    file: InboundMessage, *, name: str, columns: ColumnMap, mode: str, by: Actor, at: datetime
) -> LedgerRun:
    """A run waiting for its start; its map may still be put right. mode: new or history. Raises Forbidden, Invalid."""
    by.require("ledger.import")
    return LedgerRun.objects.create(
        file=file,
        digest=file.digest,
        name=mask_text(safe_name(name)),
        source=columns.name,
        columns=dict(columns.columns),
        defaults=dict(columns.defaults),
        mode=_mode(mode),
        by_id=by.account_id,
        uploaded_at=at,
    )


def remap(run: LedgerRun, *, columns: ColumnMap, mode: str, by: Actor) -> LedgerRun:
    """Read a waiting run's file otherwise. Raises Forbidden, Refused once it has begun."""
    by.require("ledger.import")
    values = {"source": columns.name, "columns": dict(columns.columns), "defaults": dict(columns.defaults)}
    if not LedgerRun.objects.filter(pk=run.pk, state="preview").update(**values, mode=_mode(mode)):
        raise Refused("这次导入已经开始,不能再改列对应。", "This import has begun; its map stays as it is.")
    run.refresh_from_db()
    return run


def start(run: LedgerRun, *, by: Actor, at: datetime) -> LedgerRun:
    """Let a run begin: whoever carries it on may now.

    Effects: state queued, the number of rows; `ledger.started`. Raises Forbidden, Invalid for a map that cannot be
    used or does not fit the file, Refused when it began before.
    """
    by.require("ledger.import")
    checked(run.source, run.columns, run.defaults, on=at.date())
    sheet = sheet_of(run.file, name=run.name)
    columns_of(run).places(sheet.header)
    with one_fact():
        waiting = LedgerRun.objects.filter(pk=run.pk, state="preview")
        if not waiting.update(state="queued", rows=len(sheet.rows), started_at=at):
            raise Refused("这次导入已经开始。", "This import has begun already.")
        facts = {"digest": run.digest, "mode": run.mode, "rows": len(sheet.rows)}
        record(STARTED, run.pk, by=by, at=at, facts=facts)
    run.refresh_from_db()
    return run


def unfinished(file: InboundMessage, *, columns: ColumnMap, mode: str) -> LedgerRun | None:
    """A run over the same file with the same map that was begun and not brought to its end."""
    rows = LedgerRun.objects.filter(
        file=file, source=columns.name, mode=mode, state__in=("queued", "running")
    )
    same = rows.filter(columns=dict(columns.columns), defaults=dict(columns.defaults))
    return same.order_by("started_at").first()


def carry_on(run: LedgerRun, *, at: datetime, told: Told = lambda _: True) -> LedgerRun:
    """Take rows in from where the run stands, batch by batch, until the end or until `told` says to stop.

    Any number may carry the same run on: a batch counts only while nobody else has done it. Killed in the middle,
    the run stands after its last whole batch.
    """
    if run.state not in ("queued", "running"):
        return run
    lines: Iterable[Line | Refusal]
    try:
        sheet = sheet_of(run.file, name=run.name)
        lines = lines_of(sheet, columns_of(run), now=at, zone=ZoneInfo(settings.TIME_ZONE))
        rest = islice(lines, run.done, None)
        while batch := list(islice(rest, BATCH)):
            if not _take_batch(run, batch, at=at) or not told(run):
                return run
    except DomainError as failure:
        return _fail(run, failure, at=at)
    return _finish(run, at=at)


def columns_of(run: LedgerRun) -> ColumnMap:
    """The map of a run."""
    return ColumnMap(run.source, run.columns, run.defaults)


def _mode(mode: str) -> str:
    if mode not in ("new", "history"):
        raise Invalid("请选择导入方式。", "Choose how it is taken in.", fields={"mode": "new / history"})
    return mode


def _take_batch(run: LedgerRun, batch: Sequence[Line | Refusal], *, at: datetime) -> bool:
    """One batch in one transaction. False when somebody else has taken it."""
    counts: Counter[str] = Counter()
    labels: Counter[str] = Counter(run.labels)
    with one_fact():
        mine = LedgerRun.objects.filter(pk=run.pk, done=run.done, state__in=("queued", "running"))
        if not mine.update(state="running"):
            run.refresh_from_db()
            return False
        for outcome, added in taken_in(run, batch, columns_of(run), at=at):
            counts[outcome] += 1
            labels += added
        changes = {
            name: getattr(run, name) + counts[name]
            for name in ("created", "unchanged", "updated", "rejected")
        }
        LedgerRun.objects.filter(pk=run.pk).update(done=run.done + len(batch), labels=dict(labels), **changes)
    run.refresh_from_db()
    return True


def _finish(run: LedgerRun, *, at: datetime) -> LedgerRun:
    with one_fact():
        mine = LedgerRun.objects.filter(pk=run.pk, state__in=("queued", "running"), done=run.done)
        if mine.update(state="done", finished_at=at):
            names = ("rows", "created", "unchanged", "updated", "rejected")
            facts = {name: getattr(run, name) for name in names}
            record(FINISHED, run.pk, by=SYSTEM, at=at, facts=facts)
    run.refresh_from_db()
    return run


def _fail(run: LedgerRun, failure: DomainError, *, at: datetime) -> LedgerRun:
    LedgerRun.objects.filter(pk=run.pk, state__in=("queued", "running")).update(
        state="failed", failure_zh=failure.zh[:300], failure_en=failure.en[:300], finished_at=at
    )
    run.refresh_from_db()
    return run
