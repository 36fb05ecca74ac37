"""Every URL of the product, door by door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("goodword.doors.api.urls")),
    path("p/", include("goodword.doors.portal.urls")),
    path("", include("goodword.doors.web.urls")),
]

handler400 = "goodword.doors.web.views.errors.bad_request"
handler403 = "goodword.doors.web.views.errors.forbidden"
handler404 = "goodword.doors.web.views.errors.not_found"
handler500 = "goodword.doors.web.views.errors.broken"
