"""The mails a case was written in, and those set aside beside it."""

from __future__ import annotations

from typing import Any

from goodword.company.channels.mail.beside import held_beside, mails_of
from goodword.voice.cases.models import Case

from ..mails.showing import note_of

MAIL = "mail"


def mails_beside(case: Case) -> dict[str, Any]:
    """`case_mails` for the page, the oldest first; asked only of a case that came by mail. Four queries."""
    if case.channel != MAIL:
        return {"case_mails": []}
    rows = [*mails_of(case.pk), *held_beside(case.pk)]
    return {"case_mails": [{"mail": row, "note": note_of(row)} for row in rows]}
