"""The ledgers' URLs, under /ledger/."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.ledgers, name="ledger"),
    path("<uuid:run_id>/", views.show, name="ledger-run"),
    path("<uuid:run_id>/map/", views.change_map, name="ledger-map"),
    path("<uuid:run_id>/start/", views.start, name="ledger-start"),
    path("<uuid:run_id>/progress/", views.progress, name="ledger-progress"),
    path("<uuid:run_id>/rejects/", views.rejected, name="ledger-rejects"),
]
