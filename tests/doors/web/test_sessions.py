"""Logging in, staying in, being logged out; the language one reads."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.cast import Cast

from goodword.base.people.models import Account

PASSWORD = "an-invented-password"


@pytest.fixture
def known(cast: Cast) -> Cast:
    cast.intake.account.set_password(PASSWORD)
    cast.intake.account.save()
    return cast


def test_name_and_password_open_the_desk(known: Cast):
    client = Client(HTTP_HOST="localhost")
    answer = client.post("/login/?next=/cases/", {"username": "lin", "password": PASSWORD})
    assert answer["Location"] == "/cases/"
    assert client.get("/").status_code == 200


def test_a_wrong_password_is_told_and_the_name_stays(known: Cast):
    answer = Client(HTTP_HOST="localhost").post("/login/", {"username": "lin", "password": "wrong"})
    assert answer.status_code == 422
    assert "用户名或密码不对" in answer.content.decode()
    assert 'value="lin"' in answer.content.decode()


def test_nine_wrong_tries_lock_the_name_for_a_while_even_for_the_right_password(known: Cast):
    client = Client(HTTP_HOST="localhost")
    for _ in range(8):
        client.post("/login/", {"username": "lin", "password": "wrong"})
    answer = client.post("/login/", {"username": "lin", "password": PASSWORD})
    assert answer.status_code == 429
    assert "一刻钟" in answer.content.decode()


def test_a_log_in_never_leads_to_another_site(known: Cast):
    answer = Client(HTTP_HOST="localhost").post(
        "/login/?next=https://evil.example/", {"username": "lin", "password": PASSWORD}
    )
    assert answer["Location"] == "/"


def test_logging_out_ends_the_session(known: Cast, browse):
    client = browse(known.intake)
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(("key", "ago"), [("seen", 4 * 3600 + 60), ("begun", 12 * 3600 + 60)])
def test_a_session_ends_when_idle_and_when_old(known: Cast, browse, key: str, ago: int):
    client = browse(known.intake)
    client.get("/")
    session = client.session
    session[key] = session[key] - ago
    session.save()
    assert client.get("/")["Location"].startswith("/login/")


def test_a_page_that_asks_by_itself_does_not_keep_a_session_awake(known: Cast, browse):
    client = browse(known.intake)
    client.get("/")
    session = client.session
    session["seen"] = before = session["seen"] - 600
    session.save()
    client.get("/", headers={"HX-Request": "true", "HX-Trigger": "board"})
    assert client.session["seen"] == before


def test_an_answer_that_comes_after_the_session_takes_no_cookie_away(known: Cast, browse):
    client = browse(known.intake)
    client.session.flush()
    answer = client.get("/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "sessionid" not in answer.cookies


def test_the_language_is_kept_with_the_account_and_the_page_follows(known: Cast, browse):
    client = browse(known.intake)
    assert client.post("/language/", {"language": "en", "next": "/cases/"})["Location"] == "/cases/"
    assert "My desk" in client.get("/").content.decode()
    assert Account.objects.get(username="lin").language == "en"


def test_an_unknown_language_is_refused(known: Cast, browse):
    assert browse(known.intake).post("/language/", {"language": "xx"}).status_code == 422


def test_the_password_is_changed_only_with_the_old_one_and_not_for_a_weak_one(known: Cast, browse):
    client = browse(known.intake)
    wrong = client.post(
        "/profile/password/", {"old": "nope", "new": "another-invented-1", "again": "another-invented-1"}
    )
    weak = client.post("/profile/password/", {"old": PASSWORD, "new": "password", "again": "password"})
    right = client.post(
        "/profile/password/", {"old": PASSWORD, "new": "another-invented-1", "again": "another-invented-1"}
    )
    assert [wrong.status_code, weak.status_code, right.status_code] == [422, 422, 302]
    assert Account.objects.get(username="lin").check_password("another-invented-1")
    assert client.get("/").status_code == 200


def test_the_shift_switch_and_an_absence_with_a_stand_in(known: Cast, browse):
    client = browse(known.intake)
    client.post("/profile/shift/", {"on_shift": "no"})
    assert not Account.objects.get(username="lin").on_shift
    answer = client.post(
        "/profile/",
        {"starts_at": "2027-03-01T09:00", "ends_at": "2027-03-05T18:00", "stand_in": known.lead.pk},
    )
    assert answer.status_code == 302
    assert known.intake.account.absences.get().stand_in_id == known.lead.pk
    assert "周主管" in client.get("/profile/").content.decode()


def test_a_refused_absence_keeps_what_was_typed(known: Cast, browse):
    typed = {
        "starts_at": "2027-03-05T09:00",
        "ends_at": "2027-03-01T18:00",
        "stand_in": known.lead.pk,
        "reason": "探亲假",
    }
    answer = browse(known.intake).post("/profile/", typed)
    assert answer.status_code == 422
    assert "探亲假" in answer.content.decode()


def test_other_places_are_logged_out_and_this_one_stays(known: Cast, browse):
    here, there, another = browse(known.intake), browse(known.intake), browse(known.lead)
    for client in (here, there, another):
        client.get("/")
    here.post("/profile/sessions/")
    assert [client.get("/").status_code for client in (here, there, another)] == [200, 302, 200]


def test_health_is_told_without_a_log_in_and_without_secrets(db: None):
    answer = Client(HTTP_HOST="localhost").get("/healthz")
    assert answer.status_code == 503
    assert set(answer.json()) == {"ok", "database", "worker_silent_for", "troubles"}


def test_a_form_without_its_token_is_asked_to_be_sent_again(known: Cast):
    client = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    client.force_login(known.intake.account)
    answer = client.post("/profile/shift/", {"on_shift": "no"})
    assert answer.status_code == 403
    assert "请再提交一次" in answer.content.decode()
