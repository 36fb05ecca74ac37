"""Ways to staff: robots and apps are set up without their secrets being seen again; everybody chooses their own ways."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast, make_cast
from tests.support.looking import as_, words

from goodword.base.core import clock
from goodword.base.core.sealing import decrypt
from goodword.company.channels import choices
from goodword.company.channels.choices import Choice
from goodword.company.channels.models import OutboxMessage, StaffAddress, WayChoice
from goodword.company.channels.robots.models import PlatformApp, Robot
from goodword.company.channels.robots.posting import PURPOSE
from goodword.engine.journal.models import Entry

pytestmark = pytest.mark.django_db
ADDRESS = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=test-key-1"


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(hours=3))


def test_robots_apps_and_names_are_set_up_by_an_administrator(cast: Cast) -> None:
    client = as_(cast.administrator)
    assert as_(cast.lead).get("/settings/ways/").status_code == 403
    robot = {"form": "robot", "platform": "wecom", "name": "值班群", "address": ADDRESS}
    for wrong in ("https://elsewhere.example/?key=a", "http://qyapi.weixin.qq.com/", "https://127.0.0.1/"):
        assert client.post("/settings/ways/robots/", {**robot, "address": wrong}).status_code == 422
    assert client.post("/settings/ways/robots/", robot).status_code == 302
    kept = Robot.objects.get()
    assert decrypt(kept.sealed_address, purpose=PURPOSE) == ADDRESS
    app = {"form": "app", "platform": "feishu", "corp": "cli_test", "is_on": "on"}
    assert client.post("/settings/ways/apps/", app).status_code == 422
    assert client.post("/settings/ways/apps/", {**app, "secret": "app-secret-1"}).status_code == 302
    assert client.post("/settings/ways/apps/", {**app, "corp": "cli_other"}).status_code == 302
    elsewhere = {**app, "private": "on", "base": "https://collects-secrets.example"}
    assert client.post("/settings/ways/apps/", elsewhere).status_code == 422
    assert decrypt(PlatformApp.objects.get().sealed_secret, purpose=PURPOSE) == "app-secret-1"
    who = {"form": "address", "account": cast.engineer.account.pk, "way": "feishu_app", "address": "eng.test"}
    assert client.post("/settings/ways/addresses/", who).status_code == 302
    page = client.get("/settings/ways/").content.decode()
    assert "值班群" in page
    assert "test-key-1" not in page
    assert "app-secret-1" not in page
    assert "test-key-1" not in str(list(Entry.objects.values_list("facts", flat=True)))
    one = f"/settings/ways/robots/{kept.pk}/"
    assert client.post(one, {"try": "yes"}).status_code == 302
    assert OutboxMessage.objects.get(way="robot").payload["robot"] == kept.pk
    client.post(one, {"is_on": "no"})
    kept.refresh_from_db()
    assert not kept.is_on
    assert client.post("/settings/ways/robots/999/", {"is_on": "no"}).status_code == 404
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {"company.robot_added", "company.robot_switched", "company.platform_app_set"} < kinds


def test_the_company_chooses_and_everybody_chooses_their_own(cast: Cast) -> None:
    engineer = as_(cast.engineer)
    assert "提醒方式" not in words(engineer, "/profile/")
    PlatformApp.objects.create(platform="feishu", base="https://open.feishu.cn", corp="c", sealed_secret="x")
    assert "还没登记您在那里的账号" in words(engineer, "/profile/")
    StaffAddress.objects.create(account=cast.engineer.account, way="feishu_app", address="eng.test")
    assert "还没登记您在那里的账号" not in words(engineer, "/profile/")
    engineer.post("/profile/ways/", {"ordinary": ["feishu_app", "nonsense"]})
    (own,) = WayChoice.objects.all()
    assert (own.way, own.ordinary, own.urgent) == ("feishu_app", True, False)
    assert as_(cast.lead).post("/settings/ways/choice/", {}).status_code == 403
    as_(cast.administrator).post("/settings/ways/choice/", {"urgent": ["feishu_app"]})
    assert choices.of_company()["feishu_app"] == Choice(ordinary=False, urgent=True)
    facts = Entry.objects.get(kind="company.ways_chosen").facts
    assert facts == {"account": cast.engineer.account.pk, "ordinary": ["feishu_app"], "urgent": []}
