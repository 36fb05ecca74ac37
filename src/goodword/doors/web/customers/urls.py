"""The customers' URLs, under /customers/."""

from __future__ import annotations

from django.urls import path

from . import editing, finding, quieting, revealing, showing

urlpatterns = [
    path("", finding.customers, name="customers"),
    path("new/", editing.new_customer, name="customer-new"),
    path("<int:number>/", showing.customer, name="customer"),
    path("<int:number>/contacts/", editing.add_contact, name="contact-new"),
    path("<int:number>/quiet/", quieting.quiet, name="customer-quiet"),
    path("<int:number>/orders/", editing.new_order, name="order-new"),
    path("<int:number>/reveal/<str:field>/", revealing.reveal, name="reveal"),
    path(
        "<int:number>/contacts/<int:contact_id>/reveal/<str:field>/", revealing.reveal, name="reveal-contact"
    ),
]
