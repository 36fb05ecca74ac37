"""The URLs of taking down on site and from shops, under /capture/."""

from __future__ import annotations

from django.urls import path

from . import on_site, shop

urlpatterns = [
    path("", on_site.capture, name="capture"),
    path("worker.js", on_site.worker, name="capture-worker"),
    path("shop/", shop.shop, name="capture-shop"),
    path("shop/read/", shop.understood, name="capture-shop-read"),
]
