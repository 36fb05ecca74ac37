"""The inbox's URLs, under /notices/."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.notices, name="notices"),
    path("seen/", views.seen, name="notices-seen"),
    path("undelivered/", views.undelivered, name="undelivered"),
    path("undelivered/<int:message_id>/sending/", views.send_again, name="send-again"),
]
