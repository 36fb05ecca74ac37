"""A ledger from upload to the last row: columns and preview, start, progress, rejects."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from goodword.base.core import masks
from goodword.base.core.errors import Invalid, NotFound
from goodword.base.language.script import chosen, spoken
from goodword.voice.cases.ledger import files, mapping, maps, rejects, running
from goodword.voice.cases.ledger.trying import try_out
from goodword.voice.cases.models import LedgerRun

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .figures import figures_of, labels_of, shown_rows
from .forms import UploadForm, map_from, modes, rows_of_defaults, rows_of_map

RIGHT = "ledger.import"
LISTED = 50
REJECTS_SHOWN = 50


@page(right=RIGHT, methods="GET POST", one_fact=False)
def ledgers(request: WebRequest) -> HttpResponse:
    """What came in so far, and the form for a file; posted, the file is kept, read and shown before anything else."""
    if request.method == "POST":
        return _uploaded(request)
    form = UploadForm(request.typed) if request.typed is not None else UploadForm()
    runs = LedgerRun.objects.select_related("by__person")[:LISTED]
    return render(request, "web/ledger/list.html", {"form": form, "runs": runs})


def _uploaded(request: WebRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        wrong = {name: str(errors[0]) for name, errors in form.errors.items()}
        raise Invalid("这个文件不能导入。", "This file cannot be taken in.", fields=wrong)
    file, chosen = form.cleaned_data["file"], form.cleaned_data["saved"]
    kept = files.kept(file.read(), at=request.now)
    sheet = files.first_read(kept, name=file.name, at=request.now)
    columns = maps.saved_map(chosen) if chosen else mapping.detected(sheet)
    run = running.prepare(
        kept,
        name=file.name,
        columns=columns,
        mode=form.cleaned_data["mode"],
        by=request.actor,
        at=request.now,
    )
    return HttpResponseRedirect(reverse("web:ledger-run", args=[run.pk]))


@page(right=RIGHT)
def show(request: WebRequest, run_id: UUID) -> HttpResponse:
    """Before the start: the columns and what they would bring. After it: how far it is, and what came of it."""
    run = _found(run_id)
    if run.state != "preview":
        return render(request, "web/ledger/run.html", _progress_of(run))
    sheet = files.sheet_of(run.file, name=run.name)
    context: dict[str, Any] = {
        "run": run,
        "sheet": sheet,
        "columns": rows_of_map(run, sheet.header, request.typed),
        "defaults": rows_of_defaults(run, request.typed, on=request.now.date()),
        "modes": modes(),
        "name": request.typed.get("name", "") if request.typed is not None else run.source,
    }
    try:
        trial = try_out(sheet, running.columns_of(run), history=run.mode == "history", at=request.now)
        context |= {
            "trial": trial,
            "figures": figures_of(trial.counts),
            "reasons": [(chosen(zh, en), n) for (zh, en), n in trial.reasons.most_common()],
            "rows": shown_rows(trial, on=request.now.date()),
        }
    except Invalid as misfit:
        context["misfit"] = chosen(misfit.sentence("zh"), misfit.sentence("en"))
    return render(request, "web/ledger/preview.html", context)


@page(right=RIGHT, methods="POST", back=show)
def change_map(request: WebRequest, run_id: UUID) -> HttpResponse:
    """Read the file by another map; saved under its name when asked to."""
    run, typed = _found(run_id), map_from(request.POST)
    columns = mapping.checked(typed.name, typed.columns, typed.defaults, on=request.now.date())
    running.remap(run, columns=columns, mode=request.POST.get("mode", run.mode), by=request.actor)
    if request.POST.get("save"):
        maps.save_map(columns.name, columns.columns, columns.defaults, by=request.actor, at=request.now)
        messages.success(
            request, t("列对应已保存为“{name}”。", "The map is saved as “{name}”.", name=columns.name)
        )
    return HttpResponseRedirect(reverse("web:ledger-run", args=[run.pk]))


@page(right=RIGHT, methods="POST", back=show)
def start(request: WebRequest, run_id: UUID) -> HttpResponse:
    """Let it begin; the worker carries it on."""
    run = running.start(_found(run_id), by=request.actor, at=request.now)
    return HttpResponseRedirect(reverse("web:ledger-run", args=[run.pk]))


@page(right=RIGHT)
def progress(request: WebRequest, run_id: UUID) -> HttpResponse:
    """How far it is, for the page that asks again and again; 304 when nothing moved."""
    run = _found(run_id)
    tag = f'W/"{run.pk}-{run.state}-{run.done}-{spoken()}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    response = render(request, "web/ledger/progress.html", _progress_of(run))
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


@page(right=RIGHT)
def rejected(request: WebRequest, run_id: UUID) -> FileResponse:
    """The rows that were not taken, with the reasons, as a file to put right and bring in again."""
    run, content = _found(run_id), BytesIO()
    rejects.write_rejects(run, content)
    content.seek(0)
    name = f"{Path(masks.mask_text(run.name)).stem}-rejects.csv"
    response = FileResponse(
        content, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8"
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _progress_of(run: LedgerRun) -> dict[str, Any]:
    counts = {name: getattr(run, name) for name in ("created", "updated", "unchanged", "rejected")}
    return {
        "run": run,
        "figures": figures_of(counts),
        "labels": labels_of(run, on=(run.started_at or run.uploaded_at).date()),
        "rejects": run.rejects.all()[:REJECTS_SHOWN],
    }


def _found(run_id: UUID) -> LedgerRun:
    run = LedgerRun.objects.select_related("file", "by__person").filter(pk=run_id).first()
    if run is None:
        raise NotFound
    return run
