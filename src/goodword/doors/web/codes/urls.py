"""The URL of the QR codes."""

from __future__ import annotations

from django.urls import path

from .views import codes

urlpatterns = [path("", codes, name="codes")]
