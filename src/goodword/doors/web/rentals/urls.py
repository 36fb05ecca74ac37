"""The URLs of orders and devices. A number is whatever the company writes, slashes included."""

from __future__ import annotations

from django.urls import path

from . import devices, orders

urlpatterns = [
    path("orders/", orders.orders, name="orders"),
    path("orders/<path:number>/", orders.order, name="order"),
    path("devices/", devices.devices, name="devices"),
    path("devices/<path:serial>/", devices.device, name="device"),
]
