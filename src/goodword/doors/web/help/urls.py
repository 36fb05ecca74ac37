"""The help's URLs, under /help/."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.index, name="help"),
    path("<slug:name>/", views.show, name="help-page"),
]
