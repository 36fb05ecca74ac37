"""The URLs of orders and devices. A number is whatever the company writes, slashes included."""

from __future__ import annotations

from django.urls import path

from . import device, devices, order, orders

urlpatterns = [
    path("orders/", orders.orders, name="orders"),
    path("orders/<path:number>/", order.order, name="order"),
    path("devices/", devices.devices, name="devices"),
    path("devices/<path:serial>/", device.device, name="device"),
]
