"""Search across everything: found by what people say, only what one may see, masked, in a fixed number of queries."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import PHONE, Cast, a_case

from goodword.base.people.actors import SYSTEM
from goodword.company.customers.actions.registering import register
from goodword.company.customers.checking import ContactFacts
from goodword.company.rentals.actions.devices import record_device
from goodword.company.rentals.actions.orders import Line, record_order
from goodword.doors.web.asked import cleaned
from goodword.doors.web.searching.finding import clauses_about, everything
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries.listing import numbers_ending

NONSENSE = (
    "\x00", "9" * 19, "9" * 40, "#" + "1" * 25, "%_\\", "'\"; --", "🎥🔥", "\u200f\u202e", "退" * 10_000, "a b " * 3_000,
    "-1", "٣٤٥", "１２３４", "*", "((", "&|!:*", "<script>", "FB-", "½", "1e9", "0", "00",
)  # fmt: skip


def found(cast: Cast, text: str, member=None, limit: int = 5) -> dict[str, list[str]]:
    groups = everything(cleaned(text), (member or cast.lead).by, limit=limit)
    return {group.name: [hit.title for hit in group.hits] for group in groups}


@pytest.fixture
def company(cast: Cast):
    contact = ContactFacts(name="王试用", phone="13900005678", email="shiyong@example.com")
    customer = register(kind="company", name="示例云播有限公司", contact=contact, by=SYSTEM, at=cast.at)
    record_device("ENC-TEST-0042", device_type="encoder", model="E1", name="编码器", by=SYSTEM, at=cast.at)
    lines = [Line("encoder", serial="ENC-TEST-0042")]
    record_order("ZL20260102-07", customer=customer, by=SYSTEM, at=cast.at, signed_at=cast.at, lines=lines)
    return customer


def test_a_case_is_found_by_its_number_and_by_the_end_of_it(cast: Cast):
    cases = [a_case(cast, at=cast.at + timedelta(minutes=n)) for n in range(3)]
    number = cases[0].number
    assert found(cast, str(number))["cases"][0].startswith(f"#{number} ")
    assert found(cast, f"#{number}")["cases"][0].startswith(f"#{number} ")
    assert any(title.startswith(f"#{number} ") for title in found(cast, str(number)[-2:])["cases"])


def test_the_number_itself_comes_before_newer_ones_that_end_in_it(cast: Cast):
    first = a_case(cast)
    later = a_case(cast)
    Case.objects.filter(pk=later.pk).update(number=int(f"7{first.number}"))
    titles = found(cast, str(first.number))["cases"]
    assert [title.split()[0] for title in titles[:2]] == [f"#{first.number}", f"#7{first.number}"]


def test_endings_are_counted_up_and_bounded(cast: Cast):
    last = a_case(cast)
    Case.objects.filter(pk=last.pk).update(number=1_000_345)
    assert numbers_ending("45", most=3) == [1_000_345, 1_000_245, 1_000_145]
    assert numbers_ending("999345", most=3) == [999_345]
    assert numbers_ending("0346", most=2) == [990_346, 980_346]
    assert [numbers_ending(text) for text in ("5", "", "x1", "1234567890")] == [[], [], [], []]


def test_words_customers_said_find_their_case(cast: Cast):
    case = a_case(cast, text="租的提词器屏幕闪烁,没法用")
    assert [title.split()[0] for title in found(cast, "提词器 闪烁")["cases"]] == [f"#{case.number}"]
    assert "cases" not in found(cast, "提词器 正常")


def test_a_customer_is_found_by_last_digits_name_and_company_and_brings_the_cases(cast: Cast, company):
    case = a_case(cast)
    by_phone = found(cast, PHONE[-4:])
    assert (by_phone["customers"][0], by_phone["cases"][0].split()[0]) == (
        f"{cast.customer.shown_name} · {cast.customer.number}",
        f"#{case.number}",
    )
    assert found(cast, "张测试")["customers"] == by_phone["customers"]
    assert found(cast, "云播")["customers"] == [f"示例云播有限公司 · {company.number}"]


@pytest.mark.parametrize("typed", ["ZL20260102-07", "zl20260102-07", "ZL202601", "zl2026"])
def test_an_order_is_found_by_number_or_its_beginning(cast: Cast, company, typed: str):
    assert "ZL20260102-07" in found(cast, typed)["orders"]


@pytest.mark.parametrize("typed", ["ENC-TEST-0042", "enc-test-0042", "ENC-T"])
def test_a_device_is_found_by_its_serial_number_with_its_latest_order(cast: Cast, company, typed: str):
    groups = {group.name: group for group in everything(typed, cast.lead.by, limit=5)}
    (hit,) = groups["devices"].hits
    assert (hit.title, hit.note) == ("编码器 ENC-TEST-0042", "ZL20260102-07")
    assert hit.url == "/devices/ENC-TEST-0042/"


@pytest.mark.parametrize("typed", ["FB-4.3b", "fb-4.3b", "fb43b", "ＦＢ-4.3b"])
def test_a_clause_is_found_by_its_id_however_it_is_typed(typed: str):
    assert clauses_about(cleaned(typed))[0].id == "FB-4.3b"


def test_clauses_are_found_by_their_words_titles_first():
    for words in ("自动派单", "自動派單", "unattended"):
        assert "FB-3.2c" in [clause.id for clause in clauses_about(words)], words
    assert clauses_about("自动派单")[0].id == "FB-3.2c"
    assert clauses_about("没有这样的条款") == []


def test_one_finds_only_what_one_may_see(cast: Cast, company):
    case = a_case(cast)
    text = str(case.number)
    assert "cases" in found(cast, text)
    assert "cases" not in found(cast, text, cast.engineer)
    assert "cases" not in found(cast, "黑屏", cast.engineer)
    assert "cases" in found(cast, "黑屏")
    for asked in (text, "黑屏", PHONE[-4:], "云播", "ZL2026", "ENC-T", "FB-4.3b"):
        assert found(cast, asked, cast.administrator).keys() <= {"clauses", "help"}, asked


def test_nothing_that_is_masked_is_shown_or_found_by_words(cast: Cast, company, browse):
    a_case(cast, text=f"请打 {PHONE} 找我,邮箱 secret@example.com")
    lead = browse(cast.lead)
    for asked in (PHONE, PHONE[-4:], "张测试", "请打", "secret@example.com", "王试用", "5678"):
        for headers in ({}, {"HX-Request": "true"}):
            page = lead.get(f"/search/?q={quote(asked)}", headers=headers).content.decode()
            body = page.replace(f'value="{asked}"', "").replace(f"{asked} · ", "").replace(f"：{asked}", "")
            body = body.replace(f"?q={quote(asked)}", "")
            for secret in (PHONE, "secret@example.com", "张测试", "王试用", "13900005678"):
                assert secret not in body, (asked, secret)


@pytest.mark.parametrize("text", NONSENSE, ids=range(len(NONSENSE)))
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "typed"])
def test_nonsense_finds_nothing_and_breaks_nothing(cast: Cast, browse, text: str, headers: dict[str, str]):
    asked = quote(text.encode("utf-8", "surrogatepass"))
    assert browse(cast.lead).get(f"/search/?q={asked}", headers=headers).status_code == 200


def test_the_number_of_queries_does_not_grow_with_what_is_found(cast: Cast, company, browse):
    lead = browse(cast.lead)

    def cost(asked: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert lead.get(f"/search/?q={quote(asked)}", headers={"HX-Request": "true"}).status_code == 200
        return len(queries)

    a_case(cast, text="画面闪烁")
    cost("闪烁")  # what is kept from one page to the next is read once
    few = cost("闪烁")
    for n in range(8):
        a_case(cast, text="画面又闪烁了", at=cast.at + timedelta(minutes=n))
    assert cost("闪烁") == few <= 15
    assert cost(PHONE[-4:]) <= 15


def test_as_one_types_a_list_comes_without_the_frame_and_without_script_a_page(cast: Cast, browse):
    case = a_case(cast)
    lead = browse(cast.lead)
    typed = lead.get("/search/?q=黑屏", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in typed
    assert f'href="/cases/{case.number}/"' in typed
    assert 'role="option"' in typed
    page = lead.get("/search/?q=黑屏").content.decode()
    assert f'href="/cases/{case.number}/"' in page
    assert "<h1>" in page
    assert lead.get("/search/?q=", headers={"HX-Request": "true"}).content.strip() == b""


def test_all_of_many_are_behind_a_link(cast: Cast, browse):
    for n in range(7):
        a_case(cast, text="画面闪烁", at=cast.at + timedelta(minutes=n))
    groups = {group.name: group for group in everything("闪烁", cast.lead.by, limit=5)}
    assert (len(groups["cases"].hits), groups["cases"].more) == (5, f"/cases/?q={quote('闪烁')}")
