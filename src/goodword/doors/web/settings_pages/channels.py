"""Settings: by which channels customers reach the company, the notice of them all, and where it stands (FB-2.1b)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from goodword.base.core.errors import NotFound
from goodword.base.documents import qr
from goodword.base.documents.letters import Block, write_docx
from goodword.company.channels.actions import publishing
from goodword.company.channels.notice import Line, Notice, Place, notice_of, places
from goodword.company.channels.notice import channels as known_channels
from goodword.wiring.administration.company import company_name

from ..access import WebRequest, page
from ..templatetags.goodword_ui import is_english, t, tr
from .common import checked, draw, typed_for
from .forms.channels import ChannelForm, PublishedForm

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@page(right="settings.edit")
def channels(request: WebRequest, **_of_the_form_refused: Any) -> HttpResponse:
    """Each channel of the regulation with its form; the places where the notice stands, and whether it still holds."""
    on = timezone.localtime(request.now).date()
    lines = known_channels(on=on)
    notice = notice_of(lines)
    return draw(
        request,
        "settings-channels",
        "channels.html",
        channels=[_shown(line, request) for line in lines],
        places=[_placed(place, notice, request) for place in places(notice, on=on)],
        notice=notice,
        public=request.build_absolute_uri(reverse("portal:channels")),
        snippet=snippet(notice, request) if notice.lines else "",
    )


@page(right="settings.edit", methods="POST", back=channels)
def set_channel(request: WebRequest, code: str) -> HttpResponse:
    """Another way to reach a channel, or none any more."""
    on = timezone.localtime(request.now).date()
    known = next((line for line in known_channels(on=on) if line.code == code), None)
    if known is None:
        raise NotFound("制度里没有这个渠道。", "The regulation names no such channel.")
    form = ChannelForm(request.POST)
    checked(form)
    publishing.set_channel(form.line(known), by=request.actor, at=request.now, on=on)
    return _back(request, code)


@page(right="settings.edit", methods="POST", back=channels)
def publish(request: WebRequest, code: str) -> HttpResponse:
    """The notice, as it is now, stands at the place."""
    typed = checked(PublishedForm(request.POST))
    on = timezone.localtime(request.now).date()
    publishing.publish(code, **typed, by=request.actor, at=request.now, on=on)
    return _back(request, f"place-{code}")


@page(right="settings.edit")
def document(request: WebRequest) -> HttpResponse:
    """The notice as a .docx, to be put into the contract or the delivery list."""
    notice = notice_of(known_channels(on=timezone.localtime(request.now).date()))
    name = company_name().said(english=is_english())
    title = t("反馈渠道", "How to reach us")
    lead = t(
        "有任何问题、建议或表扬，请通过下列任一渠道告诉{name}。", "Tell {name} by any of these.", name=name
    )
    blocks = [
        Block(f"{tr(line.zh, line.en)}  {line.shown}", _note(line), qr.png(line.link) if line.link else b"")
        for line in notice.lines
    ]
    answer = HttpResponse(write_docx(str(title), str(lead), blocks), content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="channels-{notice.version or "none"}.docx"'
    return answer


def snippet(notice: Notice, request: WebRequest) -> str:
    """The notice as a piece of HTML that stands by itself on the company's website: no script, nothing fetched."""
    found = [(line, _note(line), qr.data_uri(line.link) if line.link else "") for line in notice.lines]
    return render_to_string("web/settings/channels_snippet.html", {"lines": found, "version": notice.version})


def _note(line: Line) -> list[str]:
    said = str(tr(line.note_zh, line.note_en or line.note_zh))
    return [said] if said else []


def _shown(line: Line, request: WebRequest) -> dict[str, Any]:
    initial = {name: getattr(line, name) for name in ChannelForm.base_fields}
    typed = typed_for(request, line.code)
    return {"line": line, "form": ChannelForm(typed, initial=initial, auto_id=f"id_{line.code}_%s")}


def _placed(place: Place, notice: Notice, request: WebRequest) -> dict[str, Any]:
    form = PublishedForm(
        typed_for(request, f"place-{place.code}"),
        initial={"version": notice.version},
        auto_id=f"id_place_{place.code}_%s",
    )
    return {"place": place, "form": form}


def _back(request: WebRequest, place: str) -> HttpResponse:
    messages.success(request, t("已保存。", "Saved."))
    return HttpResponseRedirect(f"{reverse('web:settings-channels')}#{place}")
