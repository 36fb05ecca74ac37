"""What the pages of an act on many cases say of each: what it would become or became, or why it was refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from goodword.base.core.masks import mask_text
from goodword.base.people.models import Account, Department
from goodword.voice.cases.actions.accepting import proposed_labels
from goodword.voice.cases.bulk import Trial, became_of
from goodword.voice.cases.models import BulkItem, Case
from goodword.voice.cases.rules.phrases import PhraseWarning

from ...refusing import Answered, answered, chip
from ...templatetags.goodword_ui import is_english, t
from ..naming import STATE_TONES, Names, customer_name, department_name, state_name

NOWHERE: Mapping[str, Any] = {"state": "", "department": "", "assignee": None}
"""Before `became`, where all of it is to be said."""


@dataclass(frozen=True, slots=True)
class Row:
    """One case on such a page. now: where it stands; becomes: what changes, in words; refused: why not."""

    case: Case
    customer: str
    now: str
    tone: str
    becomes: list[str]
    refused: Answered | None = None
    warned: bool = False
    """Refused only because of a phrase (FB-4.2e): it may be sent all the same."""


class People:
    """Names of the departments and colleagues in `became`, read at once: two queries whatever the number of rows."""

    def __init__(self, became: Iterable[Mapping[str, Any]]) -> None:
        rows = [one for one in became if one]
        ids = {one["assignee"] for one in rows if one["assignee"]}
        found = Account.objects.filter(pk__in=ids).select_related("person")
        self._people = {account.pk: account.person for account in found}
        self._departments = {one.code: one for one in Department.objects.all()}

    def department(self, code: str) -> str:
        """A department's name; a dash for none."""
        return department_name(self._departments.get(code))

    def colleague(self, account_id: int) -> str:
        """A colleague's name."""
        person = self._people.get(account_id)
        if person is None:
            return "—"
        return (is_english() and person.name_en) or person.name


def changes(before: Mapping[str, Any], became: Mapping[str, Any], people: People) -> list[str]:
    """What differs, in words: state, department, assignee; one remark where nothing a list shows does."""
    said = []
    if became["state"] != before["state"]:
        said.append(state_name(became["state"]))
    if became["department"] != before["department"]:
        said.append(people.department(became["department"]))
    if became["assignee"] != before["assignee"]:
        nobody = str(t("暂无经办人", "nobody yet"))
        said.append(people.colleague(became["assignee"]) if became["assignee"] else nobody)
    return said or [str(t("记入工单，状态不变", "noted; its state stays"))]


def tried_rows(cases: list[Case], trials: list[Trial], *, labels: Names | None) -> list[Row]:
    """The preview's rows. labels: also say the labels that are proposed, by these names."""
    people = People(trial.became for trial in trials)
    rows = []
    for case, trial in zip(cases, trials, strict=True):
        words = changes(became_of(case), trial.became, people) if trial.refused is None else []
        if labels is not None and words:
            words = [*proposed_words(case, labels), *words]
        rows.append(
            Row(
                case,
                customer_name(case),
                state_name(case.state),
                STATE_TONES.get(case.state, "accent"),
                words,
                refused=answered(trial.refused) if trial.refused else None,
                warned=isinstance(trial.refused, PhraseWarning),
            )
        )
    return rows


def proposed_words(case: Case, names: Names) -> list[str]:
    """What the reader proposes, in words: kind, severity, content; empty where it could not tell."""
    found = proposed_labels(case)
    if found is None:
        return []
    said = [names.of(name, found[name]) for name in ("kind", "severity", "content")]
    if found["subclass"]:
        said.append(names.subclass(found["content"], found["subclass"]))
    return said


def told(item: BulkItem) -> Answered:
    """Why an item was refused, as it was said then."""
    english = is_english()
    return Answered(
        sentence=mask_text(item.said_en if english else item.said_zh),
        cure=mask_text(item.cure_en if english else item.cure_zh),
        clauses=[chip(clause_id) for clause_id in item.clauses],
        fields={},
    )
