"""What the forms of a case's abilities stand on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from goodword.base.core.clock import of_this_age
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account, Department
from goodword.voice.cases import labels
from goodword.voice.cases.models import Case

from ...bilingual import choices
from ...templatetags.goodword_ui import is_english


class CaseForm(forms.Form):
    """A small form on a case. It knows the case, who fills it in and when; `facts()` are the action's arguments."""

    error_css_class = "field--error"

    def __init__(self, *arguments: Any, case: Case, actor: Actor, at: datetime, **options: Any) -> None:
        options.setdefault("auto_id", f"id_{type(self).__name__.lower()}_%s")
        super().__init__(*arguments, **options)
        self.case, self.actor, self.at = case, actor, at
        self.prepare()

    def prepare(self) -> None:
        """Fill choices and first values, which depend on the case; nothing by default."""

    def facts(self) -> dict[str, Any]:
        """What was typed, under the names the action takes."""
        return dict(self.cleaned_data)

    @property
    def day(self) -> date:
        """The company's day on which the form is filled in: catalogues hold by day."""
        return timezone.localtime(self.at).date()

    def offer(self, name: str, catalogue: str, *, empty: bool = False) -> None:
        """Let a field choose from a catalogue of the policy."""
        self.pick(name).choices = choices(labels.catalogue(catalogue, on=self.day), empty=empty)

    def pick(self, name: str) -> forms.ChoiceField:
        """The choice field of that name."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field


class Words(forms.CharField):
    """Several lines of words."""

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), max_length=8000, **options)


class Moment(forms.DateTimeField):
    """A moment, typed into the browser's own field, in the company's time."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **options)

    def clean(self, value: Any) -> datetime | None:
        """The moment; of this age, for a year out of any calendar could not be read again."""
        moment: datetime | None = super().clean(value)
        if moment is not None and not of_this_age(moment):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return moment


LONGEST_ID = 18
"""Digits of a number that fits into a key of any database."""


class DepartmentField(forms.ModelChoiceField):  # type: ignore[type-arg]  # its model is Department
    """A department that is not merged into another, by code."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("empty_label", "—")
        there = Department.objects.filter(merged_into=None)
        super().__init__(queryset=there, to_field_name="code", **options)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name_en if is_english() else obj.name_zh)


class ColleagueField(forms.ModelChoiceField):  # type: ignore[type-arg]  # its model is Account
    """A colleague whose account is in use; a few departments' only, when they are named."""

    def __init__(self, *, departments: tuple[str, ...] = (), **options: Any) -> None:
        options.setdefault("empty_label", "—")
        there = Account.objects.filter(is_active=True).select_related("person", "department")
        if departments:
            there = there.filter(department__code__in=departments)
        super().__init__(queryset=there.order_by("department", "person__name"), **options)

    def label_from_instance(self, obj: Any) -> str:
        return colleague_name(obj)


class ColleaguesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # its model is Account
    """Several colleagues."""

    def __init__(self, **options: Any) -> None:
        there = Account.objects.filter(is_active=True).select_related("person", "department")
        super().__init__(queryset=there.order_by("department", "person__name"), **options)

    def clean(self, value: Any) -> Any:
        """Those chosen. A number that no account can have is refused before SQLite stumbles over its size."""
        for one in value or ():
            if len(str(one)) > LONGEST_ID:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], "invalid_choice", {"value": one}
                )
        return super().clean(value)

    def label_from_instance(self, obj: Any) -> str:
        return colleague_name(obj)


def colleague_name(account: Account) -> str:
    """「陈工程 · 技术部」."""
    english = is_english()
    name = (english and account.person.name_en) or account.person.name
    home = account.department
    return f"{name} · {home.name_en if english else home.name_zh}" if home else name
