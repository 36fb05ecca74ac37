"""Cases that have to do with each other: links, duplicates, merging; and files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from goodword.base.core.errors import NotFound
from goodword.base.people.actors import Actor
from goodword.engine.attachments.actions.storing import store
from goodword.voice.cases import states as s
from goodword.voice.cases.actions import linking, merging
from goodword.voice.cases.models import Case

from ..ability import Ability, holds, within
from ..forms.base import CaseForm
from ..forms.ending import DuplicateForm, LinkForm, OtherCaseForm, UploadForm


def link(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """Tie this case to another; the page stays on this one."""
    linking.link(case, facts["other"], by=by, at=at, relation=facts["relation"])
    return None


def merge(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> Case:
    """This case goes on as part of the other, whose page comes next."""
    target: Case = facts["other"]
    merging.merge(case, into=target, by=by, at=at)
    return target


def unmerge(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """Take this case out again."""
    return merging.unmerge(case, by=by, at=at, **facts)


def dismiss(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """The two are not the same matter."""
    proposal = case.duplicates.select_related("case", "other").filter(pk=facts["proposal"]).first()
    if proposal is None:
        raise NotFound
    linking.dismiss_duplicate(proposal, by=by, at=at)
    return None


def upload(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """Keep each file with the case."""
    for file in facts["file"]:
        store(file, name=file.name, subject=("case", case.pk), by=by, at=at)
    return None


LINK = Ability(
    name="links",
    zh="关联工单",
    en="Link",
    icon="link",
    right="cases.link",
    possible=within(*s.NAMES, right="cases.link"),
    act=link,
    form=LinkForm,
    group="more",
)
MERGE = Ability(
    name="merger",
    zh="并入其他工单",
    en="Merge into another",
    icon="subtask",
    right="cases.merge",
    possible=within(*(s.OPEN - {s.CALLED_BACK}), right="cases.merge"),
    act=merge,
    form=OtherCaseForm,
    group="more",
    said=("已并入这个工单。", "Merged into this case."),
)
UNMERGE = Ability(
    name="merger/undo",
    zh="取消合并",
    en="Un-merge",
    icon="unlink",
    right="cases.merge",
    possible=within(s.MERGED, right="cases.merge"),
    act=unmerge,
    form=CaseForm,
    said=("已拆出，时限重新计算。", "Taken out; its clocks run again."),
)
DISMISS = Ability(
    name="duplicates/dismissal",
    zh="不是同一件",
    en="Not the same",
    icon="x",
    right="cases.link",
    possible=within(*s.OPEN, right="cases.link"),
    act=dismiss,
    form=DuplicateForm,
    group="",
)
UPLOAD = Ability(
    name="attachments",
    zh="上传附件",
    en="Add files",
    icon="paperclip",
    right="attachments.add",
    possible=holds(lambda case: case.state not in s.ENDED),
    act=upload,
    form=UploadForm,
    group="",
    said=("文件已保存。", "The files are kept."),
)
