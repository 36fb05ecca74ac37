"""The URLs of live chats, under /chats/."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.chats, name="chats"),
    path("waiting/", views.waiting_now, name="chats-waiting"),
]
