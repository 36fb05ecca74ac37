"""Everything the page of one case shows, gathered in a bounded number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from goodword.base.language.script import chosen, written
from goodword.base.people.actors import Actor
from goodword.engine.attachments.queries import attachments_of
from goodword.voice.cases import states
from goodword.voice.cases.models import Case, Evidence
from goodword.voice.cases.queries import obligations
from goodword.voice.cases.queries.hanging import Hanging, of_case
from goodword.voice.cases.queries.merged import absorbed_by
from goodword.voice.cases.rules import callback as callback_rules
from goodword.voice.cases.rules import closing, record_elements
from goodword.voice.cases.rules.evidence import RESULTS

from ..access import WebRequest
from ..refusing import chip, side
from ..templatetags.goodword_ui import is_english, t
from . import alike, naming, scripts
from .abilities import ABILITIES, BY_NAME, BY_URL_NAME
from .ability import Ability
from .calls import calls_of
from .duties import NEVER, Duty, duty
from .forms.base import CaseForm
from .mails import mails_beside
from .naming import Names
from .posting import goes_to
from .readings import proposal_of
from .story import SHOWN, story

SHORT_EN = {states.INVESTIGATING: "Inquiry", states.PROPOSED: "Proposed"}
"""English names that would not fit under a step."""
SHORT_STEPS = (states.RECEIVED, states.TRIAGED, states.DONE, states.CLOSED)

SOLUTIONS = of_case(
    "solutions", lambda rows: rows.select_related("proposed_by__person", "decided_by__person")
)
ROUNDS = of_case("rounds", lambda rows: rows.select_related("investigator__person", "responsible_department"))
EVIDENCE = of_case("evidence", lambda rows: rows.select_related("by__person", "staff__person", "attachment"))
STEPS = of_case(
    "steps", lambda rows, round_no: rows.filter(round_no=round_no).select_related("owner__person")
)
CALLBACKS = of_case("callbacks", lambda rows: rows.select_related("caller__person").order_by("round_no"))
HANDLERS = of_case("handlers", lambda rows: rows.select_related("account__person").order_by("at"))
WATCHERS = of_case("watchers", lambda rows: rows.select_related("account__person"))
HELPS = of_case(
    "helps",
    lambda rows: rows.select_related("department", "asked_by__person", "answered_by__person").order_by(
        "asked_at"
    ),
)
PHONE_TASKS = of_case(
    "phone_tasks",
    lambda rows: rows.filter(state="open").select_related(
        "target__person", "target__department", "department"
    ),
)
LINKS = of_case("links", lambda rows: rows.select_related("other"))
LINKED_FROM = of_case("linked_from", lambda rows: rows.select_related("case"))


def context(request: WebRequest, case: Case) -> dict[str, Any]:
    """The template's context. Some thirty queries, however long the story."""
    names = Names(timezone.localtime(request.now).date())
    there = Hanging(case)
    absorbed = absorbed_by(case, request.actor) if there.has("absorbed") else []
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWN else "all"
    return {
        "case": case,
        "text": words_of(case, names),
        "steps": steps(case),
        "story": story(case, shown=shown, names=names, absorbed=absorbed),
        "absorbed": absorbed,
        "shown": shown,
        "may_reveal": request.actor.has("customers.reveal"),
        "may_rentals": request.actor.has("rentals.see"),
        "filters": filters(case, shown),
        "duties": duties(case),
        "missing": [element for element in record_elements.elements(case) if not element.present]
        if case.state in states.OPEN
        else [],
        "lacking": closing.missing(case) if case.state in states.OPEN else [],
        "lacking_sentence": written(closing.sentence(case, language="en" if is_english() else "zh"))
        if case.state in {states.DONE, states.CALLED_BACK}
        else "",
        "goes_to": goes_to(case, names=names, at=request.now) if case.state in states.OPEN else None,
        **calls_of(case),
        **mails_beside(case),
        **things(case, names, there),
        **deeds(request, case, names),
    }


def duties(case: Case) -> list[Duty]:
    """What is owed, the most pressing first, then what is over, the newest first."""
    rows = sorted(
        obligations.of(case),
        key=lambda row: (row.state != "open", row.due_at if row.state == "open" else NEVER),
    )
    return [duty(row, explained=row.state == "open") for row in rows]


def words_of(case: Case, names: Names) -> dict[str, Any]:
    """The words of the case's codes."""
    return {
        "state": naming.state_name(case.state),
        "state_tone": naming.STATE_TONES.get(case.state, "accent"),
        "kind": names.of("kind", case.kind),
        "content": names.of("content", case.content),
        "subclass": names.subclass(case.content, case.subclass),
        "severity": names.of("severity", case.severity),
        "severity_tone": naming.TONES.get(case.severity, "neutral"),
        "device_type": names.of("device_type", case.device_type),
        "stage": names.of("stage", case.stage),
        "channel": names.channel(case.channel),
        "customer": naming.customer_name(case),
        "department": naming.department_name(case.responsible),
    }


def steps(case: Case) -> list[dict[str, str]]:
    """The stepper: the way this kind of feedback goes, as far as it is."""
    way = SHORT_STEPS if case.kind in states.SHORT_WAY else states.STEPS
    state = case.state_before if case.state == states.MERGED else case.state
    here = way.index(state) if state in way else (1 if case.kind in states.SHORT_WAY else 0)
    over = case.state == states.CLOSED
    drawn = []
    for place, name in enumerate(way):
        done = place < here or over
        drawn.append(
            {
                "label": t(states.NAMES[name][0], SHORT_EN.get(name) or states.NAMES[name][1]),
                "state": "done" if done else "current" if place == here else "todo",
                "note": t("等待客户", "waiting") if place == here and case.waiting_since else "",
            }
        )
    return drawn


def filters(case: Case, shown: str) -> list[dict[str, Any]]:
    """The timeline's tabs."""
    words = {
        "all": ("全部", "All"),
        "talk": ("往来", "Talk"),
        "acts": ("经过", "Acts"),
        "notes": ("备注", "Notes"),
    }
    return [
        {"url": f"?show={name}#story", "label": t(*words[name]), "current": name == shown, "count": None}
        for name in SHOWN
    ]


def things(case: Case, names: Names, there: Hanging) -> dict[str, Any]:
    """What hangs on the case."""
    solutions = there.read("solutions", SOLUTIONS)
    rounds = there.read("rounds", ROUNDS)
    current = next((one for one in rounds if one.number == case.round_no), None)
    evidence = there.read("evidence", EVIDENCE)
    return {
        "rounds": rounds,
        "current_round": current,
        "cause": names.of("cause", current.cause) if current else "",
        "responsible_party": names.of("responsible_party", current.responsible_party) if current else "",
        "solutions": solutions,
        "standing": solutions[-1] if solutions and solutions[-1].round_no == case.round_no else None,
        "evidence_rows": [found_out(row, names) for row in evidence],
        "carrying": there.read("steps", STEPS, case.round_no),
        "callbacks": there.read("callbacks", CALLBACKS),
        "handlers": there.read("handlers", HANDLERS),
        "watchers": there.read("watchers", WATCHERS),
        "helps": there.read("helps", HELPS),
        "phone_tasks": there.read("phone_tasks", PHONE_TASKS),
        "duplicates": alike.proposed(case, names),
        "links_here": links_here(there),
        "files": attachments_of("case", case.pk),
    }


def found_out(row: Evidence, names: Names) -> dict[str, Any]:
    """A piece of evidence with its names."""
    results = RESULTS.get(row.result, (row.result, row.result))
    return {
        "row": row,
        "name": names.of("evidence", row.kind),
        "result": chosen(*results),
    }


def links_here(there: Hanging) -> list[dict[str, Any]]:
    """Cases tied to this one, from either side."""
    relations = {"related": t("相关", "related"), "same_cause": t("同因", "same cause")}
    found = [
        (link.other, relations.get(link.relation) or t("本单是其后续", "followed by this"))
        for link in there.read("links", LINKS)
    ]
    found += [
        (link.case, relations.get(link.relation) or t("是本单的后续", "follows this"))
        for link in there.read("linked_from", LINKED_FROM)
    ]
    return [{"case": other, "relation": relation} for other, relation in found]


def deeds(request: WebRequest, case: Case, names: Names) -> dict[str, Any]:
    """What this person can do now: tabs and menu, the form that is open, and the small forms in place."""
    actor = request.actor
    offered = [ability for ability in ABILITIES if ability.offered(case, actor)]
    refused = refused_ability(request)
    chosen = chosen_ability(request, case, offered, refused)
    here = {ability.name for ability in offered}
    return {
        "may": {
            ability.url_name.removeprefix("case-").replace("-", "_"): ability.path(case)
            for ability in offered
        },
        "work": [tab(ability, chosen) for ability in offered if ability.group == "work"],
        "more": [tab(ability, chosen) for ability in offered if ability.group == "more"],
        "chosen": chosen,
        "chosen_path": chosen.path(case) if chosen else "",
        "form": form_of(request, case, chosen, refused) if chosen else None,
        "reply": form_of(request, case, BY_NAME["replies"], refused, initial=scripts.chosen(request, case))
        if "replies" in here
        else None,
        "watch": form_of(request, case, BY_NAME["watch"], None) if "watch" in here else None,
        "refused_name": refused.name if refused else "",
        "proposal": proposal_of(case, names=names)
        if chosen and chosen.name == "triage" and case.state == states.RECEIVED
        else None,
        "callback_refusal": None if refused else callback_refusal(case, actor),
    }


def tab(ability: Ability, chosen: Ability | None) -> dict[str, Any]:
    """A link that opens an ability's form in place."""
    return {
        "url": f"?do={ability.name}#deed",
        "label": str(ability.label),
        "both": f"{ability.zh} {ability.en}",
        "icon": ability.icon,
        "key": ability.key,
        "current": chosen is not None and ability.name == chosen.name,
        "count": None,
    }


def refused_ability(request: WebRequest) -> Ability | None:
    """The ability whose form was refused just now."""
    match = request.resolver_match
    return BY_URL_NAME.get(match.url_name or "") if request.refused and match else None


def chosen_ability(
    request: WebRequest, case: Case, offered: list[Ability], refused: Ability | None
) -> Ability | None:
    """The ability whose form is open: the refused one, the one asked for, else the next thing to do."""
    forms = [ability for ability in offered if ability.group]
    if refused is not None and refused.group:
        return refused
    wanted = request.GET.get("do", "")
    for ability in forms:
        if ability.name == wanted:
            return ability
    return next((ability for ability in forms if case.state in ability.leads), None)


def form_of(
    request: WebRequest,
    case: Case,
    ability: Ability,
    refused: Ability | None,
    *,
    initial: Mapping[str, Any] | None = None,
) -> CaseForm:
    """An ability's form: fresh (with these first values), or as it was typed with what was wrong in it."""
    if refused is not ability or request.refused is None:
        return ability.form(case=case, actor=request.actor, at=request.now, initial=dict(initial or {}))
    form = ability.form(request.typed, request.FILES, case=case, actor=request.actor, at=request.now)
    if form.is_valid():
        for name, words in request.refused.fields.items():
            form.add_error(name if name in form.fields else None, side(words))
    return form


def callback_refusal(case: Case, actor: Actor) -> Any:
    """Why this person may not call back (FB-4.3e), shown before they pick up the telephone."""
    if case.state != states.DONE or not actor.has("cases.call_back") or case.kind in states.SHORT_WAY:
        return None
    refusal = callback_rules.may_call_back(case, by=actor)
    if refusal is None:
        return None
    return {
        "sentence": chosen(refusal.zh, refusal.en),
        "cure": chosen(refusal.cure_zh, refusal.cure_en),
        "clauses": [chip(clause_id) for clause_id in refusal.clauses],
    }
