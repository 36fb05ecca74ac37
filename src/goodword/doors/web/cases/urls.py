"""The URLs of cases: the list, taking one down, one case's page, and a noun for each thing to do with it."""

from __future__ import annotations

from django.urls import URLPattern, path

from .abilities import ABILITIES
from .ability import view_of
from .bulk import outcomes, views
from .pages import case_list, checks, files, in_place, intake, show

urlpatterns: list[URLPattern] = [
    path("", case_list.cases, name="cases"),
    path("new/", intake.take_down, name="intake"),
    path("new/customers/", intake.customers, name="intake-customers"),
    path("new/proposal/", intake.proposal, name="intake-proposal"),
    path("checks/", checks.checks, name="case-checks"),
    path("bulk/", views.bulk, name="bulk"),
    path("bulk/do/", views.do, name="bulk-do"),
    path("bulk/rows/<int:number>/", views.row, name="bulk-row"),
    path("bulk/<uuid:run_id>/", outcomes.run, name="bulk-run"),
    path("<int:number>/", show.case, name="case"),
    path("<int:number>/in-place/", in_place.card, name="case-in-place"),
    path("<int:number>/in-place/done/", in_place.done, name="case-in-place-done"),
    path("<int:number>/attachments/<uuid:attachment>/", files.download, name="case-file"),
    *(
        path(f"<int:number>/{ability.name}/", view_of(ability, back=show.case), name=ability.url_name)
        for ability in ABILITIES
    ),
]
