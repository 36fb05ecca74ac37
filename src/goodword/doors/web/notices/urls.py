"""The inbox's URLs, under /notices/."""

from __future__ import annotations

from django.urls import path

from . import undelivered, views

urlpatterns = [
    path("", views.notices, name="notices"),
    path("seen/", views.seen, name="notices-seen"),
    path("undelivered/", undelivered.undelivered, name="undelivered"),
    path("undelivered/<int:message_id>/sending/", undelivered.send_again, name="send-again"),
    path("undelivered/<int:message_id>/giving-up/", undelivered.give_up, name="give-up"),
    path("unread/", undelivered.not_read, name="not-read"),
    path("unread/<int:message_id>/reading/", undelivered.read_again, name="read-again"),
    path("unread/<int:message_id>/giving-up/", undelivered.give_up_reading, name="give-up-reading"),
]
