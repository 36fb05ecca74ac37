"""Every URL says who may; what a person may not do is refused, and nothing is written by looking."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from tests.cast import Cast, a_case

from goodword.base.people.roles import ROLES
from goodword.doors.web.access import Page

RIGHTS = frozenset(right for role in ROLES.values() for right in role.rights)
PUBLIC = {"web:login", "web:language", "web:healthz", "web:look-css", "web:look-mark"}
LOOKED_AT = (
    "/",
    "/?whose=team",
    "/?whose=standing",
    "/cases/",
    "/cases/new/",
    "/profile/",
    "/profile/password/",
)


def pages(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from pages(pattern.url_patterns, pattern.namespace or space)
        else:
            yield f"{space}:{pattern.name}", pattern


def workbench() -> list[tuple[str, URLPattern]]:
    return [
        (name, pattern) for name, pattern in pages(get_resolver().url_patterns) if name.startswith("web:")
    ]


def test_every_page_of_the_workbench_declares_who_may_open_it():
    undeclared = [name for name, pattern in workbench() if not isinstance(pattern.callback, Page)]
    assert undeclared == []
    assert len(workbench()) > 50


def test_every_declared_right_is_one_that_a_role_gives():
    asked = {p.callback.access.right for _, p in workbench() if isinstance(p.callback, Page)} - {""}
    assert asked <= RIGHTS


def test_only_log_in_language_health_and_the_companys_look_are_open_to_anybody():
    found = {n for n, p in workbench() if isinstance(p.callback, Page) and p.callback.access.public}
    assert found == PUBLIC


@pytest.mark.parametrize("path", [*LOOKED_AT, "/cases/1001/", "/styleguide/"])
def test_without_a_log_in_one_is_sent_to_the_log_in_page(db: None, path: str):
    answer = Client(HTTP_HOST="localhost").get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")


def test_a_post_without_a_log_in_does_nothing(cast: Cast):
    case = a_case(cast)
    answer = Client(HTTP_HOST="localhost").post(f"/cases/{case.number}/notes/", {"text": "无人"})
    assert answer["Location"].startswith("/login/")
    assert not case.notes.exists()


def test_without_the_right_a_page_answers_403_and_says_what_to_do(cast: Cast, browse):
    answer = browse(cast.administrator).get("/cases/")
    assert answer.status_code == 403
    assert "权限" in answer.content.decode()


def test_a_foreign_case_and_a_missing_one_answer_alike(cast: Cast, browse):
    case = a_case(cast)
    engineer = browse(cast.engineer)
    foreign, missing = engineer.get(f"/cases/{case.number}/"), engineer.get("/cases/99999/")
    assert foreign.status_code == missing.status_code == 404
    own = re.compile(r'value="[^"]*"|"X-CSRFToken": "[^"]*"|data-now="[^"]*"')
    assert own.sub("", foreign.content.decode()) == own.sub("", missing.content.decode())


def test_looking_never_writes(cast: Cast, browse):
    case = a_case(cast)
    lead = browse(cast.lead)
    lead.get("/")
    for path in (*LOOKED_AT, f"/cases/{case.number}/", f"/cases/{case.number}/?do=notes"):
        with CaptureQueriesContext(connection) as queries:
            assert lead.get(path).status_code == 200
        written = [q["sql"] for q in queries if q["sql"].split(" ", 1)[0] in {"INSERT", "UPDATE", "DELETE"}]
        assert [sql for sql in written if "django_session" not in sql] == [], path


@pytest.mark.parametrize("path", ["/cases/1/triage/", "/cases/1/closure/", "/logout/", "/profile/shift/"])
def test_an_act_cannot_be_done_by_a_link(cast: Cast, browse, path: str):
    assert browse(cast.lead).get(path).status_code == 405


def test_personal_data_stands_masked_on_every_page(cast: Cast, browse):
    case = a_case(cast, text="请打 13800001234 找张测试,邮箱 zhang@example.com")
    lead = browse(cast.lead)
    for path in ("/", "/?whose=team", "/cases/", f"/cases/{case.number}/"):
        page = lead.get(path).content.decode()
        assert "13800001234" not in page
        assert "zhang@example.com" not in page
