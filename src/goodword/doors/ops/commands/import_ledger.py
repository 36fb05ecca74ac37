"""`goodword import ledger FILE`."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path

import click

from goodword.base.core import clock
from goodword.base.documents.sheets import Sheet
from goodword.base.people.actors import SYSTEM
from goodword.voice.cases import labels
from goodword.voice.cases.ledger import files, mapping, maps, rejects, running
from goodword.voice.cases.ledger.trying import Trial, try_out
from goodword.voice.cases.models import LedgerRun

from ..preparing import require_prepared
from ..tables import table
from ..words import in_chinese, pick

DETECT = "detect"
OUTCOMES = {
    "created": ("新建", "new"),
    "updated": ("更新", "updated"),
    "unchanged": ("无变化", "unchanged"),
    "rejected": ("未导入", "rejected"),
}
LABELS = {"kind": ("性质", "kind"), "severity": ("级别", "severity"), "content": ("类别", "content")}


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map",
    "wanted",
    default=DETECT,
    metavar="MAP",
    help="A YAML file, a saved map's name, or detect (default). 列对应:文件、已存名称或自动识别。",
)
@click.option(
    "--as-history", is_flag=True, help="Over and done, with the original times. 作为历史,保留原时间。"
)
@click.option("--dry-run", is_flag=True, help="Only show what would come. 只预览,不写入。")
@click.option(
    "--rejects",
    "rejects_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write what was not taken (default: FILE-rejects.csv). 未导入行的文件。",
)
def command(file: Path, wanted: str, as_history: bool, dry_run: bool, rejects_file: Path | None) -> None:
    """Take in a ledger of feedback: .xlsx .xls .xlsb .ods .csv (GBK too) or an exported web page.

    As new work, the clocks begin now; as history, each row gets its original times, and `goodword compliance` tells
    how its answers would have fared. The file is kept as it came; the same file again changes nothing; a row that got
    its answer since is completed. Stopped in the middle, the same command goes on where it stood.
    导入反馈台账:作为新工单,或作为历史。同一文件再次导入不会重复。
    """
    require_prepared()
    at = clock.now()
    kept = files.kept(file.read_bytes(), at=at)
    sheet = files.first_read(kept, name=file.name, at=at)
    columns = _columns(wanted, sheet)
    _tell_columns(sheet, columns)
    if dry_run:
        _tell_trial(try_out(sheet, columns, history=as_history, at=at))
        return
    mode = "history" if as_history else "new"
    run = running.unfinished(kept, columns=columns, mode=mode)
    if run is None:
        run = running.prepare(kept, name=file.name, columns=columns, mode=mode, by=SYSTEM, at=at)
        run = running.start(run, by=SYSTEM, at=at)
    begun, taken_before = time.monotonic(), run.done
    run = _carried_on(run)
    _tell_run(run, rate=(run.done - taken_before) / max(time.monotonic() - begun, 1e-6))
    if run.rejected:
        target = rejects_file or file.with_name(f"{file.stem}-rejects.csv")
        rejects.write_rejects(run, target)
        click.echo(pick(f"未导入的行及原因:{target}", f"what was not taken, and why: {target}"))
    if run.state != "done":
        sys.exit(1)


def _columns(wanted: str, sheet: Sheet) -> mapping.ColumnMap:
    if wanted == DETECT:
        return mapping.detected(sheet)
    path = Path(wanted)
    return mapping.from_file(path, on=clock.now().date()) if path.is_file() else maps.saved_map(wanted)


def _carried_on(run: LedgerRun) -> LedgerRun:
    """To the end, with a bar on standard error. Somebody else may be at it: then the bar follows."""
    label = pick("导入台账", "Taking in")
    with click.progressbar(length=run.rows, label=label, file=sys.stderr) as bar:
        bar.update(run.done)

        def told(now: LedgerRun) -> bool:
            bar.update(now.done - bar.pos)
            return True

        while run.state in ("queued", "running"):
            before = run.done
            run = running.carry_on(run, at=clock.now(), told=told)
            if run.done == before and run.state in ("queued", "running"):
                time.sleep(0.2)  # another process has the batch in hand
                run.refresh_from_db()
    return run


def _tell_columns(sheet: Sheet, columns: mapping.ColumnMap) -> None:
    said = ", ".join(f"{field} ← {heading}" for field, heading in columns.columns.items())
    click.echo(f"{columns.name}: {len(sheet.rows)} {pick('行', 'rows')}; {said}", err=True)
    for remark in sheet.warnings:
        click.echo(pick(remark.zh, remark.en), err=True)


def _tell_run(run: LedgerRun, *, rate: float) -> None:
    counts = ", ".join(f"{getattr(run, name)} {pick(*words)}" for name, words in OUTCOMES.items())
    click.echo(
        f"{run.done} / {run.rows} {pick('行', 'rows')}: {counts} ({rate:.0f} {pick('行/秒', 'rows/s')})"
    )
    if run.state == "failed":
        click.echo(pick(run.failure_zh, run.failure_en), err=True)
    if run.labels:
        click.echo(table(pick("标签 取值 件数", "label value cases").split(), _label_rows(run)))


def _label_rows(run: LedgerRun) -> Iterable[tuple[str, str, int]]:
    day, language = clock.now().date(), "zh" if in_chinese() else "en"
    for name, words in LABELS.items():
        counted = {key.partition(":")[2]: n for key, n in run.labels.items() if key.startswith(f"{name}:")}
        for code, count in sorted(counted.items(), key=lambda pair: -pair[1]):
            label = (
                labels.name_of(name, code, on=day, language=language) if code else pick("未定", "undecided")
            )
            yield pick(*words), label, count


def _tell_trial(trial: Trial) -> None:
    """Counts, reasons, and the first rows: their numbers and labels, never their words."""
    counts = ", ".join(f"{trial.counts[name]} {pick(*words)}" for name, words in OUTCOMES.items())
    click.echo(f"{trial.rows} {pick('行', 'rows')}: {counts}")
    for (zh, en), count in trial.reasons.most_common():
        click.echo(f"  {count} × {pick(zh, en)}")
    heads = pick(
        "行号 结果 受理 答复 性质 级别 类别 字数",
        "row outcome received answered kind severity content characters",
    )
    lines = []
    for shown in trial.shown:
        line, chosen = shown.line, shown.chosen
        read = [chosen.kind, chosen.severity, chosen.content] if chosen else [None] * 3
        moments = [line.received_at, line.answered_at] if line else [None, None]
        when = [moment and f"{moment:%Y-%m-%d %H:%M}" for moment in moments]
        result = pick(*OUTCOMES[shown.outcome])
        lines.append([shown.number, result, *when, *read, len(line.text) if line else None])
    click.echo(table(heads.split(), lines))
    click.echo(pick("预览:没有写入任何工单。", "A dry run: no case was written."))
