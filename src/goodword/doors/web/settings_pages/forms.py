"""What administrators fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goodword.base.people.models import Account, Department, Person
from goodword.base.people.roles import ROLES

from ..bilingual import Both
from ..cases.forms.base import ColleagueField, DepartmentField, Moment


class AccountForm(forms.Form):
    """A new colleague."""

    name = forms.CharField(label=Both("姓名", "Name"), max_length=80)
    name_en = forms.CharField(label=Both("英文名", "Name in English"), max_length=80, required=False)
    username = forms.CharField(
        label=Both("用户名", "User name"),
        max_length=80,
        help_text=Both("小写字母、数字、点、横线。", "Small letters, digits, dot, dash."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    department = DepartmentField(label=Both("部门", "Department"), required=False)
    phone_extension = forms.CharField(label=Both("分机", "Extension"), max_length=40, required=False)


class RoleForm(forms.Form):
    """A role in a department."""

    role = forms.ChoiceField(label=Both("角色", "Role"))
    department = DepartmentField(label=Both("部门", "Department"))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(role.code, Both(role.zh, role.en)) for role in ROLES.values()]


class LinkForm(forms.Form):
    """The account is another one of the person who also has this account."""

    other = forms.CharField(
        label=Both("此人的另一个用户名", "Another user name of this person"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def clean_other(self) -> Person:
        """The person behind the other account."""
        found = Account.objects.select_related("person").filter(
            username=self.cleaned_data["other"].strip().lower()
        )
        account = found.first()
        if account is None:
            raise ValidationError(Both("没有这个用户名。", "There is no such user name."))
        return account.person


class DepartmentForm(forms.Form):
    """A department's names and head."""

    name_zh = forms.CharField(label=Both("中文名", "Name in Chinese"), max_length=80)
    name_en = forms.CharField(label=Both("英文名", "Name in English"), max_length=80)
    head = ColleagueField(label=Both("负责人", "Head"), required=False)

    @classmethod
    def of(cls, department: Department, typed: Any = None) -> DepartmentForm:
        """The form of a department, as it stands or as it was typed."""
        there = {"name_zh": department.name_zh, "name_en": department.name_en, "head": department.head_id}
        return cls(typed, initial=there, auto_id=f"id_{department.code}_%s")


class ShiftForm(forms.Form):
    """A time on duty."""

    account = ColleagueField(label=Both("同事", "Colleague"))
    kind = forms.ChoiceField(
        label=Both("班次", "Shift"),
        choices=[("shift", Both("在岗", "At work")), ("on_call", Both("值守", "On call"))],
    )
    starts_at = Moment(label=Both("从", "From"))
    ends_at = Moment(label=Both("到", "Until"))


class AwayForm(forms.Form):
    """A time away, and who stands in."""

    account = ColleagueField(label=Both("同事", "Colleague"))
    stand_in = ColleagueField(label=Both("代班人", "Stand-in"))
    starts_at = Moment(label=Both("从", "From"))
    ends_at = Moment(label=Both("到", "Until"))
    reason = forms.CharField(label=Both("事由", "Reason"), max_length=120, required=False)


class YearForm(forms.Form):
    """A year's holidays and make-up days, pasted as rows."""

    year = forms.IntegerField(label=Both("年份", "Year"), min_value=2010, max_value=2100)
    rows = forms.CharField(
        label=Both("节假日清单", "Holidays"),
        help_text=Both(
            "每行：日期,放假 或 调休上班,名称。首行为 date,kind,name。",
            "One a line: date, holiday or work, name. First line: date,kind,name.",
        ),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": "date,kind,name\n2027-01-01,放假,元旦"}),
    )


class DayForm(forms.Form):
    """One day of a calendar."""

    day = forms.DateField(label=Both("日期", "Day"), widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(
        label=Both("改为", "Make it"),
        choices=[
            ("holiday", Both("放假", "Off")),
            ("work", Both("上班", "Worked")),
            ("usual", Both("照常", "As usual")),
        ],
    )
    name = forms.CharField(label=Both("名称", "Name"), max_length=40, required=False)


class CompanyForm(forms.Form):
    """The company's own name."""

    zh = forms.CharField(label=Both("中文名称", "Name in Chinese"), max_length=80, required=False)
    en = forms.CharField(label=Both("英文名称", "Name in English"), max_length=80, required=False)
