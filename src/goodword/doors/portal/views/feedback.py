"""The form at which anybody tells the company something, and the receipt."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from goodword.base.core import clock
from goodword.base.core.errors import DomainError
from goodword.base.core.idempotency import KeyReused
from goodword.company.rentals.codes import CodeExpired, place_of

from ..access import public
from ..address import address_of
from ..forms import FeedbackForm, fresh_key
from ..intake import Receipt, hung_at, take_in
from ..limits import SENDING
from ..pages import draw, sentence
from ..photos import photos_of
from ..promises import receipt_due
from ..speech import said
from ..visits import begin, opened_by


@public("GET HEAD POST")
def feedback(request: HttpRequest) -> HttpResponse:
    """GET: the form, order and device as the QR code says. POST: the case and its receipt."""
    if request.method == "POST":
        return _sent(request)
    known = {"order": request.GET.get("order", "")[:60], "device": request.GET.get("device", "")[:80]}
    return draw(request, "feedback.html", form=FeedbackForm(initial={**known, "key": fresh_key()}))


@public("GET HEAD")
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """The form as it is opened from a printed code. One that cannot be read, or is over, opens it all the same."""
    form = FeedbackForm(initial={"key": fresh_key(), "hung": code})
    try:
        place = place_of(code, on=timezone.localtime(clock.now()).date())
    except DomainError as problem:
        form = FeedbackForm(initial={"key": fresh_key()})
        status = 410 if isinstance(problem, CodeExpired) else 404
        return draw(request, "feedback.html", form=form, notice=sentence(problem), status=status)
    return draw(request, "feedback.html", form=form, place=place)


def _drawn_again(request: HttpRequest, form: FeedbackForm, status: int, problem: str = "") -> HttpResponse:
    """The form as it was typed; photos have to be chosen again, and the page says so."""
    place = hung_at(request.POST.get("hung", ""))
    again = bool(request.FILES)
    return draw(
        request, "feedback.html", form=form, place=place, photos_again=again, problem=problem, status=status
    )


def _sent(request: HttpRequest) -> HttpResponse:
    address = address_of(request)
    form = FeedbackForm(request.POST)
    if SENDING.is_reached(address):
        problem = said(
            "短时间内提交得太多了，请一小时后再试，或直接致电我们。",
            "Too many in a short time; try again in an hour, or call us.",
        )
        return _drawn_again(request, form, 429, problem)
    if not form.is_valid():
        return _drawn_again(request, form, 422)
    SENDING.count(address)
    try:
        receipt = take_in(form.cleaned_data, photos_of(request), at=clock.now())
    except KeyReused:
        return _once_more(request)
    except DomainError as problem:
        return _drawn_again(request, _with_errors(form, problem), 422, sentence(problem))
    return _receipt(request, receipt)


def _once_more(request: HttpRequest) -> HttpResponse:
    """The form was sent before and then changed: a person decides whether this is another matter."""
    again = FeedbackForm({**request.POST.dict(), "key": fresh_key()})
    problem = said(
        "这份表单已经提交过一次。如果这是另一件事，请再次点击“提交”；如果是补充，请到“查询进度”中补充。",
        "This form has been sent once. If this is another matter, send it again; to add something, use “Track”.",
    )
    return _drawn_again(request, again, 422, problem)


def _with_errors(form: FeedbackForm, problem: DomainError) -> FeedbackForm:
    for name, words in problem.fields.items():
        form.add_error(name if name in form.fields else None, words)
    return form


def _receipt(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    """Number and code, in the answer to the form itself: they stand in no address and no history."""
    due = receipt_due(receipt.number)
    shown: dict[str, Any] = {"receipt": receipt, "due": timezone.localtime(due) if due else None}
    answer = draw(request, "receipt.html", **shown)
    case = opened_by(str(receipt.number), receipt.code)
    if case is not None:
        begin(answer, case)
    return answer
