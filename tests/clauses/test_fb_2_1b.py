"""FB-2.1b: every channel is published on contract, website and delivery list: a notice with codes, kept current."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.test import Client
from tests.cast import Cast
from tests.clauses.telling import when

from goodword.base.core.errors import Forbidden, Invalid
from goodword.company.channels.actions.publishing import publish, set_channel
from goodword.company.channels.models import Publication
from goodword.company.channels.notice import Line, Notice, channels, notice_of, places
from goodword.engine.journal.models import Entry
from goodword.engine.policy.queries import all_clauses

ID = "FB-2.1b"
DAY = date(2026, 1, 5)
PLACES = ["contract", "website", "delivery_list"]


def opened(cast: Cast, code: str, shown: str, *, link: str = "", is_open: bool = True) -> bool:
    known = next(line for line in channels(on=DAY) if line.code == code)
    line = Line(code, known.zh, known.en, is_open, shown, link=link)
    return set_channel(line, by=cast.administrator.by, at=cast.at, on=DAY)


def now() -> Notice:
    return notice_of(channels(on=DAY))


def put(cast: Cast, place: str, version: str | None = None) -> Publication:
    chosen = now().version if version is None else version
    return publish(place, reference="第 3 版", version=chosen, by=cast.administrator.by, at=cast.at, on=DAY)


def outdated() -> list[str]:
    return [place.code for place in places(now(), on=DAY) if not place.is_current]


def test_the_notice_lists_the_channels_of_the_regulation_that_are_open_in_its_order(cast: Cast) -> None:
    named = [channel["code"] for channel in all_clauses()["FB-2.1a"].values["channels"]]
    assert [line.code for line in channels(on=DAY)] == named
    assert now() == Notice([], "")
    opened(cast, "mail", "service@example.test", link="mailto:service@example.test")
    opened(cast, "hotline", "400-000-0000", link="tel:4000000000")
    opened(cast, "store_box", "前台", is_open=False)
    assert [line.code for line in now().lines] == ["hotline", "mail"]


def test_it_has_to_stand_in_three_places_and_anew_after_every_change(cast: Cast) -> None:
    assert [place["code"] for place in all_clauses()[ID].values["places"]] == PLACES
    opened(cast, "hotline", "400-000-0000")
    assert outdated() == PLACES
    for place in PLACES:
        put(cast, place)
    assert outdated() == []
    assert opened(cast, "hotline", "400-000-0000") is False
    assert outdated() == []
    opened(cast, "hotline", "400-111-1111")
    assert outdated() == PLACES
    put(cast, "website")
    assert outdated() == ["contract", "delivery_list"]
    facts = Entry.objects.filter(kind="channel.published").latest("pk").facts
    assert facts == {"place": "website", "version": now().version, "channels": ["hotline"]}
    assert Entry.objects.filter(kind="channel.set").count() == 2


def test_what_cannot_be_reached_or_was_not_looked_at_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid):
        opened(cast, "hotline", "")
    with pytest.raises(Invalid):
        opened(cast, "app", "官网", link="javascript:alert(1)")
    with pytest.raises(Invalid):
        put(cast, "contract")  # nothing is open
    opened(cast, "hotline", "400-000-0000")
    seen = now().version
    opened(cast, "mail", "service@example.test")
    with pytest.raises(Invalid):
        put(cast, "contract", seen)
    with pytest.raises(Invalid):
        put(cast, "billboard")
    with pytest.raises(Forbidden):
        publish("contract", reference="", version=now().version, by=cast.engineer.by, at=cast.at, on=DAY)
    assert not Publication.objects.exists()


def test_customers_read_it_and_the_company_takes_it_along(
    cast: Cast, client: Client, time_machine: object
) -> None:
    time_machine.move_to(when("2026-01-05 10:00"))  # type: ignore[attr-defined]
    empty = client.get("/p/channels/").content.decode()
    assert "现在就填写" in empty
    opened(cast, "hotline", "400-<b>000", link="tel:4000000000")
    page = client.get("/p/channels/").content.decode()
    assert "400-&lt;b&gt;000" in page
    assert page.count("data:image/svg+xml") == 1
    assert now().version in page
    client.force_login(cast.administrator.account)
    settings = client.get("/settings/channels/").content.decode()
    assert "&lt;table data-channels=" in settings
    assert "<script" not in settings.partition("data-channels")[2].partition("</textarea>")[0]
    answer = client.get("/settings/channels/notice.docx")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        assert "400-&lt;b&gt;000" in file.read("word/document.xml").decode()
        assert any(name.startswith("word/media/") for name in file.namelist())
    sent = client.post(
        "/settings/channels/places/contract/", {"version": now().version, "reference": "合同 3"}
    )
    assert sent.status_code == 302
    assert outdated() == ["website", "delivery_list"]
    nonsense = client.post("/settings/channels/mail/", {"is_open": "on", "shown": "", "form": "mail"})
    assert nonsense.status_code == 422
    assert client.post("/settings/channels/fax/", {"shown": "1"}).status_code == 404
