"""The settings: what administrators decide, each decision journalled, each page closed to everybody else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.cast import Cast, a_member, make_cast, triaged
from tests.support.looking import as_

from goodword.base.core import clock
from goodword.base.people.models import Absence, Account, Department, RoleGrant, Shift
from goodword.base.people.queries import actor_for
from goodword.base.worktime.queries import current
from goodword.engine.journal.models import Entry
from goodword.engine.obligations.models import Obligation

pytestmark = pytest.mark.django_db

PAGES = {
    "/settings/people/": "administrator",
    "/settings/people/new/": "administrator",
    "/settings/departments/": "administrator",
    "/settings/rosters/": "lead",
    "/settings/calendars/office/": "lead",
    "/settings/company/": "administrator",
    "/settings/notices/": "administrator",
    "/settings/hotline/": "administrator",
    "/settings/app/": "administrator",
    "/settings/mailboxes/": "administrator",
    "/settings/mailboxes/new/": "administrator",
}


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(days=2))


def words(client: Client, address: str) -> str:
    page = client.get(address, follow=True)
    assert page.status_code == 200, page.content.decode()[:2000]
    return page.content.decode()


def journalled(kind: str) -> list[dict[str, object]]:
    return list(Entry.objects.filter(kind=kind).order_by("pk").values_list("facts", flat=True))


@pytest.mark.parametrize("address", PAGES)
def test_each_page_is_closed_to_who_has_no_business_there(cast: Cast, client: Client, address: str) -> None:
    assert client.get(address)["Location"].startswith("/login/")
    assert as_(cast.engineer).get(address).status_code == 403
    assert as_(getattr(cast, PAGES[address])).get(address).status_code == 200


def test_the_way_in_leads_to_what_one_may_set(cast: Cast) -> None:
    assert as_(cast.administrator).get("/settings/")["Location"] == "/settings/people/"
    assert as_(cast.lead).get("/settings/")["Location"] == "/settings/rosters/"
    assert as_(cast.engineer).get("/settings/").status_code == 403


def test_a_new_account_with_a_password_shown_once(cast: Cast) -> None:
    form = {"name": "钱新人", "username": "qian", "department": "technology", "once": "one-form"}
    client = as_(cast.administrator)
    shown = client.post("/settings/people/new/", form)
    password = re.search(r"<code>(\w{6}-\w{6}-\w{6})</code>", shown.content.decode())
    assert password
    assert Account.objects.get(username="qian").check_password(password.group(1))
    assert password.group(1) not in str(journalled("company.account_made"))
    client.post("/settings/people/new/", form)
    assert Account.objects.filter(username="qian").count() == 1
    assert len(journalled("company.account_made")) == 1


def test_a_taken_user_name_is_refused_with_what_was_typed(cast: Cast) -> None:
    answer = as_(cast.administrator).post("/settings/people/new/", {"name": "钱新人", "username": "chen"})
    assert answer.status_code == 422
    assert "钱新人" in answer.content.decode()


def test_roles_are_given_and_taken_and_journalled(cast: Cast) -> None:
    client = as_(cast.administrator)
    address = f"/settings/people/{cast.engineer.pk}/roles/"
    client.post(address, {"role": "callback", "department": "service"})
    assert actor_for(cast.engineer.account, at=clock.now()).plays("callback")
    assert journalled("company.role_given")[0]["role"] == "callback"
    grant = RoleGrant.objects.get(account=cast.engineer.account, role="callback")
    assert "回访专员" in words(client, f"/settings/people/{cast.engineer.pk}/")
    client.post(f"{address}{grant.pk}/taking/")
    assert not actor_for(cast.engineer.account, at=clock.now()).plays("callback")
    assert len(journalled("company.role_taken")) == 1
    assert as_(cast.lead).post(address, {"role": "callback", "department": "service"}).status_code == 403


def test_nobody_gives_himself_a_role_and_one_administrator_stays(cast: Cast) -> None:
    client = as_(cast.administrator)
    own = f"/settings/people/{cast.administrator.pk}/roles/"
    assert client.post(own, {"role": "general_manager", "department": "management"}).status_code == 409
    grant = RoleGrant.objects.get(account=cast.administrator.account, role="administrator")
    assert client.post(f"{own}{grant.pk}/taking/").status_code == 409


def test_accounts_are_linked_to_one_person_stopped_and_let_in_again(cast: Cast) -> None:
    client = as_(cast.administrator)
    second = a_member("陈二号", username="chen2", department="service", roles=("callback",))
    client.post(f"/settings/people/{second.pk}/link/", {"other": "chen"})
    assert Account.objects.get(pk=second.pk).person == cast.engineer.person
    assert len(journalled("company.account_linked")) == 1
    client.post(f"/settings/people/{second.pk}/state/", {"open": "no"})
    assert not Account.objects.get(pk=second.pk).is_active
    client.post(f"/settings/people/{second.pk}/state/", {"open": "yes"})
    assert Account.objects.get(pk=second.pk).is_active
    assert (len(journalled("company.account_stopped")), len(journalled("company.account_resumed"))) == (1, 1)


def test_a_reset_password_is_shown_once(cast: Cast) -> None:
    shown = as_(cast.administrator).post(f"/settings/people/{cast.engineer.pk}/password/")
    password = re.search(r"<code>(\w{6}-\w{6}-\w{6})</code>", shown.content.decode())
    assert password
    assert shown["Cache-Control"] == "no-store"
    assert Account.objects.get(pk=cast.engineer.pk).check_password(password.group(1))


def test_a_department_is_renamed_and_gets_another_head(cast: Cast) -> None:
    client = as_(cast.administrator)
    assert "id_technology_name_zh" in words(client, "/settings/departments/?edit=technology")
    form = {
        "form": "technology",
        "edit": "technology",
        "name_zh": "技术中心",
        "name_en": "Technology",
        "head": cast.engineer.pk,
    }
    client.post("/settings/departments/technology/", form)
    department = Department.objects.get(code="technology")
    assert (department.name_zh, department.head_id) == ("技术中心", cast.engineer.pk)
    assert journalled("company.department_renamed") == [{"department": "technology"}]
    assert len(journalled("company.head_changed")) == 1
    client.post("/settings/departments/technology/", form)
    assert len(journalled("company.head_changed")) == 1
    wrong = client.post("/settings/departments/technology/", {**form, "name_zh": ""})
    assert wrong.status_code == 422


def test_shifts_and_absences_of_one_s_own_department(cast: Cast) -> None:
    begins = timezone.localtime() + timedelta(days=1)
    span = {"starts_at": begins.strftime("%Y-%m-%dT09:00"), "ends_at": begins.strftime("%Y-%m-%dT18:00")}
    head = as_(cast.technology_head)
    head.post(
        "/settings/rosters/shifts/", {"form": "shift", "account": cast.engineer.pk, "kind": "shift", **span}
    )
    assert Shift.objects.get().account == cast.engineer.account
    foreign = {"form": "shift", "account": cast.warehouse_head.pk, "kind": "shift", **span}
    assert head.post("/settings/rosters/shifts/", foreign).status_code == 403
    away = {"form": "away", "account": cast.engineer.pk, "stand_in": cast.technology_head.pk, **span}
    head.post("/settings/rosters/absences/", away)
    absence = Absence.objects.get()
    assert "陈工程" in words(head, "/settings/rosters/")
    assert "陈工程" not in words(as_(cast.warehouse_head), "/settings/rosters/").split("<form", 1)[0]
    assert (
        as_(cast.warehouse_head).post(f"/settings/rosters/absences/{absence.pk}/ending/").status_code == 404
    )
    head.post(f"/settings/rosters/absences/{absence.pk}/ending/")
    assert not Absence.objects.exists()
    kinds = ("company.shift_added", "company.absence_added", "company.absence_ended")
    assert [len(journalled(kind)) for kind in kinds] == [1, 1, 1]


def test_a_calendar_shows_its_year_with_holidays_and_made_up_days(cast: Cast) -> None:
    page = words(as_(cast.lead), "/settings/calendars/office/?year=2026")
    assert page.count('class="month"') == 12
    assert 'day--holiday" title="春节"' in page
    assert 'day--work" title="调休上班"' in page
    assert "暂定" not in page
    assert "暂定" in words(as_(cast.lead), "/settings/calendars/office/?year=2027")
    assert as_(cast.lead).get("/settings/calendars/nowhere/").status_code == 404


def test_next_year_s_list_makes_a_version_and_moves_what_rested_on_a_guess(cast: Cast) -> None:
    case = triaged(cast)
    guessed = Obligation.objects.filter(subject_id=str(case.pk), unit="wd", state="open").first()
    assert guessed
    Obligation.objects.filter(pk=guessed.pk).update(
        provisional=True, due_at=guessed.due_at + timedelta(days=30)
    )
    before, _ = current("office")
    rows = "date,kind,name\n2027-01-01,放假,元旦\n2027-01-02,放假,元旦\n2027-01-03,调休上班,"
    form = {"form": "year", "year": "2027", "rows": rows}
    assert as_(cast.lead).post("/settings/calendars/office/years/", form).status_code == 403
    client = as_(cast.administrator)
    said = client.post("/settings/calendars/office/years/", form, follow=True).content.decode()
    assert "1 个未完成的到期时间" in said
    after, calendar = current("office")
    assert after.number == before.number + 1
    assert calendar.is_working_day(timezone.datetime(2027, 1, 3).date())
    moved = Obligation.objects.get(pk=guessed.pk)
    assert (moved.due_at, moved.calendar_version) == (guessed.due_at, after.pk)
    assert journalled("company.calendar_published") == [{"calendar": "office", "version": after.number}]
    assert client.post("/settings/calendars/office/years/", form).status_code == 409
    wrong = client.post("/settings/calendars/office/years/", {**form, "rows": "date,kind\n2028-01-01,放假"})
    assert wrong.status_code == 422
    assert "2028-01-01" in wrong.content.decode()


def test_one_day_is_changed_and_changed_back(cast: Cast) -> None:
    client = as_(cast.administrator)
    day = timezone.datetime(2026, 12, 25).date()
    client.post(
        "/settings/calendars/office/days/",
        {"form": "day", "day": "2026-12-25", "kind": "holiday", "name": "司庆"},
    )
    assert not current("office")[1].is_working_day(day)
    client.post("/settings/calendars/office/days/", {"form": "day", "day": "2026-12-25", "kind": "usual"})
    assert current("office")[1].is_working_day(day)


def test_the_company_s_name_is_what_customers_see(cast: Cast) -> None:
    form = {"zh": "示例租赁有限公司", "en": "Example Rentals"}
    as_(cast.administrator).post("/settings/company/", form)
    assert "示例租赁有限公司" in Client().get("/p/").content.decode()
    assert len(journalled("company.named")) == 1
    as_(cast.administrator).post("/settings/company/", form)
    assert len(journalled("company.named")) == 1
    assert as_(cast.administrator).post("/settings/company/", {"zh": "", "en": ""}).status_code == 422


def test_queries_do_not_grow_with_the_people(cast: Cast) -> None:
    client = as_(cast.administrator)

    def asked(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            words(client, address)
        return len(queries)

    addresses = (
        "/settings/people/",
        "/settings/departments/",
        "/settings/rosters/",
        "/settings/calendars/office/",
    )
    few = [asked(address) for address in addresses]
    begins = clock.now()
    for number in range(3):
        member = a_member(
            f"新人{number}", username=f"new{number}", department="service", roles=("intake", "callback")
        )
        Shift.objects.create(account=member.account, starts_at=begins, ends_at=begins + timedelta(hours=1))
    assert [asked(address) for address in addresses] == few
