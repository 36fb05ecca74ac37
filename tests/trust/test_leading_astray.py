"""Nobody is led to another site, no header is made of somebody's words, no file is reached by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client, RequestFactory, override_settings
from tests.trust.kit.addresses import pages
from tests.trust.kit.house import House, build
from tests.trust.test_matrix import browser, send, token_for

from goodword.base.core import clock
from goodword.company.channels.models import Notice
from goodword.doors.api.tokens import every_right
from goodword.doors.web.views.language import inside
from goodword.engine.attachments.actions.storing import store
from goodword.engine.attachments.models import Attachment
from goodword.voice.cases.models import Case

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-invented-one"
ELSEWHERE = (
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example", "https://evil.example/",
    "https:evil.example", "http:///evil.example", "HtTpS://evil.example", "javascript:alert(1)", "java\nscript:alert(1)",
    "data:text/html,x", "/\t/evil.example", "\t//evil.example", "/\n/evil.example", "https://localhost@evil.example/",
    "https://localhost.evil.example", "//evil.example\\@localhost", "/%09/evil.example/..//evil.example", "\x00//evil.example",
    "/x\r\nSet-Cookie: a=b", "/x%0d%0aLocation: //evil.example", "/cases/\r\n\r\n<script>", "ftp://evil.example", "//[::1", " //evil.example",
)  # fmt: skip
NAMES = (
    'a"; filename="evil.png', "a\r\nSet-Cookie: x=1.png", "a\nContent-Type: text/html\n\n<b>.png", "../../../../etc/passwd.png",
    "..\\..\\windows\\a.png", "/etc/cron.d/a.png", "C:\\a.png", "照片;filename*=UTF-8''evil.html.png", "照片“引号”.png", "%0d%0aX-A: b.png",
    "a\u202egnp.b.png", "a\x00.png", "....//....//keys.json", "é̀\U0001f4f7.png", "'; DROP TABLE.png", "~/.ssh/a.png", "a%2f..%2fb.png",
)  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64)


@pytest.fixture
def house(db: None) -> House:
    cache.clear()
    return build()


def asked() -> HttpRequest:
    """A request to this site."""
    return RequestFactory(HTTP_HOST="localhost").get("/")


def as_a_browser_reads(location: str) -> str:
    """The host a browser would go to; empty for this site. It drops tabs and ends of lines, and turns backslashes."""
    read = re.sub(r"[\t\r\n]", "", location.strip("\x00\x01 \t\r\n")).replace("\\", "/")
    parts = urlsplit(read)
    return parts.netloc or parts.scheme


def test_what_a_browser_reads_is_known() -> None:
    hosts = [as_a_browser_reads(where) for where in ELSEWHERE[:5]]
    assert "evil.example" in hosts
    assert as_a_browser_reads("javascript:alert(1)") == "javascript"
    assert as_a_browser_reads("/cases/?next=//evil.example") == ""


def test_after_the_log_in_one_is_on_this_site(house: House) -> None:
    account = house.people["service_lead"].account
    account.set_password(PASSWORD)
    account.save()
    for where in ELSEWHERE:
        assert as_a_browser_reads(inside(asked(), where)) == "", where
    for where in ELSEWHERE[::4]:  # each is a password hashed
        client = Client(HTTP_HOST="localhost")
        sent = {"username": account.username, "password": PASSWORD}
        answer = client.post(f"/login/?next={quote(where, safe='')}", sent)
        assert answer.status_code == 302, where
        assert as_a_browser_reads(answer["Location"]) == "", (where, answer["Location"])
        assert "evil" not in str(answer.cookies), where
        assert not re.search(r"[\r\n]", answer["Location"]), where


@pytest.mark.either
def test_no_page_or_form_leads_elsewhere(house: House) -> None:
    answered, led = 0, list[str]()
    for about, answer in _asked_to_lead_away(house):
        answered += 1
        for name in ("Location", "HX-Redirect", "HX-Location", "Refresh"):
            if as_a_browser_reads(answer.headers.get(name, "")):
                led.append(f"{about}: {name}: {answer.headers[name]}")
    assert answered > 180
    assert led == []


def _asked_to_lead_away(house: House) -> Iterator[tuple[str, Any]]:
    client = browser(house.people["service_lead"].account)
    headers = {"referer": "https://evil.example/", "HX-Current-URL": "https://evil.example/", "X-Forwarded-Host": "evil.example"}  # fmt: skip
    for method in ("GET", "POST"):
        for address in pages(method):
            if address.name == "web:logout":
                continue
            path = address.filled(house.values(address.route, "own"))
            sent = dict.fromkeys(("next", "back", "url", "path", "redirect"), "//evil.example")
            path = f"{path}?{'&'.join(f'{name}={value}' for name, value in sent.items())}"
            yield f"{method} {path}", client.generic(
                method, path, "&".join(f"{name}={value}" for name, value in sent.items()),
                content_type="application/x-www-form-urlencoded", headers=headers,
            )  # fmt: skip
    for where in ELSEWHERE:
        yield f"language {where}", client.post("/language/", {"language": "en", "next": where})
        yield f"portal language {where}", Client(HTTP_HOST="localhost").post("/p/language/", {"language": "en", "next": where})  # fmt: skip


def test_a_notice_leads_only_within_the_house(house: House) -> None:
    account = house.people["service_lead"].account
    client = browser(account)
    for where in ELSEWHERE:
        notice = Notice.objects.create(
            account=account, kind="case.note", title_zh="x", title_en="x", path=where.replace("\x00", ""), created_at=clock.now()
        )  # fmt: skip
        answer = client.post("/notices/seen/", {"notice": notice.pk})
        assert as_a_browser_reads(answer["Location"]) == "", where


@override_settings(ALLOWED_HOSTS=["good.example"], GOODWORD_URL="https://good.example")
def test_another_host_is_refused_and_no_page_repeats_it(house: House) -> None:
    client = browser(house.people["service_lead"].account)
    for host in ("evil.example", "good.example.evil.example", "evil.example:80", "good.example@evil.example", "good.example:80:80", "[::1", "a b"):  # fmt: skip
        for path in ("/login/", "/p/", "/cases/", "/healthz", "/api/v1/openapi.json"):
            answer = client.get(path, headers={"host": host})
            assert answer.status_code == 400 or path in ("/healthz", "/api/v1/openapi.json"), (host, path)
            assert "evil" not in answer.content.decode(), (host, path)
    for address in pages("GET"):
        path = address.filled(house.values(address.route, "own"))
        answer = client.get(path, headers={"host": "good.example", "x-forwarded-host": "evil.example", "forwarded": "host=evil.example"})  # fmt: skip
        whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"evil.example" not in whole, path
        assert "evil.example" not in str(answer.headers), path


def test_a_files_name_makes_no_header_and_no_path(house: House) -> None:
    number = house.own["number"]
    client = browser(house.people["service_lead"].account)
    token = token_for(house.people["service_lead"].account, every_right())
    case, by = Case.objects.get(number=number), house.people["service_lead"].by
    for name in NAMES:
        # by the action itself: a form's parser already takes some of this away
        kept = store(PNG + name.encode(), name=name, subject=("case", case.pk), by=by, at=clock.now())
        assert inside_the_folder(kept), name
        for answer in (
            client.get(f"/cases/{number}/attachments/{kept.pk}/"),
            send(token, "GET", f"/api/v1/cases/{number}/attachments/{kept.pk}"),
        ):
            assert answer.status_code == 200, name
            sound_disposition(answer, name)
    Attachment.objects.filter(pk=house.own["attachment"]).update(name='a"\r\nX-Evil: 1;\\../b.html')
    answer = client.get(f"/cases/{number}/attachments/{house.own['attachment']}/")
    assert answer.status_code == 200, "also for a name that came past the check"
    sound_disposition(answer, "written past the action")


def inside_the_folder(kept: Attachment) -> bool:
    root = Path(settings.MEDIA_ROOT).resolve()
    return root in (root / kept.storage_name).resolve().parents


def sound_disposition(answer: Any, about: str) -> None:
    said = answer["Content-Disposition"]
    assert not re.search(r"[\x00-\x1f\x7f]", said), (about, said)
    assert "X-Evil" not in answer.headers, about
    assert "Set-Cookie" not in answer.headers, about
    read = Message()
    read["Content-Disposition"] = said
    assert read.get_content_disposition() == "attachment", (about, said)
    name = read.get_filename() or ""
    assert name, (about, said)
    assert not re.search(r"[\\/\r\n\x00]", name), (about, name)
    assert not name.lower().endswith((".html", ".exe", ".svg")) or "past the action" in about, (about, name)
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_length_that_is_none_is_refused(house: House) -> None:
    client = browser(house.people["service_lead"].account)
    for length in ("abc", "-1", "1e3", "0x10", "١٢", "1,1", "+1", " "):
        for path in ("/p/", "/login/", f"/cases/{house.own['number']}/notes/", "/api/v1/cases"):
            answer = client.generic("POST", path, b"text=a", content_type="application/x-www-form-urlencoded", CONTENT_LENGTH=length)  # fmt: skip
            assert answer.status_code == 400, (length, path)
