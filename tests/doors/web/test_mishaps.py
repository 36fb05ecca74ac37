"""Pages about mishaps: what happened, what to do, where to go, and nothing that was typed is lost."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from tests.cast import Cast

from goodword.doors.web.mishaps import LONGEST, MOST_FIELDS, typed_in, way_back
from goodword.doors.web.views.errors import broken, csrf_failure

WORDS = "客户说<b>画面</b>闪烁了三次"


def failing(error: Exception, **request: object):
    try:
        raise error
    except type(error):
        return broken(RequestFactory().post("/cases/1/notes/", {"text": WORDS}, **request))


@pytest.mark.parametrize("path", ["/nowhere/", "/cases/99999/", "/settings/company/"])
def test_a_page_that_cannot_be_shown_offers_search_a_way_back_and_help(cast: Cast, browse, path: str):
    lead = browse(cast.lead)
    answer = lead.get(path, headers={"Referer": "http://localhost/cases/"})
    page = answer.content.decode()
    main = page[page.index("<main") :]
    assert answer.status_code in {403, 404}
    for needed in ('action="/search/"', 'href="http://localhost/cases/"', 'href="/"', 'href="/help/"'):
        assert needed in main, needed


def test_a_missing_right_is_named_in_words(cast: Cast, browse):
    lead = browse(cast.lead)
    assert "您没有“修改设置”的权限" in lead.get("/settings/company/").content.decode()
    lead.cookies["django_language"] = "en"
    assert "You do not hold the right “edit settings”" in lead.get("/settings/company/").content.decode()


def test_without_a_log_in_there_is_no_search_and_a_customer_is_led_to_the_customers_pages(db: None):
    page = Client(HTTP_HOST="localhost").get("/p/nowhere/").content.decode()
    main = page[page.index("<main") :]
    assert ('action="/search/"' in main, 'href="/p/"' in main, 'href="/"' in main) == (False, True, False)


def test_an_old_form_shows_what_was_written_and_does_not_send_it(cast: Cast):
    client = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    client.force_login(cast.lead.account)
    answer = client.post("/cases/new/", {"text": WORDS, "once": "k3y", "password": "geheim", "phone": ""})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "客户说&lt;b&gt;画面&lt;/b&gt;闪烁了三次" in page
    assert "k3y" not in page
    assert "geheim" not in page
    assert 'method="post" action="/cases/new/"' not in page


def test_a_refused_form_without_a_page_of_its_own_shows_what_was_written(cast: Cast, browse):
    answer = browse(cast.lead).post("/cases/99999/notes/", {"text": WORDS})
    assert answer.status_code == 404
    assert "闪烁了三次" in answer.content.decode()


@pytest.mark.parametrize(("error", "status"), [(ValueError("x"), 500), (OperationalError("gone"), 503)])
def test_what_failed_says_when_and_keeps_the_words_even_without_a_database(error: Exception, status: int):
    answer = failing(error, HTTP_REFERER="http://testserver/cases/1/")
    page = answer.content.decode()
    assert answer.status_code == status
    assert "客户说&lt;b&gt;画面&lt;/b&gt;闪烁了三次" in page
    for needed in ('action="/search/"', 'href="http://testserver/cases/1/"', "20"):
        assert needed in page


@pytest.mark.parametrize(("error", "status"), [(ValueError("x"), 500), (OperationalError("gone"), 503)])
def test_to_an_open_page_it_is_one_sentence(error: Exception, status: int):
    answer = failing(error, HTTP_HX_REQUEST="true")
    page = answer.content.decode()
    assert (answer.status_code, "<html" in page, 'role="alert"' in page) == (status, False, True)


def test_an_old_form_sent_by_script_leaves_the_page_as_it_stands(rf: RequestFactory):
    answer = csrf_failure(rf.post("/cases/new/", {"text": WORDS}, headers={"HX-Request": "true"}))
    page = answer.content.decode()
    assert (answer.status_code, "<html" in page, "刷新" in page) == (403, False, True)


def test_only_a_page_of_ours_is_a_way_back(rf: RequestFactory):
    def back(referer: str) -> str:
        return way_back(rf.get("/cases/9/", headers={"Referer": referer, "Host": "testserver"}))

    assert back("http://testserver/cases/") == "http://testserver/cases/"
    foreign = (
        "https://elsewhere.example/",
        "//elsewhere.example",
        "javascript:alert(1)",
        "http://testserver/cases/9/",
        "",
    )
    assert [back(one) for one in foreign] == [""] * len(foreign)


def test_a_host_that_is_not_ours_has_no_way_back(rf: RequestFactory):
    headers = {"Referer": "http://elsewhere.example/", "Host": "elsewhere.example"}
    assert way_back(rf.get("/cases/9/", headers=headers)) == ""


def test_however_much_was_typed_the_page_stays_bounded(rf: RequestFactory):
    many = {f"f{n}": "字" * (LONGEST + 5) for n in range(MOST_FIELDS + 5)}
    shown = typed_in(rf.post("/", many))
    assert (len(shown), {len(words) for _, words in shown}) == (MOST_FIELDS, {LONGEST})


def test_a_body_that_cannot_be_read_shows_nothing(rf: RequestFactory):
    request = rf.post("/", b"--x\r\nnonsense", content_type="multipart/form-data; boundary=")
    assert typed_in(request) == []
