"""Number and code open a case for half an hour; wrong ones are counted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.i18n import set_language

from ..access import public
from ..address import address_of
from ..forms import TrackForm
from ..limits import GUESSING, SEARCHING
from ..pages import draw
from ..speech import said
from ..visits import begin, end, opened_by


@public("GET HEAD POST")
def track(request: HttpRequest) -> HttpResponse:
    """GET: ask for number and code. POST: open the case, or say the same for a wrong code and a missing case."""
    if request.method != "POST":
        return draw(
            request, "track.html", form=TrackForm(initial={"number": request.GET.get("number", "")[:20]})
        )
    form = TrackForm(request.POST)
    if not form.is_valid():
        return draw(request, "track.html", form=form, status=422)
    # "1001", "# 1001" and "001001" are one case: whoever guesses has eight tries, however it is written
    number, address = form.cleaned_data["number"].strip().lstrip("#＃ 0"), address_of(request)
    if GUESSING.is_reached(address, number) or SEARCHING.is_reached(address):
        return draw(
            request,
            "track.html",
            form=form,
            status=429,
            problem=said("试得太多了，请 15 分钟后再试。", "Too many tries; wait 15 minutes."),
        )
    case = opened_by(number, form.cleaned_data["code"])
    if case is None:
        GUESSING.count(address, number)
        SEARCHING.count(address)
        wrong = said(
            "编号或查询码不对，请核对后再试。", "Number and code do not belong together; check and try again."
        )
        return draw(request, "track.html", form=form, status=404, problem=wrong)
    GUESSING.forget(address, number)
    answer = redirect("portal:case")
    begin(answer, case)
    return answer


@public("POST")
def leave(_request: HttpRequest) -> HttpResponse:
    """Forget the case on this device."""
    answer = redirect("portal:track")
    end(answer)
    return answer


@public("POST")
def language(request: HttpRequest) -> HttpResponse:
    """The other language, and back to the page it was asked for on."""
    answer: HttpResponse = set_language(request)
    return answer
