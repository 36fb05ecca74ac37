"""Dispatch: `/cases/<number>/dispatch/`."""

from __future__ import annotations

from goodword.voice.cases.actions import dispatching

from ..ability import Ability, calls, within
from ..conditions import UNDER_WORK
from ..forms.dispatch import DispatchForm

ABILITY = Ability(
    name="dispatch",
    zh="改派",
    en="Dispatch",
    icon="arrows-exchange",
    right="cases.dispatch",
    possible=within(*UNDER_WORK),
    act=calls(dispatching.dispatch),
    form=DispatchForm,
    group="more",
    said=("已派出。", "Dispatched."),
)
