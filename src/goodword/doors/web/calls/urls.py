"""The URLs of calls, under /calls/."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.calls, name="calls"),
    path("mine/", views.mine, name="calls-mine"),
    path("hand/", views.by_hand, name="call-by-hand"),
    path("returns/<int:task_id>/", views.returned, name="call-return"),
    path("<uuid:call_id>/", views.call, name="call"),
    path("<uuid:call_id>/away/", views.away, name="call-away"),
    path("<uuid:call_id>/recording/", views.recording, name="call-recording"),
]
