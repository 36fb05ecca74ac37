"""What is filled in about colleagues: new ones, their roles, their other accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goodword.base.people.models import Account, Person
from goodword.base.people.roles import ROLES

from ...bilingual import Both
from ...cases.forms.base import DepartmentField


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
