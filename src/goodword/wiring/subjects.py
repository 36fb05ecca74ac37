"""What people call a subject, and where its page is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from goodword.company.channels.app.queries import cases_of_chats
from goodword.voice.cases.models import Case, Help


@dataclass(frozen=True, slots=True)
class Words:
    """A subject in words, with the path of its page."""

    zh: str
    en: str
    path: str


def subjects_in_words(subjects: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Words]:
    """The words for journal subjects (type, id): a case by its number, a help request and a chat by their case's.

    Two queries, two more where a chat is among them.
    """
    asked = sorted(subjects)
    cases = _numbers(Case.objects.values_list("pk", "number"), asked, "case")
    helps = _numbers(Help.objects.values_list("pk", "case__number"), asked, "help")
    chats = _chats(asked)
    return {
        **dict.fromkeys(asked, Words("公司", "The company", "/regulations/")),
        **{s: Words(f"工单 #{n}", f"Case #{n}", f"/cases/{n}/") for s, n in cases.items()},
        **{
            s: Words(f"工单 #{n} 的协助请求", f"Help for case #{n}", f"/cases/{n}/") for s, n in helps.items()
        },
        **{s: Words(f"工单 #{n} 的在线咨询", f"Chat of case #{n}", "/chats/") for s, n in chats.items()},
    }


def _chats(asked: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    wanted = [subject_id for subject_type, subject_id in asked if subject_type == "chat"]
    case_of = cases_of_chats(wanted)
    numbers = (
        dict(Case.objects.filter(pk__in=case_of.values()).values_list("pk", "number")) if case_of else {}
    )
    return {("chat", str(pk)): numbers[case] for pk, case in case_of.items() if case in numbers}


def _numbers(
    rows: QuerySet[Any, Any], asked: Sequence[tuple[str, str]], kind: str
) -> dict[tuple[str, str], int]:
    """{subject: number} of the subjects of one kind, from (key, number) rows."""
    wanted = [subject_id for subject_type, subject_id in asked if subject_type == kind]
    found = rows.filter(pk__in=wanted) if wanted else ()
    return {(kind, str(pk)): number for pk, number in found}
