"""Unattended dispatch switched itself off, or was switched on again: whom the company names is told."""

from __future__ import annotations

from goodword.base.people.models import Account
from goodword.company.channels.actions.notifying import queue_notice
from goodword.engine.journal.models import Entry
from goodword.voice.cases.figures.unattended import CLAUSE, rule_of

from .addressees import addressees

PATH = "/regulations/reader/"


def stopped(entry: Entry) -> None:
    """FB-3.2c: too many errors; triage is a person's again until somebody resumes it."""
    _tell(
        entry,
        "自动派单错得太多,已自行停下",
        "Unattended dispatch erred too often and has stopped",
        urgent=True,
    )


def resumed(entry: Entry) -> None:
    """FB-3.2c: on again."""
    _tell(entry, "自动派单已恢复", "Unattended dispatch runs again", urgent=False)


def _tell(entry: Entry, zh: str, en: str, *, urgent: bool) -> None:
    told: dict[int, Account] = {}
    for role in rule_of(at=entry.recorded_at).told:
        for account in addressees(role, department="", at=entry.recorded_at):
            told[account.pk] = account
    for account in told.values():
        if account.pk == entry.by_id:
            continue
        queue_notice(
            account.pk,
            kind=entry.kind,
            clause_id=CLAUSE,
            subject=(entry.subject_type, entry.subject_id),
            title_zh=zh,
            title_en=en,
            path=PATH,
            urgent=urgent,
            at=entry.recorded_at,
            dedupe_key=f"{entry.pk}:{account.pk}",
        )
