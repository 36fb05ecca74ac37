"""What a colleague takes down where a customer speaks: at a shop's chat, on delivery, at return, from a store's box."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from goodword.base.core.clock import local_day
from goodword.base.core.errors import DomainError, Invalid
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.company.channels.actions.receiving import keep, mark_parsed
from goodword.company.channels.correspondence.actions.arriving import arrive
from goodword.company.channels.correspondence.arriving import Arrived, ArrivedFile, Taken, files_laid_down
from goodword.company.rentals.codes import Place, place_of
from goodword.company.rentals.queries import device_by_serial, order_by_number
from goodword.engine.journal.recording import record
from goodword.engine.policy.queries import values_of
from goodword.voice.cases.kinds import CAPTURED

CLAUSE = "FB-2.1a"
SHOP = "shop"
OF_A_CODE = "/p/q/"


@dataclass(frozen=True, slots=True)
class OnSite:
    """What was taken down on site. what: a scanned code's address, an order's or serial number, or a place in words.

    answers: {question's code: its answer}. said_at: when it was taken down, by the device's clock.
    """

    key: str
    channel: str
    what: str
    answers: Mapping[str, str]
    said_at: datetime
    files: tuple[ArrivedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """A shop's chat as it was pasted. buyer: their alias there."""

    key: str
    shop: str
    buyer: str
    order: str
    text: str


def questions(*, at: datetime) -> dict[str, list[dict[str, Any]]]:
    """{channel: its questions}, figures of FB-2.1a on that day: {code, zh, en} and maybe choices of {code, zh, en}."""
    return dict(values_of(CLAUSE, on=local_day(at))["questions"])


def take_on_site(seen: OnSite, *, by: Actor, at: datetime) -> Taken:
    """Take in what any colleague took down on site, once by its key.

    Effects: the raw words, sealed; a case with its photos, of the order or device it is about; `case.captured` with who
    took it down. Its clocks start now: nobody could act on it before. Raises Invalid.
    """
    asked = questions(at=at).get(seen.channel)
    if asked is None:
        raise Invalid("没有这个渠道。", "There is no such channel.", fields={"channel": "必选 / required"})
    first = asked[0]["code"]
    if not seen.answers.get(first, "").strip():
        raise Invalid("请写下客户说了什么。", "Write down what they said.", fields={first: "必填 / required"})
    place, known = _place(seen.what)
    said = [_answer(one, seen.answers.get(one["code"], "")) for one in asked]
    words = [one for one in said if one]
    if seen.what.strip() and not known:
        words.append(f"地点或编号：{seen.what.strip()[:200]}")
    if place.store:
        words.append(f"门店：{place.store}")
    words.append(f"现场记录于 {timezone.localtime(seen.said_at):%Y-%m-%d %H:%M}")
    arrived = Arrived(
        seen.channel,
        seen.key,
        f"entry:{seen.key}",
        "\n".join(words),
        at,
        subject=f"{place.store}"[:200],
        files=seen.files,
        is_talk=False,
        order=place.order.number if place.order else "",
        device=place.device.serial if place.device else "",
    )
    given = {"what": seen.what, "answers": dict(seen.answers)}
    if seen.said_at != at:  # else it is no more than when it came
        given["said_at"] = seen.said_at.isoformat()
    return _take(arrived, given, by=by)


def take_transcript(pasted: Transcript, *, by: Actor, at: datetime) -> Taken:
    """Take in a shop's chat, once by its key; the same buyer's open case goes on.

    Effects: as `take_on_site`. Raises Forbidden without cases.receive, Invalid for an empty one.
    """
    by.require("cases.receive")
    if not pasted.text.strip():
        raise Invalid("请粘贴聊天记录。", "Paste what was said.", fields={"text": "必填 / required"})
    about = [("店铺", pasted.shop), ("买家", pasted.buyer), ("平台订单号", pasted.order)]
    head = "\n".join(f"{name}：{value}" for name, value in about if value)
    buyer = pasted.buyer or f"entry:{pasted.key}"
    arrived = Arrived(
        SHOP,
        pasted.key,
        f"{pasted.shop}\x1f{buyer}".casefold(),
        f"{head}\n\n{pasted.text.strip()}".strip(),
        at,
        name=pasted.buyer,
        order=pasted.order,
        is_talk=bool(pasted.buyer),
    )
    given = {"shop": pasted.shop, "buyer": pasted.buyer, "order": pasted.order, "text": pasted.text}
    return _take(arrived, given, by=by)


def _take(arrived: Arrived, given: Mapping[str, object], *, by: Actor) -> Taken:
    """given: what was sent, as it was sent. The same key with other words is another entry: none is lost."""
    digests = [hashlib.sha256(file.data).hexdigest() for file in arrived.files]
    raw = json.dumps({**given, "files": digests}, ensure_ascii=False)
    message, _ = keep(arrived.channel, arrived.outside_id, raw.encode(), received_at=arrived.at, sealed=True)
    with files_laid_down(arrived.files) as files, one_fact():
        taken = arrive(replace(arrived, outside_id=message.outside_id, inbound=message, files=files))
        mark_parsed(message, at=arrived.at)
        if taken.is_new:
            facts = {"channel": arrived.channel}
            record(CAPTURED, taken.case_id, by=by, at=arrived.at, facts=facts)
    return taken


def _place(what: str) -> tuple[Place, bool]:
    """(what it is about, whether it was known): a code of ours, an order's number, a serial number."""
    text = what.replace("\x00", "").strip()
    if OF_A_CODE in text:
        try:
            return place_of(text.partition(OF_A_CODE)[2].strip("/ "), on=None), True
        except DomainError:
            return Place(), False
    if not text:
        return Place(), False
    order = order_by_number(text)
    device = None if order else device_by_serial(text)
    return Place(order=order, device=device), bool(order or device)


def _answer(question: Mapping[str, Any], given: str) -> str:
    choices = {one["code"]: one["zh"] for one in question.get("choices", ())}
    text = choices.get(given, "") if choices else given.replace("\x00", "").strip()[:4000]
    return f"{question['zh']}：{text}" if text else ""
