"""A department's own mailbox proposes that department; the regulation's routes go before it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import Cast, make_cast
from tests.company.channels.mail.boxes import a_box
from tests.company.channels.mail.writing import a_mail

from goodword.base.core import clock
from goodword.base.people.models import Department, RoleGrant
from goodword.company.channels.mail.actions.keeping import keep_mail
from goodword.company.channels.mail.actions.taking_in import take_in
from goodword.company.channels.models import OutboxMessage
from goodword.voice.cases.actions.triaging import triage
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries import listing
from goodword.voice.cases.queries.proposals import Home, home_of

pytestmark = [pytest.mark.django_db, pytest.mark.either]


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(hours=2))


def written_to(department: str, text: str) -> Case:
    """The case of a mail to the mailbox of a department."""
    box = a_box(department=Department.objects.get(code=department))
    take_in(keep_mail(box, 1, a_mail(text, to=box.address, subject=""), at=clock.now()), at=clock.now())
    return Case.objects.get(channel="mail")


def test_what_the_regulation_gives_to_nobody_is_proposed_to_the_department_written_to(
    cast: Cast, client: Client
) -> None:
    case, today = written_to("warehouse", "仓库的门牌号是多少？"), clock.now().date()
    assert home_of(case, content="other", subclass="", on=today) == Home("warehouse", "came_to")
    assert home_of(case, content="device", subclass="", on=today) == Home("technology", "route")

    Case.objects.filter(pk=case.pk).update(proposal={})
    client.force_login(cast.intake.account)
    page = client.get(f"/cases/{case.number}/?do=triage").content.decode()
    assert "发到仓储部的邮箱" in page
    assert "建议由仓储部处理" in page
    assert '<option value="warehouse" selected>' in page
    assert f"/cases/{case.number}/" in client.get("/cases/?came_to=warehouse").content.decode()
    assert f"/cases/{case.number}/" not in client.get("/cases/?came_to=sales").content.decode()


def test_the_department_sees_it_first_and_no_more_once_another_has_it(cast: Cast) -> None:
    home = Department.objects.get(code="warehouse")
    RoleGrant.objects.create(
        account=cast.engineer.account, role="intake", department=home, starts_at=clock.now()
    )
    case = written_to("warehouse", "录播机黑屏了，开不了机。")
    told = OutboxMessage.objects.filter(payload__kind="case.received")
    assert set(told.values_list("recipient", flat=True)) == {cast.engineer.account.pk}

    head = cast.warehouse_head.by
    assert list(listing.visible_to(head)) == [case]
    assert list(listing.visible_to(cast.technology_head.by)) == []
    triage(
        case,
        by=cast.intake.by,
        at=clock.now(),
        kind="complaint",
        content="device",
        severity="general",
        department=Department.objects.get(code="technology"),
    )
    assert list(listing.visible_to(head)) == []
