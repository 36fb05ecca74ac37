"""The public pages: a customer tells the company something, follows it, answers, adds, withdraws."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import Cast, a_case, communicated, make_cast

from goodword.base.core import clock
from goodword.base.core.ids import token_digest
from goodword.company.customers.models import Customer
from goodword.engine.attachments.actions.storing import store
from goodword.engine.attachments.models import Attachment
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.actions import replying
from goodword.voice.cases.models import Case

pytestmark = pytest.mark.django_db

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200)
CODE = "K7M2P9QX4T"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(hours=3))


def filled(client: Client, **more: object) -> dict[str, object]:
    """A form as a browser would send it, with the hidden key of a fresh page."""
    page = client.get("/p/").content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    words = {
        "text": "摄像机开机后黑屏，今晚要直播。",
        "name": "李示例",
        "phone": "13800005678",
        "key": key.group(1),
    }
    return {**words, **more}


def code_on(page: str) -> str:
    found = re.search(r"[2-9A-HJ-NP-Z]{10}(?=</span>)", page)
    assert found
    return found.group()


def tracked(client: Client, case: Case) -> None:
    """Open the case as its customer does, with a code of our choosing."""
    Case.objects.filter(pk=case.pk).update(code_digest=token_digest(CODE))
    assert client.post("/p/track/", {"number": case.number, "code": CODE}).status_code == 302


def test_a_form_becomes_a_case_with_its_customer_and_a_receipt(client: Client) -> None:
    answer = client.post("/p/", filled(client, asks="请换一台", asked_by_at="2026-12-24T18:00"))
    case = Case.objects.get()
    assert answer.status_code == 200
    assert f"#{case.number}" in answer.content.decode()
    assert token_digest(code_on(answer.content.decode())) == case.code_digest
    assert (case.channel, case.asks) == ("portal", "请换一台")
    assert case.customer is not None
    assert case.customer.contacts.get().phone.clear() == "13800005678"
    promise = Obligation.objects.get(subject_id=str(case.pk), clause_id="FB-2.2d")
    assert abs(promise.due_at - promise.started_at - timedelta(hours=24)) < timedelta(seconds=1)


def test_the_same_form_sent_twice_is_one_case_and_the_same_answer(client: Client) -> None:
    form = filled(client)
    first, second = client.post("/p/", form), client.post("/p/", form)
    assert Case.objects.count() == 1
    assert code_on(first.content.decode()) == code_on(second.content.decode())


def test_a_form_sent_changed_under_the_same_key_asks_before_it_makes_a_second_case(client: Client) -> None:
    form = filled(client)
    client.post("/p/", form)
    answer = client.post("/p/", {**form, "text": "另外一件事"})
    assert answer.status_code == 422
    assert "已经提交过一次" in answer.content.decode()
    assert "另外一件事" in answer.content.decode()
    assert Case.objects.count() == 1
    assert f'value="{form["key"]}"' not in answer.content.decode()


def test_a_known_telephone_number_finds_its_customer(client: Client, cast: Cast) -> None:
    client.post("/p/", filled(client, phone="+86 138-0000-1234"))
    assert Case.objects.get().customer == cast.customer
    assert Customer.objects.count() == 1


def test_order_and_device_come_from_the_address_and_an_unknown_order_is_kept_in_words(
    client: Client, cast: Cast
) -> None:
    page = client.get("/p/", {"order": cast.order.number, "device": "SN-无此机"}).content.decode()
    assert f'value="{cast.order.number}"' in page
    client.post("/p/", filled(client, order=cast.order.number.lower()))
    assert Case.objects.get().order == cast.order
    client.post("/p/", filled(client, order="ZL-999"))
    assert "租赁单号：ZL-999" in Case.objects.latest("number").text


def test_photos_are_kept_and_one_that_cannot_be_taken_holds_nothing_up(client: Client) -> None:
    files = [SimpleUploadedFile("黑屏.jpg", JPEG), SimpleUploadedFile("x.html", b"<html><script>1</script>")]
    answer = client.post("/p/", filled(client, photos=files))
    assert "x.html" in answer.content.decode()
    kept = Attachment.objects.get()
    assert (kept.subject_id, kept.origin, kept.content_type) == (
        str(Case.objects.get().pk),
        "customer",
        "image/jpeg",
    )


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("text", "", "请写下您遇到的情况"),
        ("name", "", "怎么称呼您"),
        ("phone", "123", "7 至 15 位"),
        ("website", "http://spam.example", "请把这一栏留空"),
        ("asked_by_at", "明天", "请选择日期和时间"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    client: Client, field: str, value: str, said: str
) -> None:
    answer = client.post("/p/", filled(client, asks="请换一台", **{field: value}))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "请换一台" in answer.content.decode()
    assert not Case.objects.exists()


def test_one_address_cannot_flood(client: Client) -> None:
    for _ in range(20):
        client.post("/p/", filled(client))
    assert client.post("/p/", filled(client)).status_code == 429
    assert client.post("/p/", filled(client), REMOTE_ADDR="192.0.2.7").status_code == 200
    assert Case.objects.count() == 21


def test_number_and_code_open_the_case_and_neither_stands_in_an_address(client: Client, cast: Cast) -> None:
    case = communicated(cast)
    tracked(client, case)
    page = client.get("/p/case/")
    assert page.status_code == 200
    assert f"#{case.number}" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert "code" not in page.request["QUERY_STRING"]


def test_a_wrong_code_and_a_missing_case_answer_alike(client: Client, cast: Cast) -> None:
    case = communicated(cast)

    def said(number: object) -> str:
        page = client.post("/p/track/", {"number": number, "code": "AAAAAAAAAA"})
        assert page.status_code == 404
        return re.sub(
            r'value="\d+"|name="csrfmiddlewaretoken" value="\w+"|data-now="[^"]*"', "", page.content.decode()
        )

    assert said(case.number) == said(999999)


def test_eight_wrong_codes_and_even_the_right_one_waits(client: Client, cast: Cast) -> None:
    case = communicated(cast)
    Case.objects.filter(pk=case.pk).update(code_digest=token_digest(CODE))
    for _ in range(8):
        client.post("/p/track/", {"number": case.number, "code": "AAAAAAAAAA"})
    assert client.post("/p/track/", {"number": case.number, "code": CODE}).status_code == 429
    elsewhere = client.post("/p/track/", {"number": case.number, "code": CODE}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302


def test_a_number_written_in_other_ways_gives_no_further_tries(client: Client, cast: Cast) -> None:
    case = communicated(cast)
    written = [f"{'#' * (n % 2)}{'0' * n}{case.number}" for n in range(8)]
    for number in written:
        assert client.post("/p/track/", {"number": number, "code": "WRONGWRONG"}).status_code == 404
    assert client.post("/p/track/", {"number": f"# 0{case.number}", "code": "WRONGWRONG"}).status_code == 429


def test_without_code_or_after_half_an_hour_nothing_is_shown(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = communicated(cast)
    assert client.get("/p/case/")["Location"] == "/p/track/"
    tracked(client, case)
    later = clock.now().timestamp() + 31 * 60
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert client.get("/p/case/")["Location"] == "/p/track/"


def test_the_page_tells_what_happened_without_names_notes_or_clauses(client: Client, cast: Cast) -> None:
    from goodword.voice.cases.actions import notes

    case = communicated(cast)
    notes.note(case, by=cast.engineer.by, at=clock.now(), text="内部：疑似人为")
    tracked(client, case)
    page = client.get("/p/case/").content.decode()
    for told in (
        "我们收到了您的反馈",
        "已交由技术部处理",
        "原因已查明",
        "我们向您提出了解决方案",
        "更换同型号",
    ):
        assert told in page
    for kept in ("陈工程", "林受理", "疑似人为", "主板接触不良", "FB-", "核对记录后认定"):
        assert kept not in page


def test_the_page_in_english_is_english(client: Client, cast: Cast) -> None:
    case = communicated(cast)
    tracked(client, case)
    assert client.post("/p/language/", {"language": "en", "next": "/p/case/"})["Location"] == "/p/case/"
    page = client.get("/p/case/").content.decode()
    assert "We received your feedback" in page
    own_words = page.replace(case.text, "").replace("更换同型号", "").replace("客户确认可正常使用", "")
    names_of_languages = re.compile("简体中文|繁體中文")
    assert not re.findall(r"[一-鿿]+", names_of_languages.sub("", own_words))


def test_accepting_a_solution_moves_the_case_on(client: Client, cast: Cast) -> None:
    case = communicated(cast)
    tracked(client, case)
    solution = case.solutions.get()
    client.post("/p/case/answer/", {"solution": solution.pk, "answer": "accept"})
    case.refresh_from_db()
    assert case.state == "agreed"
    assert "完成您认可的方案" in client.get("/p/case/").content.decode()
    assert client.post("/p/case/answer/", {"solution": solution.pk, "answer": "accept"}).status_code == 409


def test_declining_needs_a_reason_and_calls_the_supervisor(client: Client, cast: Cast) -> None:
    case = communicated(cast)
    tracked(client, case)
    solution = case.solutions.get()
    assert client.post("/p/case/answer/", {"solution": solution.pk, "answer": "decline"}).status_code == 422
    client.post("/p/case/answer/", {"solution": solution.pk, "answer": "decline", "why": "要的是新机"})
    case.refresh_from_db()
    solution.refresh_from_db()
    assert (case.state, case.supervisor_needed, solution.answer_note) == ("investigating", True, "要的是新机")


def test_what_the_customer_adds_is_kept_once_with_its_photo(client: Client, cast: Cast) -> None:
    case = communicated(cast)
    tracked(client, case)
    form = {"text": "补充：换了线也不行", "key": "a-key-of-sixteen-letters"}
    for _ in range(2):
        client.post("/p/case/add/", {**form, "photos": SimpleUploadedFile("线.jpg", JPEG)})
    assert case.messages.filter(text__startswith="补充").count() == 1
    assert Attachment.objects.filter(subject_id=str(case.pk)).count() == 1


def test_withdrawing_needs_a_tick(client: Client, cast: Cast) -> None:
    case = communicated(cast)
    tracked(client, case)
    assert client.post("/p/case/withdraw/", {"why": "好了"}).status_code == 422
    client.post("/p/case/withdraw/", {"why": "好了", "sure": "on"})
    case.refresh_from_db()
    assert case.state == "withdrawn"
    assert client.get("/p/case/").status_code == 200


def test_get_changes_nothing(client: Client, cast: Cast) -> None:
    case = communicated(cast)
    tracked(client, case)
    for address in (
        "/p/case/add/",
        "/p/case/answer/",
        "/p/case/withdraw/",
        "/p/track/leave/",
        "/p/language/",
    ):
        assert client.get(address).status_code == 405
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/p/case/")
        client.get("/p/")
    assert not [q for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_leaving_forgets_the_case(client: Client, cast: Cast) -> None:
    tracked(client, communicated(cast))
    client.post("/p/track/leave/")
    assert client.get("/p/case/")["Location"] == "/p/track/"


def test_the_number_of_queries_does_not_grow_with_the_talk(client: Client, cast: Cast) -> None:
    case = communicated(cast)
    tracked(client, case)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/p/case/")
        return len(queries)

    asked()
    few = asked()
    for number in range(3):
        client.post("/p/case/add/", {"text": f"补充 {number}", "key": f"a-key-of-sixteen-{number}"})
    client.get("/p/case/")  # shows the notes that it was received, once
    assert asked() == few


def test_pages_are_light(client: Client, cast: Cast) -> None:
    tracked(client, communicated(cast))
    for address in ("/p/", "/p/track/", "/p/case/"):
        assert len(gzip.compress(client.get(address).content)) < 12_000


def test_after_a_merge_each_code_opens_its_own_words_only(client: Client, cast: Cast) -> None:
    from tests.cast import a_case

    from goodword.voice.cases.actions import merging
    from goodword.voice.cases.actions.replying import reply

    theirs = a_case(cast, text="原来的反馈里有只该本人看的话。")
    mine = a_case(cast, text="同一件事又说了一遍。")
    merging.merge(mine, into=theirs, by=cast.intake.by, at=clock.now())
    reply(theirs, by=cast.intake.by, at=clock.now(), text="给原反馈人的答复。", purpose="answer")
    tracked(client, mine)
    client.post("/p/case/add/", {"text": "再补充一句。", "key": "0123456789abcdef0123456789abcdef"})
    page = client.get("/p/case/").content.decode()
    assert f"#{theirs.number}" in page
    assert "同一件事又说了一遍" in page
    assert "再补充一句" in page
    assert "只该本人看" not in page
    assert "给原反馈人的答复" not in page
    assert theirs.messages.filter(text="再补充一句。").exists()


def test_files_beside_an_answer_lie_on_the_page_of_its_case_and_no_other_file_does(
    client: Client, cast: Cast
) -> None:
    case, by, at = a_case(cast), cast.intake.by, clock.now()
    message = replying.reply(case, by=by, at=at, text="请看步骤。", purpose="progress")
    shown, inner = (
        store(JPEG + name.encode(), name=name, subject=("case", case.pk), by=by, at=at)
        for name in ("步骤.jpg", "内部.jpg")
    )
    message.files.add(shown)
    address = reverse("portal:case-file", args=[shown.pk])
    assert client.get(address)["Location"] == "/p/track/"
    tracked(client, case)
    page = client.get("/p/case/").content.decode()
    assert address in page
    assert "内部.jpg" not in page
    assert b"".join(client.get(address).streaming_content) == JPEG + "步骤.jpg".encode()
    assert client.get(reverse("portal:case-file", args=[inner.pk])).status_code == 404
