"""A sheet of QR codes to print; each opens the report form at what it hangs on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goodword.base.documents import qr
from goodword.company.rentals.codes import Place

from ..access import WebRequest, page
from ..rentals.codes import address_of, file_name
from ..templatetags.goodword_ui import t
from .forms import CodesForm


@dataclass(frozen=True, slots=True)
class Printed:
    """One code: the picture as an address of data, what it says beside it, where it leads, the name of its file."""

    picture: str
    title: str
    note: str
    url: str
    file: str


@page(right="rentals.edit", methods="GET POST", one_fact=False)
def codes(request: WebRequest) -> HttpResponse:
    """GET: what for, with `?things=` filled in. POST: the sheet; nothing is kept, the code itself holds all."""
    day = timezone.localtime(request.now).date()
    if request.method == "POST":
        form = CodesForm(request.POST, day=day)
        if not form.is_valid():
            return render(request, "web/codes/form.html", {"form": form}, status=422)
        until = form.cleaned_data["until"]
        places = [*form.cleaned_data["things"], *(Place(store=name) for name in form.cleaned_data["stores"])]
        printed = [_printed(request, replace(place, until=until)) for place in places]
        return render(request, "web/codes/sheet.html", {"printed": printed, "until": until})
    form = CodesForm(day=day, initial={"things": request.GET.get("things", "")[:4000]})
    return render(request, "web/codes/form.html", {"form": form})


def _printed(request: WebRequest, place: Place) -> Printed:
    url = address_of(request, place)
    title, note = _words(place)
    return Printed(qr.data_uri(url), title, note, url, f"{file_name(title)}.svg")


def _words(place: Place) -> tuple[str, str]:
    if place.order is not None:
        return place.order.number, t("租赁单", "Order")
    if place.device is not None:
        return place.device.serial, place.device.name or place.device.model or place.device.device_type
    return place.store, t("服务点", "Counter")
