"""A colleague's browser, and the words of a page."""

from __future__ import annotations

from django.test import Client
from tests.cast import Member


def as_(member: Member) -> Client:
    """A browser in which the colleague is logged in."""
    client = Client()
    client.force_login(member.account)
    return client


def words(client: Client, address: str) -> str:
    """The page at this address, which has to open."""
    page = client.get(address)
    assert page.status_code == 200, page.content.decode()[:2000]
    return page.content.decode()
