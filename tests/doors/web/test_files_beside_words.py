"""Files that go along with an answer, a note or a case just taken down: all of it is kept, or nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import cast as people
from tests.cast import Cast
from tests.doors.web.test_abilities import PNG
from tests.doors.web.test_loop import INTAKE, act

from goodword.base.core import clock
from goodword.engine.attachments.models import Attachment
from goodword.voice.cases.models import Case


def a_case(cast: Cast) -> Case:
    return people.triaged(cast, at=clock.now() - timedelta(hours=1))


def picture(name: str = "屏幕.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("noun", "words"),
    [("replies", {"text": "请看照片", "purpose": "other"}), ("notes", {"text": "客户拍的"})],
)
def test_words_and_their_files_are_kept_together(cast: Cast, browse, noun, words):
    case, client = a_case(cast), browse(cast.engineer)
    refused = act(
        client, case, noun, 422, **words, attached=[picture(), picture("跑.exe", b"MZ" + b"\0" * 80)]
    )
    assert words["text"] in refused
    assert "multipart/form-data" in refused
    assert not Attachment.objects.exists()
    assert not case.notes.exists()
    assert not case.messages.filter(direction="out").exists()
    act(client, case, noun, **words, attached=[picture(), picture("另一张.png", PNG + b"\0")])
    assert sorted(Attachment.objects.filter(subject_id=str(case.pk)).values_list("name", flat=True)) == [
        "另一张.png",
        "屏幕.png",
    ]


def test_words_alone_need_no_file(cast: Cast, browse):
    case = a_case(cast)
    act(browse(cast.engineer), case, "notes", text="没有附件")
    assert case.notes.get().text == "没有附件"


def test_intake_takes_files_or_nothing_at_all(cast: Cast, browse):
    client = browse(cast.intake)
    refused = client.post("/cases/new/", {**INTAKE, "attached": [picture("跑.exe", b"MZ" + b"\0" * 80)]})
    assert refused.status_code == 422
    assert INTAKE["text"] in refused.content.decode()
    assert not Case.objects.exists()
    assert client.post("/cases/new/", {**INTAKE, "attached": [picture()]}).status_code == 302
    assert Attachment.objects.get().subject_id == str(Case.objects.get().pk)
