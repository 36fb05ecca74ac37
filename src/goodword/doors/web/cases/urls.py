"""The URLs of cases: the list, taking one down, one case's page, and a noun for each thing to do with it."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..mails import views as mails
from .abilities import ABILITIES
from .ability import view_of
from .bulk import outcomes, views
from .pages import (
    board,
    case_export,
    case_list,
    case_views,
    checks,
    files,
    in_place,
    intake,
    merging,
    presence,
    scripts,
    show,
)

urlpatterns: list[URLPattern] = [
    path("", case_list.cases, name="cases"),
    path("board/", board.board, name="case-board"),
    path("export/", case_export.export, name="case-export"),
    path("views/", case_views.views, name="case-views"),
    path("views/new/", case_views.new, name="case-view-new"),
    path("views/<int:view_id>/", case_views.change, name="case-view"),
    path("views/<int:view_id>/place/", case_views.move, name="case-view-move"),
    path("views/<int:view_id>/retirement/", case_views.retire, name="case-view-retire"),
    path("new/", intake.take_down, name="intake"),
    path("new/customers/", intake.customers, name="intake-customers"),
    path("new/proposal/", intake.proposal, name="intake-proposal"),
    path("checks/", checks.checks, name="case-checks"),
    path("bulk/", views.bulk, name="bulk"),
    path("bulk/do/", views.do, name="bulk-do"),
    path("bulk/reach/", views.reach, name="bulk-reach"),
    path("<int:number>/acceptance/row/", views.row, name="case-acceptance-row"),
    path("bulk/<uuid:bulk_id>/", outcomes.run, name="bulk-run"),
    path("<int:number>/", show.case, name="case"),
    path("<int:number>/in-place/", in_place.card, name="case-in-place"),
    path("<int:number>/in-place/done/", in_place.done, name="case-in-place-done"),
    path("<int:number>/presence/", presence.here, name="case-presence"),
    path("<int:number>/scripts/", scripts.scripts, name="case-scripts"),
    path("<int:number>/comparison/", merging.compare, name="case-comparison"),
    path("<int:number>/mails/<int:mail_id>/", mails.of_case, name="case-mail"),
    path("<int:number>/attachments/<uuid:attachment>/", files.download, name="case-file"),
    *(
        path(f"<int:number>/{ability.name}/", view_of(ability, back=show.case), name=ability.url_name)
        for ability in ABILITIES
    ),
]
