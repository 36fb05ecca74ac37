"""Customers: recognised by number, found by what they say, masked until opened with a reason."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.voice.cases.test_leafing import plan_of

from goodword.base.core.errors import Forbidden, Invalid, Refused
from goodword.base.people.actors import CUSTOMER, SYSTEM, Actor
from goodword.base.people.models import Account, Person
from goodword.company.customers.actions.amending import amend
from goodword.company.customers.actions.contacts import add_contact, amend_contact
from goodword.company.customers.actions.registering import register
from goodword.company.customers.actions.revealing import reveal
from goodword.company.customers.checking import ContactFacts
from goodword.company.customers.models import Contact, Customer, CustomerWords, Reveal
from goodword.company.customers.queries import by_number, contact_of, find, match, reveals_of
from goodword.engine.journal.models import Entry
from goodword.engine.journal.queries import entries_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ZHANG = ContactFacts(name="张测试", phone="138-0000-1234", email="Zhang@Example.com", wechat="zhang_wx")


def actor(role: str, *, department: str = "service") -> Actor:
    account = Account.objects.create(username=role, person=Person.objects.create(name="李示例"))
    return Actor(account.pk, account.person_id, grants=frozenset({(role, department)}))


def company(name: str = "示例直播有限公司", contact: ContactFacts | None = ZHANG) -> Customer:
    return register(kind="company", name=name, contact=contact, by=SYSTEM, at=AT)


def streamer(phone: str = "13800005678", name: str = "李示例") -> Customer:
    return register(kind="streamer", name=name, contact=ContactFacts(phone=phone), by=SYSTEM, at=AT)


def test_a_companys_name_is_shown_and_a_persons_is_masked():
    assert company().shown_name == "示例直播有限公司"
    person = streamer()
    assert person.shown_name == "李**"
    assert person.public_name == ""


def test_customers_get_short_numbers_in_order():
    assert [company().number, streamer().number] == [1001, 1002]
    assert by_number(1002).shown_name == "李**"


def test_a_known_telephone_number_is_the_same_customer_however_it_is_written():
    first = company()
    again = register(
        kind="streamer", name="别的名字", contact=ContactFacts(phone="+86 13800001234"), by=SYSTEM, at=AT
    )
    assert again == first
    assert Customer.objects.count() == Contact.objects.count() == 1
    assert [e.kind for e in entries_of("customer", first.pk)] == ["customer.registered"]


def test_nothing_personal_stands_in_the_database_or_the_journal():
    company()
    streamer()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM customers_contact")
        kept = str(cursor.fetchall())
        cursor.execute("SELECT name, note, public_name, name_index FROM customers_customer")
        kept += str(cursor.fetchall())
    kept += str(list(Entry.objects.values_list("facts", flat=True)))
    for planted in ("张测试", "李示例", "13800001234", "138-0000-1234", "xample.com", "zhang_wx"):
        assert planted not in kept


def test_values_print_masked():
    contact = company().contacts.get()
    assert str(contact) == "张** 尾号 1234"
    assert str(contact.email) == "Z***@Example.com"
    assert str(contact.wechat) == "z***"


@pytest.mark.parametrize(
    "typed",
    [
        "1234",
        "13800001234",
        "+86 138 0000 1234",
        "１３８００００１２３４",
        "1001",
        "张测试",
        "ZHANG@example.COM",
        "示例直播",
        "示例直播有限公司",
        "LIVE",
        "  live 示例直播",
    ],
)
def test_a_company_is_found_by_what_somebody_says(typed: str):
    company(name="Live 示例直播有限公司")
    streamer()
    assert [c.number for c in find(typed)] == [1001]


@pytest.mark.parametrize(
    "typed", ["", " ", "李", "5679", "示", "%", "__", "李示", "99999999999", "nobody@example.com"]
)
def test_other_words_find_nobody(typed: str):
    company()
    streamer()
    assert find(typed) == []


def test_a_person_is_found_by_the_exact_name_only():
    person = streamer()
    assert find("李示例") == [person]
    assert find("示例") == []


def test_a_list_is_bounded_and_costs_two_queries_whatever_its_length(django_assert_num_queries):
    for number in range(3):
        company(name=f"示例{number}", contact=ContactFacts(phone=f"1380000{number:04}"))
    with django_assert_num_queries(2):
        rows = find("示例")
        assert [str(c.contacts.all()[0].phone) for c in rows] == ["尾号 0002", "尾号 0001", "尾号 0000"]
    assert len(find("示例", limit=2)) == 2


def test_matching_prefers_the_number_and_does_not_guess_between_two():
    first = company()
    second = streamer()
    add_contact(second, ContactFacts(name="王演示", email="zhang@example.com"), by=SYSTEM, at=AT)
    assert match(phone="13800005678", email="zhang@example.com") == second
    assert match(email="zhang@example.com") is None
    assert match(phone="13800009999") is None
    assert match() is None
    assert contact_of(first, phone="13800001234").is_main


def test_a_number_of_another_customer_is_refused_with_that_customers_number():
    company()
    person = streamer()
    with pytest.raises(Refused) as refused:
        add_contact(person, ContactFacts(name="王演示", phone="13800001234"), by=SYSTEM, at=AT)
    assert "1001" in refused.value.zh
    assert "1001" in refused.value.en


def test_the_same_contact_again_changes_nothing():
    customer = company()
    again = add_contact(customer, ZHANG, by=SYSTEM, at=AT)
    assert list(customer.contacts.all()) == [again]
    assert entries_of("customer", customer.pk).count() == 1


def test_a_new_main_contact_takes_the_place_of_the_one_before():
    customer = company()
    added = add_contact(
        customer, ContactFacts(name="王演示", phone="13800004321"), is_main=True, by=SYSTEM, at=AT
    )
    assert list(customer.contacts.filter(is_main=True)) == [added]
    with pytest.raises(IntegrityError), transaction.atomic():
        customer.contacts.update(is_main=True)


def test_a_correction_is_journalled_by_field_and_only_when_something_differs():
    contact = company().contacts.get()
    same = amend_contact(contact, phone="138-0000-1234", by=SYSTEM, at=AT)
    assert same.phone.clear() == "138-0000-1234"
    assert entries_of("customer", contact.customer_id).count() == 1
    amend_contact(contact, phone="13800007777", preferred="wechat", by=SYSTEM, at=AT)
    entry = entries_of("customer", contact.customer_id).last()
    assert (entry.kind, entry.facts) == (
        "customer.amended",
        {"fields": ["phone", "preferred"], "contact": contact.pk},
    )
    assert match(phone="13800007777") == contact.customer
    assert match(phone="13800001234") is None
    assert find("7777") == [contact.customer]


def test_a_number_cannot_be_moved_onto_somebody_else_by_correcting():
    contact = company().contacts.get()
    streamer()
    with pytest.raises(Refused):
        amend_contact(contact, phone="13800005678", by=SYSTEM, at=AT)


def test_a_customer_is_renamed_and_found_by_the_new_name():
    customer = amend(company(), name="改名有限公司", note="偏好下午联系", by=SYSTEM, at=AT)
    assert customer.shown_name == "改名有限公司"
    assert customer.note.clear() == "偏好下午联系"
    assert find("改名") == [customer]
    assert find("示例直播有限公司") == []
    assert entries_of("customer", customer.pk).last().facts == {"fields": ["name", "note"]}
    assert amend(customer, kind="streamer", by=SYSTEM, at=AT).public_name == ""


@pytest.mark.parametrize(
    ("contact", "field"),
    [
        (ContactFacts(), "name"),
        (ContactFacts(phone="12345"), "phone"),
        (ContactFacts(phone="1" * 16), "phone"),
        (ContactFacts(email="nobody"), "email"),
        (ContactFacts(name="张测试", preferred="pigeon"), "preferred"),
        (ContactFacts(name="长" * 121), "name"),
    ],
)
def test_a_contact_that_cannot_be_used_is_named_by_field(contact: ContactFacts, field: str):
    with pytest.raises(Invalid) as wrong:
        company(contact=contact)
    assert field in wrong.value.fields
    assert not Customer.objects.exists()


def test_who_may_register():
    register(kind="streamer", name="张测试", by=CUSTOMER, at=AT)
    register(kind="streamer", name="张测试", by=actor("promoter"), at=AT)
    with pytest.raises(Forbidden):
        register(kind="streamer", name="张测试", by=actor("engineer"), at=AT)


def test_revealing_gives_the_value_and_journals_who_saw_which_field_and_why():
    lead, contact = actor("service_lead"), company().contacts.get()
    assert reveal(contact, "phone", by=lead, at=AT, reason="客户要求回电") == "138-0000-1234"
    kept = Reveal.objects.get()
    assert (kept.by_id, kept.field, kept.reason) == (lead.account_id, "phone", "客户要求回电")
    entry = entries_of("customer", contact.customer_id).last()
    assert (entry.kind, entry.by_id) == ("customer.revealed", lead.account_id)
    assert entry.facts == {"field": "phone", "contact": contact.pk, "reason_id": kept.pk}
    assert reveals_of(contact.customer) == [kept]


def test_a_customers_own_name_is_revealed_too():
    assert reveal(streamer(), "name", by=actor("service_lead"), at=AT, reason="核对合同姓名") == "李示例"


def test_revealing_needs_the_right_a_reason_and_a_field_that_is_sealed():
    contact = company().contacts.get()
    with pytest.raises(Forbidden):
        reveal(contact, "phone", by=actor("engineer"), at=AT, reason="客户要求回电")
    lead = actor("service_lead")
    with pytest.raises(Invalid) as wrong:
        reveal(contact, "phone", by=lead, at=AT, reason=" 看看  ")
    assert wrong.value.clauses == ("FB-1.3a",)
    with pytest.raises(Invalid):
        reveal(contact, "phone_index", by=lead, at=AT, reason="客户要求回电")
    assert not Reveal.objects.exists()
    assert entries_of("customer", contact.customer_id).count() == 1


def test_a_company_is_found_by_parts_of_its_name_as_it_is_now_and_no_person_ever():
    company = register(kind="company", name="示例云播OnAir有限公司", by=SYSTEM, at=AT)
    register(kind="streamer", name="云播示例", contact=ZHANG, by=SYSTEM, at=AT)
    for part in ("云播", "雲播", "示例 有限", "onair", "ＯＮ", "播on"):
        assert find(part) == [company], part
    for other in ("播云", "无此", "air", "!!", "云"):
        assert find(other) == [], other
    company = amend(company, name="示例星播有限公司", by=SYSTEM, at=AT)
    assert (find("云播"), find("星播")) == ([], [company])
    amend(
        company, kind="streamer", by=SYSTEM, at=AT
    )  # it was a person after all: nothing of the name is left in clear
    assert find("星播") == []
    assert not CustomerWords.objects.exists()


def test_no_way_of_finding_a_customer_reads_the_whole_table():
    for number in range(3):
        register(kind="company", name=f"示例云播{number}有限公司", by=SYSTEM, at=AT)
    for asked in ("云播", "云播 有限", "zhang@example.com", "1234", "138-0000-1234", "张测试"):
        with CaptureQueriesContext(connection) as queries:
            find(asked)
        plan = plan_of(queries[0]["sql"])
        assert "Seq Scan on customers_" not in plan, (asked, plan)
        assert not [
            line for line in plan.splitlines() if line.startswith("SCAN customers_") and "INDEX" not in line
        ]
    assert "VIRTUAL TABLE INDEX" in plan_of(words_asked()) or "customers_words_" in plan_of(words_asked())


def words_asked() -> str:
    with CaptureQueriesContext(connection) as queries:
        find("云播")
    return str(queries[0]["sql"])
