"""Coordinate: `/cases/<number>/coordination/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import coordinating

from ..ability import Ability, calls, within
from ..forms.coordinate import CoordinateForm

ABILITY = Ability(
    name="coordination",
    zh="跨部门协调",
    en="Coordinate",
    icon="users-group",
    right="cases.coordinate",
    possible=within(*s.OPEN, right="cases.coordinate"),
    act=calls(coordinating.coordinate),
    form=CoordinateForm,
    group="more",
    said=("已请相关部门协助。", "The departments are asked."),
)
