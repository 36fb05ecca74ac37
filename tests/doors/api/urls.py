"""The API where the product has it, and the portal, to which its codes lead; these tests need no other door."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("goodword.doors.api.urls")),
    path("p/", include("goodword.doors.portal.urls")),
]
