"""Reply: `/cases/<number>/replies/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import replying

from ..ability import Ability, calls, within
from ..forms.reply import ReplyForm
from .attachments import with_files

ABILITY = Ability(
    name="replies",
    zh="回复客户",
    en="Reply",
    icon="send",
    right="cases.reply",
    possible=within(*s.OPEN, right="cases.reply"),
    act=with_files(calls(replying.reply)),
    form=ReplyForm,
    group="",
    said=("已发给客户。", "Sent to the customer."),
    key="r",
    meets={
        "case.replied": {},
        "case.progress_told": {"purpose": "progress"},
        "case.opinion_given": {"purpose": "opinion"},
    },
    part="web/cases/parts/reply.html",
)
