"""Controls drawn by hand are what Django's own templates draw."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from goodword.doors.web.widgets import DRAWN, Quick

CHOICES = [("", "—"), ("a", 'A & <b> "c"'), ("组", [("x'1", "甲"), (3, "乙 <i>")])]
WIDGETS: list[tuple[forms.Widget, Any]] = [
    (forms.Select(choices=CHOICES), "x'1"),
    (forms.Select(choices=CHOICES, attrs={"class": 'q"&', "required": True, "hidden": False}), None),
    (forms.SelectMultiple(choices=CHOICES), ["a", "3"]),
    (forms.NullBooleanSelect(), True),
    (forms.TextInput(attrs={"maxlength": 10}), "<script>\"&'"),
    (forms.TextInput(), None),
    (forms.NumberInput(attrs={"step": "any"}), 0),
    (forms.EmailInput(), "a@example.com"),
    (forms.HiddenInput(), "x"),
    (forms.DateTimeInput(), ""),
    (forms.Textarea(), "<b>"),
    (forms.CheckboxInput(), True),
    (forms.RadioSelect(choices=CHOICES), "a"),
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
def test_a_control_is_drawn_as_by_its_template(widget: forms.Widget, value: Any) -> None:
    def lines(renderer: Any) -> list[str]:
        drawn = widget.render("name<", value, attrs={"id": "id_名"}, renderer=renderer)
        return [line.strip() for line in drawn.splitlines() if line.strip()]

    assert lines(Quick()) == lines(DjangoTemplates())


def test_it_is_by_hand_where_there_are_many() -> None:
    assert forms.Select.template_name in DRAWN
    assert forms.TextInput.template_name in DRAWN
