"""Mails that were set aside, and each mail whole."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from goodword.base.core.errors import NotFound
from goodword.company.channels.mail.queries import arrival_of, set_aside
from goodword.voice.cases.queries import listing

from ..access import WebRequest, page
from .showing import found, note_of, whole


@page(right="cases.receive")
def aside(request: WebRequest, **_of_the_form_refused: int) -> HttpResponse:
    """The mails nobody answers until a person lets them in, the newest first."""
    lines = [{"mail": mail, "note": note_of(mail)} for mail in set_aside()]
    return render(request, "web/mails/aside.html", {"lines": lines})


@page(right="cases.receive")
def mail(request: WebRequest, mail_id: int, raw: str = "") -> HttpResponse:
    """One mail whole; of a case only for those who see the case."""
    row = found(mail_id)
    arrival = arrival_of(row)
    number = None
    if arrival is not None and arrival.case_id is not None:
        cases = listing.visible_to(request.actor).filter(pk=arrival.case_id)
        number = cases.values_list("number", flat=True).first()
        if number is None:
            raise NotFound
    return render(request, "web/mails/mail.html", {**whole(request, row), "raw": raw, "case_number": number})


@page(right="cases.see")
def of_case(request: WebRequest, number: int, mail_id: int) -> HttpResponse:
    """One mail of a case, whole. Another case's is not found."""
    case = listing.get(request.actor, number)
    row = found(mail_id)
    arrival = arrival_of(row)
    if arrival is None or arrival.case_id != case.pk:
        raise NotFound
    return render(request, "web/mails/mail.html", {**whole(request, row), "case_number": number})
