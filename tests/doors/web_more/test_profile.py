"""My account: on shift or off, away and back early, each a fact of the company's journal."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast, make_cast
from tests.support.looking import as_

from goodword.base.core import clock
from goodword.base.people.models import Absence, Account
from goodword.engine.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(days=2))


def leave(cast: Cast, client: Client, *, days: int) -> Absence:
    begins = timezone.localtime() + timedelta(days=days, hours=-1)
    until = begins + timedelta(days=3)
    form = {
        "starts_at": begins.strftime("%Y-%m-%dT%H:%M"),
        "ends_at": until.strftime("%Y-%m-%dT%H:%M"),
        "stand_in": cast.lead.pk,
    }
    assert client.post("/profile/", form).status_code == 302
    return Absence.objects.latest("pk")


def journalled(kind: str) -> list[dict[str, object]]:
    return list(Entry.objects.filter(kind=kind).order_by("pk").values_list("facts", flat=True))


def test_the_switch_is_journalled_when_it_turns(cast: Cast) -> None:
    client, engineer = as_(cast.engineer), cast.engineer.pk
    for on_shift in ("no", "no", "yes"):
        client.post("/profile/shift/", {"on_shift": on_shift})
    assert Account.objects.get(pk=engineer).on_shift
    assert journalled("company.shift_switched") == [
        {"account": engineer, "on_shift": False},
        {"account": engineer, "on_shift": True},
    ]


def test_whoever_is_away_comes_back_early(cast: Cast) -> None:
    client = as_(cast.engineer)
    absence = leave(cast, client, days=0)
    assert "提前回来" in client.get("/profile/").content.decode()
    assert client.post("/profile/", {"come_back": absence.pk}).status_code == 302
    absence.refresh_from_db()
    assert absence.ends_at <= clock.now()
    assert "提前回来" not in client.get("/profile/").content.decode()
    told = {"account": cast.engineer.pk, "stand_in": cast.lead.pk}
    assert journalled("company.absence_ended") == [told]
    client.post("/profile/", {"come_back": absence.pk})
    assert journalled("company.absence_ended") == [told]
    assert len(journalled("company.absence_added")) == 1


def test_an_absence_to_come_is_cancelled(cast: Cast) -> None:
    client = as_(cast.engineer)
    absence = leave(cast, client, days=5)
    assert "取消请假" in client.get("/profile/").content.decode()
    client.post("/profile/", {"come_back": absence.pk})
    assert not Absence.objects.exists()


def test_nobody_ends_the_absence_of_another_here(cast: Cast) -> None:
    absence = leave(cast, as_(cast.engineer), days=0)
    for typed in (absence.pk, "no number", 10**30):
        assert as_(cast.lead).post("/profile/", {"come_back": typed}).status_code == 404
    assert Absence.objects.get().ends_at > clock.now()
    assert journalled("company.absence_ended") == []


CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"
WECHAT = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0"


def test_where_i_am_logged_in_is_told_and_one_place_is_ended(cast: Cast) -> None:
    desk, telephone, colleague = as_(cast.engineer), as_(cast.engineer), as_(cast.lead)
    colleague.get("/", headers={"User-Agent": CHROME})
    telephone.get("/", headers={"User-Agent": WECHAT}, REMOTE_ADDR="203.0.113.7")
    page = desk.get("/profile/", headers={"User-Agent": CHROME}).content.decode()
    assert "Chrome · Windows" in page
    assert "微信 · iPhone" in page
    assert "203.0.113.7" in page
    assert telephone.session.session_key not in page
    names = re.findall(r'name="name" value="(\w+)"', page)
    assert len(names) == 1
    assert desk.post("/profile/sessions/", {"name": names[0]}).status_code == 302
    assert [client.get("/").status_code for client in (desk, telephone, colleague)] == [200, 302, 200]
    assert journalled("company.logged_out") == [{"account": cast.engineer.pk, "ended": 1}]
    assert desk.post("/profile/sessions/", {"name": names[0]}).status_code == 404
    assert desk.post("/profile/sessions/", {"name": "nonsense"}).status_code == 404


def test_quiet_hours_are_ones_own_and_nonsense_is_told(cast: Cast) -> None:
    client = as_(cast.engineer)
    for typed in ({"starts": "25:00", "ends": "07:00"}, {"starts": "08:00", "ends": "08:00"}, {}):
        assert client.post("/profile/quiet/", typed).status_code == 422
    assert client.post("/profile/quiet/", {"starts": "22:00", "ends": "07:30"}).status_code == 302
    page = client.get("/profile/").content.decode()
    assert 'value="22:00"' in page
    assert 'value="07:30"' in page
    client.post("/profile/quiet/", {"none": "yes"})
    assert "取消免打扰" not in client.get("/profile/").content.decode()
    assert [facts["starts"] for facts in journalled("company.quiet_hours_set")] == ["22:00", ""]
