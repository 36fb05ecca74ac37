"""Scripts in the reply box and in the settings."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast as people
from tests.cast import Cast
from tests.doors.web.test_loop import act

from goodword.base.core import clock
from goodword.base.people.models import Person
from goodword.company.customers.models import Customer
from goodword.company.knowledge.actions import writing
from goodword.company.knowledge.actions.writing import Words
from goodword.company.knowledge.models import ScriptUse, ScriptVersion


def a_script(cast: Cast, key: str = "late", text: str = "{客户称呼}老师您好，{工单号} 会晚到。——{我的名字}"):
    script = writing.write(key, Words("到货", "晚到", text), by=cast.lead.by, at=clock.now())
    return ScriptVersion.objects.get(script=script)


def a_case(cast: Cast):
    return people.triaged(cast, at=clock.now() - timedelta(hours=1))


def test_the_box_offers_scripts_filled_in_and_without_script_a_link_fills_it(cast: Cast, browse):
    version, case = a_script(cast), a_case(cast)
    client = browse(cast.engineer)
    said = f"张老师您好，#{case.number} 会晚到。——陈工程"
    listed = client.get(f"/cases/{case.number}/scripts/", HTTP_HX_REQUEST="true").content.decode()
    assert f'data-words="{said}"' in listed
    assert "<html" not in listed
    assert f"?script={version.pk}#reply" in client.get(f"/cases/{case.number}/scripts/").content.decode()
    page = client.get(f"/cases/{case.number}/?script={version.pk}").content.decode()
    assert said in page
    assert "{" not in listed.split(said)[1][:40]
    act(client, case, "replies", text=said, purpose="progress", script=version.pk)
    use = ScriptUse.objects.get()
    assert (use.version, use.account, use.times) == (version, cast.engineer.account, 1)


def test_a_name_that_looks_like_a_variable_or_like_markup_is_only_words(cast: Cast, browse):
    a_script(cast, text="{客户称呼}您好")
    Customer.objects.filter(pk=cast.customer.pk).update(kind="company", public_name='<b>"{公司名}"')
    Person.objects.filter(pk=cast.engineer.person.pk).update(name="{承诺时间}")
    case = a_case(cast)
    listed = browse(cast.engineer).get(f"/cases/{case.number}/scripts/").content.decode()
    assert "<b>" not in listed
    assert "｛公司名｝" in listed


def test_a_variable_nobody_filled_in_is_said_before_anything_is_sent(cast: Cast, browse):
    case = a_case(cast)
    page = act(browse(cast.engineer), case, "replies", 422, text="{承诺时间}之前回复您", purpose="other")
    assert "还有没填的：{承诺时间}" in page
    assert not case.messages.filter(direction="out").exists()


def test_strange_numbers_in_the_address_fill_nothing(cast: Cast, browse):
    case = a_case(cast)
    for wanted in ("x", "0", "9" * 30, "-1", "²"):
        assert browse(cast.engineer).get(f"/cases/{case.number}/", {"script": wanted}).status_code == 200


def test_one_script_or_five_cost_the_same(cast: Cast, browse):
    a_script(cast)
    case, client = a_case(cast), browse(cast.engineer)

    def cost() -> int:
        client.get(f"/cases/{case.number}/scripts/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/cases/{case.number}/scripts/")
        return len(queries)

    first = cost()
    for n in range(4):
        a_script(cast, key=f"more-{n}")
    assert cost() == first


def test_a_lead_writes_scripts_in_the_settings(cast: Cast, browse):
    lead = browse(cast.lead)
    typed = {"key": "soon", "situation": "到货", "title": "马上到", "text": "{客户称呼}您好，马上到。"}
    wrong = lead.post("/settings/scripts/", {**typed, "text": "{客户电话}您好"})
    assert wrong.status_code == 422
    assert "没有这个变量：{客户电话}" in wrong.content.decode()
    assert lead.post("/settings/scripts/", typed).status_code == 302
    page = lead.get("/settings/scripts/soon/").content.decode()
    assert "马上到" in page
    assert lead.post("/settings/scripts/soon/", {**typed, "text": "十分钟到。"}).status_code == 302
    assert "第 2 版" in lead.get("/settings/scripts/soon/").content.decode()
    english = {**typed, "situation_en": "Delivery", "title_en": "Nearly there"}
    assert lead.post("/settings/scripts/soon/", english).status_code == 302
    listed = lead.get("/settings/scripts/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "Nearly there" in listed
    assert "Delivery" in listed
    case = a_case(cast)
    offered = (
        browse(cast.engineer)
        .get(f"/cases/{case.number}/scripts/", HTTP_ACCEPT_LANGUAGE="en")
        .content.decode()
    )
    assert "<h4>Delivery</h4>" in offered
    assert lead.post("/settings/scripts/soon/retirement/").status_code == 302
    assert "/soon" not in lead.get("/settings/scripts/").content.decode()
    assert browse(cast.intake).get("/settings/scripts/").status_code == 403
