"""The URLs of mails, under /mails/; a case's own stand under the case."""

from __future__ import annotations

from django.urls import path

from . import deciding, views

urlpatterns = [
    path("", views.aside, name="mails-aside"),
    path("<int:mail_id>/", views.mail, name="mail"),
    path("<int:mail_id>/letting-in/", deciding.let_in, name="mail-let-in"),
    path("<int:mail_id>/away/", deciding.put_away, name="mail-away"),
    path("<int:mail_id>/raw/", deciding.raw, name="mail-raw"),
]
