"""The page of the standing groups, and experience on a person's page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.cast import Cast, Member, a_member, make_cast
from tests.support.looking import as_, words

from goodword.base.core import clock
from goodword.base.people.actions.rosters import go_away
from goodword.base.people.models import GroupSeat
from goodword.engine.journal.models import Entry

pytestmark = pytest.mark.django_db

PAGE = "/settings/groups/"
SEATS = f"{PAGE}reputation_group/seats/"


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(days=2))


def seating(member: Member, place: str) -> dict[str, object]:
    return {"form": "reputation_group", "account": member.pk, "place": place}


def test_it_is_closed_to_who_does_not_manage_people(cast: Cast, client: Client) -> None:
    assert client.get(PAGE)["Location"].startswith("/login/")
    assert as_(cast.lead).get(PAGE).status_code == 403
    assert as_(cast.lead).post(SEATS, seating(cast.engineer, "member")).status_code == 403
    assert as_(cast.lead).post(f"{SEATS}{cast.engineer.pk}/ending/").status_code == 403
    assert not GroupSeat.objects.exists()


def test_colleagues_are_seated_and_leave_and_the_clause_says_who_is_missing(cast: Cast) -> None:
    client = as_(cast.administrator)
    before = words(client, PAGE)
    assert all(f'href="/regulations/{clause}/"' in before for clause in ("WM-2.1a", "SU-5", "CS-2.1"))
    assert "缺：组长 · 副总经理" in before
    assert client.post(SEATS, seating(cast.deputy, "leader")).status_code == 302
    client.post(SEATS, seating(cast.engineer, "member"))
    assert words(client, PAGE).count("缺：组长 · 副总经理") == 1, "the other group's is missing still"
    client.post(f"{SEATS}{cast.engineer.pk}/ending/")
    assert list(GroupSeat.objects.values_list("account__username", "seat")) == [("gao", "leader")]
    kinds = Entry.objects.filter(kind__startswith="company.group_").order_by("pk")
    assert [entry.kind for entry in kinds] == ["company.group_seated"] * 2 + ["company.group_unseated"]


def test_a_second_leader_is_refused_on_the_page_with_the_clause(cast: Cast) -> None:
    client = as_(cast.administrator)
    client.post(SEATS, seating(cast.deputy, "leader"))
    answer = client.post(SEATS, seating(cast.lead, "leader"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "该小组已有组长" in page
    assert "WM-2.1a" in page.split("该小组已有组长")[1].split("</main>")[0]
    assert client.post(f"{PAGE}nowhere/seats/", seating(cast.lead, "member")).status_code == 404
    assert client.post(SEATS, seating(cast.lead, "")).status_code == 422


def test_who_is_away_is_shown_with_who_stands_in_in_both_languages(cast: Cast) -> None:
    client = as_(cast.administrator)
    client.post(SEATS, seating(cast.engineer, "member"))
    now = clock.now()
    span = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(days=1)}
    go_away(cast.engineer.account, stand_in=cast.lead.account, by=cast.administrator.by, **span)
    assert "代班：周主管" in words(client, PAGE)
    client.post("/language/", {"language": "en", "next": "/"})
    english = words(client, PAGE)
    assert "stand-in: 周主管" in english
    assert "missing: Leader · Deputy general manager" in english


def test_experience_is_recorded_and_opens_the_role(cast: Cast) -> None:
    client, address = as_(cast.administrator), f"/settings/people/{cast.engineer.pk}/"
    role = {"form": "role", "role": "reputation_supporter", "department": "technology"}
    assert "口碑支撑员须满 3 年" in words(client, address)
    refused = client.post(f"{address}roles/", role)
    assert refused.status_code == 409
    assert "须有满 3 年的相关资历" in refused.content.decode()
    assert "WM-2.4b" in refused.content.decode()
    today = timezone.localdate()
    coming = {"form": "experience", "since": today + timedelta(days=1)}
    assert client.post(f"{address}experience/", coming).status_code == 422
    since = today - timedelta(days=4 * 366)
    client.post(f"{address}experience/", {"form": "experience", "since": since})
    assert f'value="{since}"' in words(client, address)
    assert client.post(f"{address}roles/", role).status_code == 302
    kinds = Entry.objects.filter(subject_type="company").order_by("-pk").values_list("kind", flat=True)
    assert list(kinds[:2]) == ["company.role_given", "company.experience_recorded"]
    assert as_(cast.lead).post(f"{address}experience/", {"since": since}).status_code == 403


def test_queries_do_not_grow_with_the_seats(cast: Cast) -> None:
    client = as_(cast.administrator)

    def asked() -> int:
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            words(client, PAGE)
        return len(queries)

    client.post(SEATS, seating(cast.deputy, "leader"))
    few = asked()
    for number in range(3):
        member = a_member(f"新人{number}", username=f"new{number}", department="service", roles=("intake",))
        client.post(SEATS, seating(member, "member"))
    assert asked() == few
