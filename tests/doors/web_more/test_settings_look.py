"""The company's look, tokens, roles, figures, calendars from a file: each decision journalled, nonsense told."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from tests.cast import Cast, make_cast
from tests.support.looking import as_

from goodword.base.core import clock
from goodword.base.worktime.queries import current
from goodword.company.channels.models import OutboxMessage
from goodword.doors.api.models import ApiToken
from goodword.doors.api.tokens import every_right
from goodword.doors.web.rights import RIGHTS
from goodword.engine.journal.models import Entry
from goodword.wiring.administration.colours import is_readable

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
PAGES = ("/settings/roles/", "/settings/figures/", "/settings/tokens/", "/settings/company/")


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(days=2))


@pytest.fixture
def admin(cast: Cast) -> Client:
    return as_(cast.administrator)


def journalled(kind: str) -> list[dict[str, object]]:
    return list(Entry.objects.filter(kind=kind).order_by("pk").values_list("facts", flat=True))


def picture(content: bytes, name: str) -> dict[str, object]:
    file = BytesIO(content)
    file.name = name
    return {"mark": file}


@pytest.mark.parametrize("address", PAGES)
def test_each_page_says_what_it_is_for_and_is_closed_to_others(
    cast: Cast, admin: Client, address: str
) -> None:
    assert as_(cast.engineer).get(address).status_code == 403
    for language, words in (
        ("zh-hans", ("关于这一页", "何时生效")),
        ("en", ("About this page", "Takes effect")),
    ):
        admin.cookies["django_language"] = language
        page = admin.get(address).content.decode()
        assert all(word in page for word in words)


def test_the_colour_is_on_every_page_and_one_too_light_is_refused_with_one_that_can_be_read(
    cast: Cast, admin: Client, client: Client
) -> None:
    assert client.get("/look.css").content == b""
    assert admin.post("/settings/company/colour/", {"accent": "#8a1f5c"}).status_code == 302
    rules = client.get("/look.css")
    assert rules["Content-Type"].startswith("text/css")
    assert rules.content.count(b"--accent:") == 3
    assert b"--accent:#8a1f5c" in rules.content
    light = admin.post("/settings/company/colour/", {"accent": "#ffe14d"})
    assert light.status_code == 422
    near = re.search(r"同色系的 (#[0-9a-f]{6})", light.content.decode())
    assert near
    assert is_readable(near.group(1))
    for nonsense in ("red;}*{x", "#12", "", "\x00"):
        assert admin.post("/settings/company/colour/", {"accent": nonsense}).status_code == 422
    assert '/look.css"' in client.get("/p/").content.decode()
    admin.post("/settings/company/colour/", {"none": "yes"})
    assert client.get("/look.css").content == b""
    assert journalled("company.coloured") == [{"accent": "#8a1f5c"}, {"accent": ""}]
    assert "更换公司主色" in admin.get("/settings/company/").content.decode()


def test_a_mark_is_a_small_picture_and_nothing_that_could_act(
    cast: Cast, admin: Client, client: Client
) -> None:
    ours = client.get("/look/mark")
    assert ours["Content-Type"] == "image/svg+xml"
    assert client.get("/look/mark", headers={"If-None-Match": ours["ETag"]}).status_code == 304
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"
    refused = [
        (svg, "m.svg"),
        (svg, "m.png"),
        (b"%PDF-1.7", "m.pdf"),
        (b"", "m.png"),
        (PNG + bytes(300_000), "m.png"),
    ]
    for content, name in refused:
        assert admin.post("/settings/company/mark/", picture(content, name)).status_code == 422, name
    assert admin.post("/settings/company/mark/", {}).status_code == 422
    for _ in range(2):
        assert admin.post("/settings/company/mark/", picture(PNG, "m.png")).status_code == 302
    shown = client.get("/look/mark")
    assert (shown.content, shown["Content-Type"], shown["X-Content-Type-Options"]) == (
        PNG,
        "image/png",
        "nosniff",
    )
    assert as_(cast.engineer).post("/settings/company/mark/", {"none": "yes"}).status_code == 403
    admin.post("/settings/company/mark/", {"none": "yes"})
    assert client.get("/look/mark").content == ours.content
    assert [facts["size"] for facts in journalled("company.marked")] == [len(PNG), ""]


def test_a_token_is_shown_once_its_owner_is_told_and_it_ends_when_revoked(cast: Cast, admin: Client) -> None:
    form = {"name": "报表程序", "account": cast.intake.pk, "scopes": ["cases.see"], "once": "one-form"}
    made = admin.post("/settings/tokens/", form).content.decode()
    clear = re.search(r"<code>(gw_[\w-]+)</code>", made)
    assert clear
    assert clear.group(1) not in admin.get("/settings/tokens/").content.decode()
    admin.post("/settings/tokens/", form)
    token = ApiToken.objects.get()
    assert journalled("token.created") == [{"account": cast.intake.pk, "scopes": ["cases.see"]}]
    told = OutboxMessage.objects.get(recipient=cast.intake.pk)
    assert told.payload["urgent"]
    assert clear.group(1) not in str(told.payload) + told.dedupe_key
    call = {"headers": {"Authorization": f"Bearer {clear.group(1)}"}}
    assert Client().get("/api/v1/cases", **call).status_code == 200
    assert as_(cast.lead).post(f"/settings/tokens/{token.pk}/revocation/").status_code == 403
    assert admin.post(f"/settings/tokens/{token.pk}/revocation/").status_code == 302
    assert Client().get("/api/v1/cases", **call).status_code == 401
    assert admin.post(f"/settings/tokens/{token.pk}/revocation/").status_code == 409
    assert "已吊销" in admin.get("/settings/tokens/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"scopes": []},
        {"scopes": ["all.of.it"]},
        {"account": "0"},
        {"until": "2020-01-01"},
        {"until": "x"},
    ],
)
def test_no_token_is_made_of_nonsense(cast: Cast, admin: Client, wrong: dict[str, object]) -> None:
    form = {"name": "报表", "account": cast.intake.pk, "scopes": ["cases.see"], **wrong}
    assert admin.post("/settings/tokens/", form).status_code == 422
    assert not ApiToken.objects.exists()


def test_every_right_has_its_words() -> None:
    assert every_right() == set(RIGHTS)


def test_what_a_role_may_do_and_todays_figures_are_told_in_words(cast: Cast, admin: Client) -> None:
    roles = admin.get("/settings/roles/").content.decode()
    assert "批准修改数值" in roles
    assert "policy.approve" not in roles
    figures = admin.get("/settings/figures/").content.decode()
    assert re.search(r"部门负责人</td><td class=\"num\">1,?000<", figures)
    assert "设备老化磨损" in figures
    assert "没办法" in figures
    assert "/regulations/FB-4.2f/#editions" in figures


def test_next_year_is_looked_at_before_it_is_published(cast: Cast, admin: Client) -> None:
    before, _ = current("office")
    year = int(before.document["known_until"][:4]) + 1
    assert "暂定" in admin.get(f"/settings/calendars/office/?year={year}").content.decode()
    file = BytesIO(f"date,kind,name\n{year}-01-01,放假,元旦\n".encode("gb18030"))
    file.name = "days.csv"
    shown = admin.post("/settings/calendars/office/preview/", {"form": "year", "year": year, "file": file})
    page = shown.content.decode()
    assert shown.status_code == 200
    assert f"{year}-01-01" in page
    assert "元旦" in page
    assert current("office")[0].number == before.number
    rows = re.search(r'<textarea name="rows" hidden>(.*?)</textarea>', page, re.DOTALL)
    assert rows
    published = admin.post(
        "/settings/calendars/office/years/", {"form": "year", "year": year, "rows": rows.group(1)}
    )
    assert published.status_code == 302
    after = current("office")[0]
    assert after.number == before.number + 1
    assert after.document["dates"][f"{year}-01-01"] == []
    assert "发布工作日历" in admin.get("/settings/calendars/office/").content.decode()


@pytest.mark.parametrize("rows", ["", "nonsense", "date,kind,name\n2031-13-01,放假,x", "[1]", "[{"])
def test_a_list_that_makes_no_sense_is_told_and_nothing_is_published(
    cast: Cast, admin: Client, rows: str
) -> None:
    before = current("office")[0].number
    for act in ("preview", "years"):
        answer = admin.post(
            f"/settings/calendars/office/{act}/", {"form": "year", "year": 2031, "rows": rows}
        )
        assert answer.status_code == 422, act
    assert current("office")[0].number == before
    assert (
        as_(cast.lead).post("/settings/calendars/office/preview/", {"year": 2031, "rows": rows}).status_code
        == 403
    )
