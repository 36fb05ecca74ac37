"""The page of a clause about a role: who holds it or sits in the group now, who stands in, what it may do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import Cast, Member, make_cast

from goodword.base.core import clock
from goodword.base.people.actions.rosters import go_away
from goodword.base.people.models import Department, GroupSeat, RoleGrant
from goodword.base.people.roles import ROLES
from goodword.doors.web.rights import RIGHTS
from goodword.engine.policy.queries import all_clauses

pytestmark = pytest.mark.django_db

ABOUT_ROLES = [clause.id for clause in all_clauses().values() if clause.kind == "role"]


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(days=2))


def words(member: Member, clause_id: str, *, language: str = "zh-hans") -> str:
    client = Client()
    client.force_login(member.account)
    client.post("/language/", {"language": language, "next": "/"})
    page = client.get(f"/regulations/{clause_id}/")
    assert page.status_code == 200
    return page.content.decode()


def test_every_right_there_is_has_its_words() -> None:
    assert set(RIGHTS) == {right for role in ROLES.values() for right in role.rights | role.home_rights}


@pytest.mark.parametrize("clause_id", ABOUT_ROLES)
def test_each_shows_its_panel_even_while_nobody_is_there(cast: Cast, clause_id: str) -> None:
    for language in ("zh-hans", "en"):
        assert 'id="holding"' in words(cast.intake, clause_id, language=language)


def test_a_clause_about_something_else_has_none(cast: Cast) -> None:
    assert 'id="holding"' not in words(cast.intake, "FB-3.2a")


def test_a_group_shows_its_seats_its_stand_ins_and_what_climbs_to_it(cast: Cast) -> None:
    GroupSeat.objects.create(group="satisfaction_committee", account=cast.deputy.account, seat="leader")
    now = clock.now()
    span = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(days=1)}
    go_away(cast.deputy.account, stand_in=cast.lead.account, by=cast.administrator.by, **span)
    page = words(cast.intake, "CS-2.1").split('id="holding"')[1]
    for said in ("组长", "高副总", "代班：周主管", "逾期时通知", 'href="/regulations/CS-3.2b/"'):
        assert said in page


def test_a_role_shows_its_holders_its_rights_and_its_duties(cast: Cast) -> None:
    role = {"role": "reputation_supporter", "department": Department.objects.get(code="technology")}
    RoleGrant.objects.create(account=cast.engineer.account, starts_at=clock.now(), **role)
    page = words(cast.intake, "WM-2.4b").split('id="holding"')[1]
    for said in ("陈工程", "技术部", "远程指导", "承担的义务", 'href="/regulations/WM-2.4a/"'):
        assert said in page


def test_the_departments_are_shown_with_their_heads(cast: Cast) -> None:
    page = words(cast.intake, "CS-2.2", language="en").split('id="holding"')[1]
    for said in ("Customer service", "周主管", "no head"):
        assert said in page
