"""Add files: `/cases/<number>/attachments/`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from goodword.base.people.actors import Actor
from goodword.engine.attachments.actions.storing import store
from goodword.engine.attachments.laying import content_of
from goodword.engine.attachments.models import Attachment
from goodword.voice.cases import states as s
from goodword.voice.cases.models import Case, Message

from ..ability import Ability, Act, holds
from ..forms.upload import UploadForm


def keep(case: Case, files: Iterable[UploadedFile[Any]], *, by: Actor, at: datetime) -> list[Attachment]:
    """Keep each file with the case. Raises FileRefused, which undoes what it came with."""
    return [
        store(content_of(file), name=file.name or "file", subject=("case", case.pk), by=by, at=at)
        for file in files
    ]


def upload(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """Keep what was sent."""
    keep(case, facts["file"], by=by, at=at)
    return None


def with_files(act: Act) -> Act:
    """An act whose form also takes files: they are kept once it is done, all of it or nothing.

    With a message to the customer they go along, where its channel carries files.
    """

    def done(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
        words = dict(facts)
        files = words.pop("attached", ())
        outcome = act(case, words, by=by, at=at)
        kept = keep(case, files, by=by, at=at)
        if kept and isinstance(outcome, Message):
            outcome.files.add(*kept)
        return outcome

    return done


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
