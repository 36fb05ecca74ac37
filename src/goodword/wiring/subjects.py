"""What people call a subject, and where its page is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from goodword.voice.cases.models import Case, Help


@dataclass(frozen=True, slots=True)
class Words:
    """A subject in words, with the path of its page."""

    zh: str
    en: str
    path: str


def subjects_in_words(subjects: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Words]:
    """The words for journal subjects (type, id): a case by its number, a help request by its case's. Two queries."""
    asked = sorted(subjects)
    cases = _numbers(Case.objects.values_list("pk", "number"), asked, "case")
    helps = _numbers(Help.objects.values_list("pk", "case__number"), asked, "help")
    return {
        **dict.fromkeys(asked, Words("公司", "The company", "/regulations/")),
        **{s: Words(f"工单 #{n}", f"Case #{n}", f"/cases/{n}/") for s, n in cases.items()},
        **{
            s: Words(f"工单 #{n} 的协助请求", f"Help for case #{n}", f"/cases/{n}/") for s, n in helps.items()
        },
    }


def _numbers(
    rows: QuerySet[Any, Any], asked: Sequence[tuple[str, str]], kind: str
) -> dict[tuple[str, str], int]:
    """{subject: number} of the subjects of one kind, from (key, number) rows."""
    wanted = [subject_id for subject_type, subject_id in asked if subject_type == kind]
    found = rows.filter(pk__in=wanted) if wanted else ()
    return {(kind, str(pk)): number for pk, number in found}
