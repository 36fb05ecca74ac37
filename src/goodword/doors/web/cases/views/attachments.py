"""Add files: `/cases/<number>/attachments/`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from goodword.base.people.actors import Actor
from goodword.engine.attachments.actions.storing import store
from goodword.voice.cases import states as s
from goodword.voice.cases.models import Case

from ..ability import Ability, holds
from ..forms.upload import UploadForm


def upload(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """Keep each file with the case."""
    for file in facts["file"]:
        store(file, name=file.name, subject=("case", case.pk), by=by, at=at)
    return None


ABILITY = Ability(
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
