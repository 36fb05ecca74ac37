"""A session that ended while somebody typed loses nothing: the form goes through the log-in, sealed, and is there again."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from tests.cast import Cast, a_case

from goodword.base.core import clock
from goodword.base.core.sealing import encrypt

PASSWORD = "an-invented-password"
TYPED = "您好，工程师下午三点到，电话 13800001234。"


@pytest.fixture
def known(cast: Cast) -> Cast:
    for member in (cast.intake, cast.lead):
        member.account.set_password(PASSWORD)
        member.account.save()
    return cast


@pytest.fixture
def number(known: Cast) -> int:
    return a_case(known, at=clock.now()).number


def ended(client: Client, how: str) -> Client:
    """The session runs out: the browser still shows its page and has its CSRF cookie."""
    client.get("/cases/")
    client.cookies["csrftoken"] = "x" * 32
    if how == "idle":
        session = client.session
        session["seen"] -= 5 * 3600
        session.save()
    else:
        Session.objects.all().delete()
    return client


def send(client: Client, number: int, **headers: str):
    form = {
        "text": TYPED,
        "purpose": "progress",
        "channel": "hotline",
        "csrfmiddlewaretoken": "x",
        "once": "k",
    }
    return client.post(
        f"/cases/{number}/replies/", form, headers={"Referer": f"http://localhost/cases/{number}/", **headers}
    )


def carried(answer) -> str:
    return re.search(r'name="typed" value="([^"]*)"', answer.content.decode())[1]


def log_in(client: Client, typed: str, name: str = "lin"):
    return client.post("/login/?next=/cases/", {"username": name, "password": PASSWORD, "typed": typed})


@pytest.mark.parametrize("how", ["idle", "gone"])
def test_the_form_is_there_again_after_the_log_in(known: Cast, browse, number: int, how: str):
    client = ended(browse(known.intake), how)
    asked = send(client, number)
    assert asked.status_code == 401
    assert f'action="/login/?next=/cases/{number}/"' in asked.content.decode()
    assert "13800001234" not in asked.content.decode()
    answer = log_in(client, carried(asked))
    assert answer["Location"] == "/login/typed/"
    page = client.get("/login/typed/").content.decode()
    assert TYPED in page
    assert "没有发出" in page
    assert f'action="/cases/{number}/replies/"' in page
    assert client.get("/login/typed/").content.decode().count(TYPED) == page.count(TYPED), (
        "seen again when loaded again"
    )


def test_a_wrong_password_keeps_it_and_the_session_has_it_sealed(known: Cast, browse, number: int):
    client = ended(browse(known.intake), "gone")
    sealed = carried(send(client, number))
    wrong = client.post("/login/", {"username": "lin", "password": "wrong", "typed": sealed})
    assert carried(wrong) == sealed
    log_in(client, sealed)
    assert "13800001234" not in str(dict(client.session))


def test_nobody_else_sees_it(known: Cast, browse, number: int):
    client = ended(browse(known.intake), "idle")
    answer = log_in(client, carried(send(client, number)), name="zhou")
    assert answer["Location"] == "/cases/"
    assert client.get("/login/typed/")["Location"] == "/"


@pytest.mark.parametrize("forged", ["nonsense", "k1:AAAA", "k1:" + "A" * 80, encrypt.__name__])
def test_what_this_installation_did_not_seal_is_nothing(known: Cast, forged: str):
    assert log_in(Client(HTTP_HOST="localhost"), forged)["Location"] == "/cases/"


def test_what_was_sealed_for_another_purpose_or_is_too_old_is_nothing(
    known: Cast, browse, number: int, monkeypatch
):
    assert log_in(Client(HTTP_HOST="localhost"), encrypt('{"path": "/"}'))["Location"] == "/cases/"
    client = ended(browse(known.intake), "gone")
    sealed = carried(send(client, number))
    later = clock.now().timestamp() + 13 * 3600
    monkeypatch.setattr(clock, "now", lambda: clock.datetime.fromtimestamp(later, clock.UTC))
    assert log_in(client, sealed)["Location"] == "/cases/"


def test_a_password_goes_through_no_page(known: Cast, browse):
    client = ended(browse(known.intake), "gone")
    answer = client.post("/profile/password/", {"old": PASSWORD, "new": "n" * 12, "again": "n" * 12})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")


def test_htmx_is_told_and_leads_on_itself(known: Cast, browse, number: int):
    client = ended(browse(known.intake), "gone")
    assert send(client, number, **{"HX-Request": "true"}).status_code == 401
    assert client.get("/", headers={"HX-Request": "true"}).status_code == 401


def test_a_form_that_cannot_be_drawn_leads_back_to_its_page(known: Cast, browse):
    client = ended(browse(known.intake), "gone")
    sent = client.post(
        "/profile/shift/", {"on_shift": "no"}, headers={"Referer": "http://localhost/profile/"}
    )
    log_in(client, carried(sent))
    assert client.get("/login/typed/")["Location"] == "/profile/"
    assert "没有发出" in client.get("/profile/").content.decode()


def test_a_stranger_without_our_cookie_is_shown_the_door(known: Cast, number: int):
    answer = send(Client(HTTP_HOST="localhost"), number)
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/login/")
