"""FB-2.2e: a record holds its elements; what is missing is shown and asked for."""

from __future__ import annotations

import pytest
from tests.cast import Cast, a_case, told
from tests.clauses.telling import new_edition, when

from goodword.base.core.errors import Invalid, Refused
from goodword.base.people.actors import CUSTOMER
from goodword.engine.policy.queries import all_clauses
from goodword.voice.cases.actions import records, withdrawing
from goodword.voice.cases.actions.receiving import Word, receive
from goodword.voice.cases.rules.record_elements import elements, missing

ID = "FB-2.2e"
ELEMENTS = ["customer", "contact", "received_at", "device_type", "order", "scene", "asks", "asked_by_at"]


def test_every_element_of_the_clause_is_looked_for_in_both_languages(cast: Cast) -> None:
    case = a_case(cast)
    assert [element["code"] for element in all_clauses()[ID].values["elements"]] == ELEMENTS
    assert [element.code for element in elements(case)] == ELEMENTS
    assert all(element.zh and element.en for element in elements(case))


def test_a_bare_word_from_a_stranger_lacks_everything_but_its_time(cast: Cast) -> None:
    case = receive(Word(text="机器坏了", channel="portal"), by=CUSTOMER, at=cast.at).case
    assert [element.code for element in missing(case)] == [code for code in ELEMENTS if code != "received_at"]


def test_what_is_asked_and_filled_in_is_missing_no_longer_and_is_journalled(cast: Cast) -> None:
    case = receive(Word(text="机器坏了", channel="portal"), by=CUSTOMER, at=cast.at).case
    records.complete(
        case,
        by=cast.intake.by,
        at=when("2026-01-05 10:03"),
        customer=cast.customer,
        contact=cast.contact,
        order=cast.order,
        scene="直播间开机",
        asks="尽快修好",
    )
    assert [element.zh for element in missing(case)] == ["设备类型", "期望解决时限"]
    assert told(case, "case.record_completed")["elements"] == [
        "asks",
        "contact",
        "customer",
        "order",
        "scene",
    ]
    records.complete(
        case,
        by=cast.intake.by,
        at=when("2026-01-05 10:04"),
        device_type="none",
        asked_by_at=when("2026-01-06 18:00"),
    )
    assert missing(case) == []


def test_what_is_no_element_is_not_taken_and_an_ended_record_stays_as_it_is(cast: Cast) -> None:
    case = a_case(cast)
    with pytest.raises(Invalid):
        records.complete(case, by=cast.intake.by, at=cast.at, state="closed")
    withdrawing.withdraw(case, by=cast.intake.by, at=cast.at, reason="客户说不用了")
    with pytest.raises(Refused):
        records.complete(case, by=cast.intake.by, at=cast.at, scene="直播间")


def test_an_earlier_record_is_judged_by_the_elements_of_its_day(cast: Cast) -> None:
    before = a_case(cast, at=when("2026-01-06 10:00"))
    wanted = [{"code": "scene", "zh": "问题场景", "en": "Scene"}]
    new_edition(cast, ID, holds_from="2026-01-07", elements=wanted)
    assert [element.code for element in missing(before)] == ["device_type"]
    assert missing(a_case(cast, at=when("2026-01-07 10:00"))) == []
