"""Ledgers as bytes, and runs over them; every row here is invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from goodword.base.people.actors import SYSTEM
from goodword.voice.cases.ledger import files, mapping, running
from goodword.voice.cases.models import LedgerRun

NOW = datetime(2026, 1, 5, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HEADER = ("编号", "客户姓名", "主题", "受理时间", "内容", "答复内容", "答复时间")
FAULT = (
    "1",
    "张测试",
    "摄像机黑屏",
    "2019-06-03 10:00:00",
    "租的摄像机开机黑屏,没法用。",
    "已更换。",
    "2019-06-03 10:20:00",
)
ASKED = (
    "2",
    "李示例",
    "请问押金",
    "2019-06-03 10:00:00",
    "请问押金什么时候可以退?",
    "七天内。",
    "2019-06-03 10:10:00",
)
LATE = (
    "3",
    "王样本",
    "送货迟到",
    "2019-06-03 10:00:00",
    "送货晚了一天,非常不满。",
    "已道歉。",
    "2019-06-14 10:00:00",
)
OPEN = ("4", "赵例子", "态度差", "2019-06-03 10:00:00", "客服态度很差,要投诉。", "", "")

Ledger = Sequence[Sequence[str]]


def as_csv(rows: Ledger, *, encoding: str = "utf-8-sig", header: Sequence[str] = HEADER) -> bytes:
    """The rows as separated values."""
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode(encoding)


def begun(raw: bytes, *, history: bool = True, at: datetime = NOW, name: str = "台账.csv") -> LedgerRun:
    """A run over the file that has been started and has taken nothing yet."""
    kept = files.kept(raw, at=at)
    columns = mapping.detected(files.first_read(kept, name=name, at=at))
    mode = "history" if history else "new"
    run = running.prepare(kept, name=name, columns=columns, mode=mode, by=SYSTEM, at=at)
    return running.start(run, by=SYSTEM, at=at)


def counts(run: LedgerRun) -> tuple[int, int, int, int]:
    """(created, updated, unchanged, rejected)."""
    return run.created, run.updated, run.unchanged, run.rejected
