"""A list of cases is kept under a name, shared, changed, moved and taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from goodword.base.core.errors import Forbidden, Invalid, NotFound, Refused
from goodword.base.core.masks import mask_text
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.base.people.models import Department
from goodword.engine.journal.recording import lock_subject, record

from ..kinds import VIEW_CHANGED, VIEW_RETIRED, VIEW_SHARED
from ..models.lists import DEPARTMENT, EVERYBODY, OWN, SHARED, SavedView
from .seen import together

COMPANY = ("company", "company")
"""In whose chain changes are journalled; its lock comes first, whoever sees the view, as it may be shared meanwhile."""
SHARE = "cases.share_views"
LONGEST_NAME = 80
LONGEST_VALUE = 200
MOST_PARTS = 40
MOST_VIEWS = 60
"""Of one person: beyond it they are no longer a choice but a list to search."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a list: its names, what it is narrowed by, columns and order; with whom it is shared."""

    name: str
    name_en: str
    filters: Mapping[str, str]
    columns: Sequence[str]
    sort: str
    shared: str = OWN
    department: Department | None = None


def save(kept: Kept, *, by: Actor, at: datetime) -> SavedView:
    """Keep a list under a name; it comes last among its kind.

    Effects: the row; `company.view_shared` where others see it. Raises Forbidden, Invalid, Refused for too many.
    """
    by.require("cases.see")
    _check(kept, by)
    with one_fact():
        lock_subject(*COMPANY)
        if SavedView.objects.filter(owner_id=by.staff_id, retired_at=None).count() >= MOST_VIEWS:
            raise Refused(
                "您保存的视图已经很多了。",
                "You have saved a great many views already.",
                cure_zh="请先删除不用的。",
                cure_en="Delete those you no longer use.",
            )
        view = SavedView(owner_id=by.staff_id, changed_at=at)
        _write(view, kept)
        view.place = _last(view) + 1
        view.save()
        if view.shared != OWN:
            record(VIEW_SHARED, COMPANY[1], by=by, at=at, facts={"view": view.pk, **_audience(view)})
    return view


def change(view: SavedView, kept: Kept, *, by: Actor, at: datetime) -> SavedView:
    """Another name, other filters or columns, another audience.

    Effects: the row; `company.view_changed` with what differs, where others saw it or see it now.
    Raises Forbidden, Invalid, NotFound where it was taken away meanwhile.
    """
    _check(kept, by)
    with one_fact():
        lock_subject(*COMPANY)
        view = _locked(view)
        _require(view, by)
        before = _said(view)
        seen, audience = view.shared != OWN, (view.shared, view.department_id)
        _write(view, kept)
        fields = [name for name, value in _said(view).items() if value != before[name]]
        if not fields:
            return view
        if audience != (view.shared, view.department_id):
            if view.shared == OWN and view.owner_id is None:
                view.owner_id = by.staff_id  # one the software came with, kept to oneself
            view.place = _last(view) + 1
        view.changed_at = at
        view.save()
        if seen or view.shared != OWN:
            facts = {"view": view.pk, "fields": fields, **_audience(view)}
            record(VIEW_CHANGED, COMPANY[1], by=by, at=at, facts=facts)
    return view


def move(view: SavedView, *, up: bool, by: Actor, at: datetime) -> SavedView:
    """One place up or down among those listed with it; nothing happens at the end.

    Effects: both rows; `company.view_changed` for a shared one. Raises Forbidden, NotFound.
    """
    with one_fact():
        lock_subject(*COMPANY)
        view = _locked(view)
        _require(view, by)
        row = list(together(view).select_for_update().order_by("place", "pk"))
        here = next(place for place, one in enumerate(row) if one.pk == view.pk)
        there = here + (-1 if up else 1)
        if not 0 <= there < len(row):
            return view
        row[here], row[there] = row[there], row[here]
        for place, one in enumerate(row, start=1):
            one.place = place
        SavedView.objects.bulk_update(row, ["place"])
        if view.shared != OWN:
            facts = {"view": view.pk, "fields": ["place"], **_audience(view)}
            record(VIEW_CHANGED, COMPANY[1], by=by, at=at, facts=facts)
    return row[there]


def retire(view: SavedView, *, by: Actor, at: datetime) -> None:
    """Take a view away. Effects: the row is marked; `company.view_retired` where others saw it.

    Raises Forbidden, NotFound.
    """
    with one_fact():
        lock_subject(*COMPANY)
        view = _locked(view)
        _require(view, by)
        view.retired_at = view.changed_at = at
        view.save(update_fields=["retired_at", "changed_at"])
        if view.shared != OWN:
            record(VIEW_RETIRED, COMPANY[1], by=by, at=at, facts={"view": view.pk})


def may_change(view: SavedView, actor: Actor) -> bool:
    """Its owner may; of a shared one also whoever may share with the same people."""
    if view.owner_id is not None and view.owner_id == actor.account_id:
        return True
    return view.shared != OWN and may_share(view.shared, view.department, actor)


def may_share(shared: str, department: Department | None, actor: Actor) -> bool:
    """Anybody keeps a view to himself or shares it with his department; with all only who may for the whole company."""
    if shared == EVERYBODY:
        return actor.reaches_everywhere(SHARE)
    if shared == DEPARTMENT:
        home = department.code if department else ""
        return home in actor.departments or actor.has(SHARE, department=home)
    return True


def _require(view: SavedView, by: Actor) -> None:
    if not may_change(view, by):
        raise Forbidden(
            "这个视图不是您的，您不能修改。",
            "This view is not yours to change.",
            cure_zh="可以另存为自己的视图。",
            cure_en="Save one of your own.",
        )


def _locked(view: SavedView) -> SavedView:
    found = SavedView.objects.select_for_update().filter(pk=view.pk, retired_at=None).first()
    if found is None:
        raise NotFound("这个视图已被删除。", "This view has been taken away.")
    return found


def _write(view: SavedView, kept: Kept) -> None:
    view.name, view.name_en = kept.name.strip(), kept.name_en.strip()
    view.filters, view.columns, view.sort = dict(kept.filters), list(kept.columns), kept.sort
    view.shared = kept.shared
    view.department = kept.department if kept.shared == DEPARTMENT else None


def _said(view: SavedView) -> dict[str, object]:
    names = ("name", "name_en", "filters", "columns", "sort", "shared", "department_id")
    return {name.removesuffix("_id"): getattr(view, name) for name in names}


def _audience(view: SavedView) -> dict[str, str | None]:
    return {"shared": view.shared, "department": view.department.code if view.department else None}


def _last(view: SavedView) -> int:
    return int(together(view).aggregate(last=Max("place"))["last"] or 0)


def _check(kept: Kept, by: Actor) -> None:
    """Raises Invalid for a name or parts that cannot be kept, Forbidden for an audience that is not theirs to choose."""
    wrong = {}
    if not 1 <= len(kept.name.strip()) <= LONGEST_NAME:
        wrong["name"] = f"1–{LONGEST_NAME} 字 / 1–{LONGEST_NAME} characters"
    if len(kept.name_en.strip()) > LONGEST_NAME:
        wrong["name_en"] = f"最多 {LONGEST_NAME} 字 / at most {LONGEST_NAME} characters"
    if kept.shared not in SHARED or (kept.shared == DEPARTMENT and kept.department is None):
        wrong["shared"] = "请选择 / choose one"
    parts = [*kept.filters, *kept.filters.values(), *kept.columns, kept.sort]
    if len(parts) > MOST_PARTS * 2 or any(len(part) > LONGEST_VALUE for part in parts):
        wrong["filters"] = "条件太多或太长 / too many or too long"
    if any(mask_text(said) != said for said in (kept.name, kept.name_en, *kept.filters.values())):
        wrong["name"] = "请勿写入电话、邮箱等个人信息 / keep telephone numbers and addresses out of it"
    if wrong:
        raise Invalid("这个视图不能这样保存。", "The view cannot be saved like this.", fields=wrong)
    if not may_share(kept.shared, kept.department, by):
        raise Forbidden(
            "您不能把视图共享给他们。",
            "You may not share views with them.",
            cure_zh="可以只给自己或本部门，或请主管共享。",
            cure_en="Keep it to yourself or your department, or ask a lead.",
        )
