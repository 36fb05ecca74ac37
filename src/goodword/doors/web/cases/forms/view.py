"""A saved view: its names and who sees it."""

from __future__ import annotations

from typing import Any

from django import forms

from goodword.base.people.actors import Actor
from goodword.base.people.models import Department
from goodword.voice.cases.lists.saving import LONGEST_NAME, may_share
from goodword.voice.cases.models.lists import DEPARTMENT, EVERYBODY, OWN, SavedView

from ...bilingual import Both
from ...templatetags.goodword_ui import is_english, t


class ViewForm(forms.Form):
    """Names, and one choice of audience: oneself, one of the departments, everybody."""

    name = forms.CharField(label=Both("名称", "Name"), max_length=LONGEST_NAME)
    name_en = forms.CharField(
        label=Both("英文名称", "Name in English"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=Both("共享给看英文界面的同事时用", "For colleagues who read English"),
    )
    audience = forms.ChoiceField(label=Both("谁能看到", "Who sees it"))

    def __init__(self, typed: Any, *, actor: Actor, view: SavedView | None = None) -> None:
        """typed: what was sent, None for a fresh form. view: the one that is changed."""
        there = {"name": view.name, "name_en": view.name_en, "audience": audience_of(view)} if view else {}
        super().__init__(typed, initial=there)
        self.fields["audience"].choices = audiences(actor)  # type: ignore[attr-defined] # a ChoiceField, as above

    def shared_with(self) -> tuple[str, Department | None]:
        """Shared with whom, as `saving.Kept` has it."""
        shared, _, code = self.cleaned_data["audience"].partition(":")
        return shared, Department.objects.filter(code=code).first() if code else None


def audience_of(view: SavedView) -> str:
    """The choice a view stands for."""
    return f"{DEPARTMENT}:{view.department.code}" if view.department else view.shared


def audiences(actor: Actor) -> list[tuple[str, str]]:
    """Whom this person may share with."""
    english = is_english()
    homes = [
        home for home in Department.objects.filter(merged_into=None) if may_share(DEPARTMENT, home, actor)
    ]
    offered = [(OWN, t("仅自己", "Only me"))]
    offered += [(f"{DEPARTMENT}:{home.code}", home.name_en if english else home.name_zh) for home in homes]
    if may_share(EVERYBODY, None, actor):
        offered.append((EVERYBODY, t("所有人", "Everybody")))
    return offered
