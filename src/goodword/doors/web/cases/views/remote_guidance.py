"""Guide remotely: `/cases/<number>/remote-guidance/`."""

from __future__ import annotations

from goodword.voice.cases.actions import replying

from ..ability import Ability, calls, within
from ..forms.base import CaseForm

ABILITY = Ability(
    name="remote-guidance",
    zh="开始远程指导",
    en="Guide remotely",
    icon="headset",
    right="cases.guide",
    possible=within(*replying.BEFORE_DONE, right="cases.guide"),
    act=calls(replying.start_remote_guidance),
    group="more",
    form=CaseForm,
    meets={"case.remote_guidance_started": {}},
)
