"""What people call a subject, and where its page is."""

from __future__ import annotations

from dataclasses import dataclass

from goodword.voice.cases.models import Case, Help


@dataclass(frozen=True, slots=True)
class Words:
    """A subject in words, with the path of its page."""

    zh: str
    en: str
    path: str


def subject_words(subject_type: str, subject_id: str) -> Words:
    """The words for a journal subject: a case by its number, a help request by its case's."""
    if subject_type == "case":
        number = Case.objects.values_list("number", flat=True).get(pk=subject_id)
        return Words(f"工单 #{number}", f"Case #{number}", f"/cases/{number}/")
    if subject_type == "help":
        number = Help.objects.values_list("case__number", flat=True).get(pk=subject_id)
        return Words(f"工单 #{number} 的协助请求", f"Help for case #{number}", f"/cases/{number}/")
    return Words("公司", "The company", "/regulations/")
