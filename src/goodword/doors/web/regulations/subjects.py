"""What the obligations of a page are about, in words, without a query for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goodword.company.channels.app.queries import cases_of_chats
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.models import Case, Help

from ..templatetags.goodword_ui import t


@dataclass(frozen=True, slots=True)
class About:
    """A subject's words and the path of its page, which may be empty."""

    words: str
    path: str


def about(rows: Iterable[Obligation]) -> dict[tuple[str, str], About]:
    """{(type, id): words and path} of every subject among the rows. Two queries, two more for chats."""
    wanted: dict[str, set[str]] = {}
    for row in rows:
        wanted.setdefault(row.subject_type, set()).add(row.subject_id)
    found = {
        (type_, id_): About(t("公司", "The company") if type_ == "company" else f"{type_} {id_}", "")
        for type_, ids in wanted.items()
        for id_ in ids
    }
    for pk, number in Case.objects.filter(pk__in=wanted.get("case", ())).values_list("pk", "number"):
        found["case", str(pk)] = About(t("工单 #{n}", "Case #{n}", n=number), f"/cases/{number}/")
    helps = Help.objects.filter(pk__in=wanted.get("help", ()))
    for pk, number in helps.values_list("pk", "case__number"):
        found["help", str(pk)] = About(
            t("工单 #{n} 的协助", "Help for case #{n}", n=number), f"/cases/{number}/"
        )
    case_of = cases_of_chats(wanted.get("chat", ()))
    numbers = (
        dict(Case.objects.filter(pk__in=case_of.values()).values_list("pk", "number")) if case_of else {}
    )
    for turn, case in case_of.items():
        if case in numbers:
            n = numbers[case]
            found["chat", str(turn)] = About(
                t("工单 #{n} 的在线咨询", "Chat of case #{n}", n=n), f"/cases/{n}/"
            )
    return found
