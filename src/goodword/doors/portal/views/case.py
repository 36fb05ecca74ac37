"""The customer's view of his case, and what he may do about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from goodword.base.core import clock
from goodword.base.core.errors import DomainError
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import CUSTOMER
from goodword.voice.cases import states
from goodword.voice.cases.actions import replying, solving, withdrawing
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries.merged import final_target

from ..access import public
from ..forms import AddForm, AnswerForm, WithdrawForm, fresh_key
from ..pages import draw, sentence
from ..photos import attach, laid_down, photos_of
from ..promises import agreed_solution, open_solution, promises
from ..speech import said
from ..visits import case_of
from ..words import happened, own_words

CaseView = Callable[[HttpRequest, Case], HttpResponse]
WAY = (
    ("已收到", "Received", {"received"}),
    ("处理中", "In hand", {"triaged", "investigating"}),
    ("方案", "Solution", {"proposed", "agreed"}),
    ("执行", "Doing it", {"carrying_out"}),
    ("办完", "Done", {"done", "called_back", "closed"}),
)
"""The steps as a customer sees them, and the states each of them covers."""


def of_the_visit(view: CaseView) -> Callable[[HttpRequest], HttpResponse]:
    """Give the view the case this browser has opened; ask for number and code again when there is none."""

    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        case = case_of(request)
        return redirect("portal:track") if case is None else view(request, case)

    return opened


@public()
@of_the_visit
def show(request: HttpRequest, case: Case) -> HttpResponse:
    """What happened, what is promised, what the customer may do now."""
    return _draw(request, case)


@public("POST")
@of_the_visit
def add(request: HttpRequest, case: Case) -> HttpResponse:
    """The customer adds words and photos; sent twice, they are kept once."""
    photos = photos_of(request)
    form = AddForm(request.POST, photos=len(photos))
    if not form.is_valid():
        return _draw(request, case, adding=form, status=422)
    at, sent = clock.now(), form.cleaned_data
    try:
        with laid_down(photos), one_fact():
            message = replying.customer_wrote(
                case,
                text=sent["text"],
                channel="portal",
                at=at,
                outside_id=f"{own_words(case)}{sent['key']}",
            )
            left_out = attach(message.case, photos, at=at)
    except DomainError as problem:
        return _draw(request, case, adding=form, problem=sentence(problem), status=409)
    if left_out:
        names = ", ".join(left_out)
        messages.warning(
            request,
            said(
                "已收到，但这些文件无法接收：{names}", "Received, but not these files: {names}", names=names
            ),
        )
    else:
        messages.success(request, said("已收到您的补充。", "We received what you added."))
    return redirect("portal:case")


@public("POST")
@of_the_visit
def answer(request: HttpRequest, case: Case) -> HttpResponse:
    """Accept the solution, or decline it and say why."""
    form = AnswerForm(request.POST)
    solution = open_solution(case)
    if solution is None or not form.is_valid() or form.cleaned_data["solution"] != solution.pk:
        problem = said(
            "方案刚有变化，请看一下最新的情况再答复。", "The solution has just changed; please look again."
        )
        return _draw(request, case, status=409, problem=problem)
    accepted = form.cleaned_data["answer"] == "accept"
    why = form.cleaned_data["why"].strip()
    if not accepted and not why:
        problem = said(
            "请告诉我们哪里不合适，主管会跟进。", "Please tell us what is wrong; a supervisor will follow up."
        )
        return _draw(request, case, status=422, problem=problem)
    try:
        solving.customer_answers(solution, by=CUSTOMER, at=clock.now(), accepted=accepted, note=why)
    except DomainError as problem:
        return _draw(request, case, problem=sentence(problem), status=409)
    messages.success(request, said("谢谢，已记录您的答复。", "Thank you, your answer is recorded."))
    return redirect("portal:case")


@public("POST")
@of_the_visit
def withdraw(request: HttpRequest, case: Case) -> HttpResponse:
    """The customer no longer wants it handled."""
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _draw(request, case, withdrawing=form, status=422)
    try:
        withdrawing.withdraw(case, by=CUSTOMER, at=clock.now(), reason=form.cleaned_data["why"])
    except DomainError as problem:
        return _draw(request, case, problem=sentence(problem), status=409)
    messages.success(
        request, said("已撤回。如需要，随时可以再告诉我们。", "Withdrawn. Tell us again whenever you like.")
    )
    return redirect("portal:case")


def _draw(
    request: HttpRequest,
    case: Case,
    *,
    adding: forms.Form | None = None,
    withdrawing: forms.Form | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    case.refresh_from_db()
    goes_on = final_target(case)
    is_open = goes_on.state in states.OPEN
    return draw(
        request,
        "case.html",
        status=status,
        case=case,
        goes_on=goes_on if goes_on != case else None,
        steps=_steps(goes_on) if is_open or goes_on.state == states.CLOSED else [],
        state=said(*states.NAMES[case.state]),
        promises=promises(goes_on, now=clock.now()) if is_open else [],
        solution=open_solution(case),
        agreed=agreed_solution(case),
        lines=happened(case, goes_on=goes_on),
        adding=adding or AddForm(initial={"key": fresh_key()}),
        withdrawing=withdrawing or WithdrawForm(),
        may_withdraw=case.state in states.OPEN and case.state != states.CALLED_BACK,
        may_add=case.state != states.WITHDRAWN,
        **more,
    )


def _steps(case: Case) -> list[dict[str, str]]:
    place = next((number for number, step in enumerate(WAY) if case.state in step[2]), 0)
    is_over = case.state == states.CLOSED
    return [
        {
            "label": said(zh, en),
            "state": "done" if number < place or is_over else "current" if number == place else "todo",
            "note": "",
        }
        for number, (zh, en, _) in enumerate(WAY)
    ]
