"""A form with files holds up nobody while their bytes go to the disk: its transaction begins when they lie there."""

from __future__ import annotations

import re
import threading
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from tests.cast import Cast, a_case, make_cast
from tests.support.appbox import opened, tells

from goodword.base.core import clock
from goodword.base.core.ids import token_digest
from goodword.base.core.models import Setting
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import SYSTEM
from goodword.doors.api.tokens import create_token
from goodword.engine.attachments.models import Attachment
from goodword.engine.attachments.queries import open_for_download
from goodword.voice.cases.models import Case

PNG = b"\x89PNG\r\n\x1a\n" + b"invented"
CODE = "K7M2P9QX4T"


class SlowDisk(FileSystemStorage):
    """Takes a file only after somebody else has written to the database meanwhile."""

    written: list[str] = []

    def _save(self, name: str, content: Any) -> str:
        assert not connection.in_atomic_block
        beside = threading.Thread(target=_write_beside, args=(name,))
        beside.start()
        beside.join(20)
        assert Setting.objects.filter(name=f"beside {name}").exists(), "somebody else had to wait"
        self.written.append(name)
        return super()._save(name, content)  # type: ignore[no-any-return,misc]


def _write_beside(name: str) -> None:
    try:
        with one_fact():
            Setting.objects.create(name=f"beside {name}", value=1)
    finally:
        connections.close_all()


@pytest.fixture
def disk(settings: Any, tmp_path: Path) -> list[str]:
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": f"{__name__}.SlowDisk", "OPTIONS": {"location": str(tmp_path)}},
    }
    SlowDisk.written.clear()
    cache.clear()
    return SlowDisk.written


def photo(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.png", PNG + name.encode())


def at_work(account: object) -> Client:
    made = Client(HTTP_HOST="localhost")
    made.force_login(account)  # type: ignore[arg-type]  # an account of the cast
    return made


def send_everywhere(cast: Cast, case: Case) -> None:
    """A file by every form that takes one; each is named by its form."""
    agent, customer = at_work(cast.intake.account), Client(HTTP_HOST="localhost")
    agent.post("/cases/new/", {"text": "镜头有灰", "channel": "hotline", "attached": photo("intake")})
    agent.post(f"/cases/{case.number}/attachments/", {"file": photo("case")})
    agent.post(
        f"/cases/{case.number}/replies/",
        {"text": "请看图。", "purpose": "progress", "channel": "hotline", "attached": photo("reply")},
    )
    at_work(cast.engineer.account).post(
        "/capture/",
        {"key": "k" * 20, "channel": "delivery", "delivery-said": "少线", "photos": photo("capture")},
    )
    key = re.search(r'name="key" value="([^"]+)"', customer.get("/p/").content.decode())
    assert key is not None
    said = {"text": "黑屏", "name": "李示例", "phone": "13800005678", "key": key[1]}
    customer.post("/p/", {**said, "photos": photo("report")})
    Case.objects.filter(pk=case.pk).update(code_digest=token_digest(CODE))
    customer.post("/p/track/", {"number": case.number, "code": CODE})
    customer.post("/p/case/add/", {"text": "补充", "key": "a" * 20, "photos": photo("add")})
    customer.post("/p/chat/", {"text": "在吗", "key": "c" * 20, "photos": photo("chat")})
    tells({"user": "u-1", "text": "在吗", "files": [{"name": "app.png", "data": "iVBORw0KGgppbnZlbnRlZA=="}]})
    scopes = frozenset({"attachments.add", "cases.see"})
    token = create_token(cast.intake.account, name="x", scopes=scopes, by=SYSTEM, at=clock.now())
    customer.post(
        f"/api/v1/cases/{case.number}/attachments",
        {"file": photo("api")},
        headers={"Authorization": f"Bearer {token.clear}"},
    )


@pytest.mark.django_db(transaction=True)
def test_while_the_bytes_of_a_form_are_written_others_write_too(disk: list[str]) -> None:
    opened()
    cast = make_cast(clock.now() - timedelta(hours=1))
    case = a_case(cast)
    send_everywhere(cast, case)
    rows = list(Attachment.objects.filter(state="ok"))
    names = {"intake", "case", "reply", "capture", "report", "add", "chat", "app", "api"}
    assert {row.name.removesuffix(".png") for row in rows} == names
    assert {row.storage_name for row in rows} == set(disk)
    for row in rows:
        with open_for_download(row).content as content:
            assert content.read().startswith(PNG)


@pytest.mark.either
@pytest.mark.django_db(transaction=True)
def test_what_a_refused_form_laid_down_is_gone(disk: list[str]) -> None:
    cast = make_cast(clock.now() - timedelta(hours=1))
    case = a_case(cast)
    answer = at_work(cast.intake.account).post(
        f"/cases/{case.number}/replies/", {"text": "", "purpose": "progress", "attached": photo("reply")}
    )
    assert (answer.status_code, len(disk), Attachment.objects.count()) == (422, 1, 0)
    with suppress(FileNotFoundError):
        folders = default_storage.listdir("")[0]
        assert [name for folder in folders for name in default_storage.listdir(folder)[1]] == []
