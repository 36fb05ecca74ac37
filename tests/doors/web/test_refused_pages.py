"""A refused POST never shows more than the person might have opened, and never fails while it is drawn again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client
    from tests.cast import Cast, Member

Browse = Callable[["Member"], "Client"]


def test_a_page_somebody_may_not_open_is_not_drawn_again_for_them(cast: Cast, browse: Browse) -> None:
    answer = browse(cast.engineer).post(
        f"/settings/people/{cast.intake.pk}/roles/", {"role": "administrator"}
    )
    assert answer.status_code == 403
    assert "林受理" not in answer.content.decode()


def test_a_page_that_cannot_be_drawn_gives_the_refusal_itself(cast: Cast, browse: Browse) -> None:
    answer = browse(cast.intake).post("/customers/99999/contacts/", {"name": "李示例"})
    assert answer.status_code == 404


def test_an_act_on_a_foreign_case_is_not_found_and_does_nothing(cast: Cast, browse: Browse) -> None:
    from tests.cast import a_case

    case = a_case(cast)
    foreign_case = browse(cast.engineer).post(f"/cases/{case.number}/notes/", {"text": "无权"})
    missing_case = browse(cast.engineer).post("/cases/99999/notes/", {"text": "无权"})
    assert foreign_case.status_code == missing_case.status_code == 404
    assert not case.notes.exists()
