"""The list of cases: filters as chips, columns to choose, saved views with their counts."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import cast as people
from tests.cast import Cast

from goodword.base.core import clock
from goodword.engine.journal.models import Entry
from goodword.voice.cases.lists import counting, shipped
from goodword.voice.cases.models import SavedView
from goodword.voice.cases.queries import listing

SHARED = "company.view_shared"


def numbers(page: str) -> list[int]:
    """The cases of the list, in its order."""
    return [int(found) for found in re.findall(r'<th scope="row" class="fit"><a href="/cases/(\d+)/"', page)]


def count_of(page: str, name: str) -> str | None:
    """The figure beside a view; None where it has none."""
    tab = re.search(rf">{name}(?:<span class=\"count\">([^<]*)</span>)?</a>", page)
    assert tab is not None, name
    return tab[1]


def save(client, query: str = "", **typed: str):
    return client.post(f"/cases/views/new/{query}", {"name": "试验台", "audience": "own", **typed})


def test_every_filter_narrows_and_is_taken_off_as_a_chip(cast: Cast, browse):
    now = clock.now()
    fault = people.triaged(cast, at=now - timedelta(hours=1))
    fresh = people.a_case(cast, at=now, channel="wechat", order=None)
    old = people.triaged(
        cast, at=now - timedelta(days=3), kind="suggestion", content="service", department="service"
    )
    lead = browse(cast.lead)
    expected = {
        "unassigned=1": [fresh.number],
        "mine=1": [old.number],
        "owned=1": [],
        "waiting=1": [],
        "channel=wechat": [fresh.number],
        "device_type=%E6%91%84%E5%83%8F%E6%9C%BA": [fault.number],
        "kind=suggestion&state=undone": [old.number],
        "received=week&state=triaged": [fault.number, old.number],
        f"to={timezone.localdate(now - timedelta(days=2))}": [old.number],
        f"from={timezone.localdate(now - timedelta(days=2))}": [fresh.number, fault.number],
        "sort=oldest": [old.number, fault.number, fresh.number],
        f"order={cast.order.number}&kind=complaint": [fault.number],
    }
    for query, wanted in expected.items():
        page = lead.get(f"/cases/?{query}").content.decode()
        assert numbers(page) == wanted, query
        assert page.count('class="chip"') == len([p for p in query.split("&") if "sort" not in p]), query
    page = lead.get("/cases/?state=undone&kind=suggestion&sort=oldest").content.decode()
    assert 'href="?kind=suggestion&amp;sort=oldest"' in page
    assert 'href="?state=undone&amp;sort=oldest"' in page


@pytest.mark.parametrize("sort", ["", "oldest"])
def test_pages_follow_each_other_in_either_order(cast: Cast, browse, monkeypatch, sort: str):
    from goodword.doors.web.cases.pages import case_list

    monkeypatch.setattr(case_list, "ON_A_PAGE", 2)
    at = clock.now() - timedelta(hours=5)
    made = [people.a_case(cast, at=at + timedelta(minutes=n)).number for n in range(5)]
    lead, seen = browse(cast.lead), []
    page = lead.get(f"/cases/?sort={sort}").content.decode()
    for _ in range(3):
        seen.append(numbers(page))
        onward = re.search(r'href="(\?[^"]*after=[^"]*)"', page)
        page = lead.get("/cases/" + onward[1].replace("&amp;", "&")).content.decode() if onward else page
    wanted = made if sort else made[::-1]
    assert seen == [wanted[:2], wanted[2:4], wanted[4:]]
    back = re.search(r'href="(\?[^"]*before=[^"]*)"', page)
    assert numbers(lead.get("/cases/" + back[1].replace("&amp;", "&")).content.decode()) == wanted[2:4]


def test_columns_are_chosen_in_the_address_and_else_by_role(cast: Cast, browse):
    people.triaged(cast, at=clock.now() - timedelta(hours=1))
    lead = browse(cast.lead)
    page = lead.get("/cases/?columns=channel,order&columns=none_such").content.decode()
    heads = re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)', page)
    assert heads == ["单号", "渠道", "租赁单"]
    assert cast.order.number in page
    assert (
        "设备类型"
        in re.findall(r"<thead>.*?</thead>", browse(cast.engineer).get("/cases/").content.decode())[0]
    )
    assert "最紧的时限" in lead.get("/cases/?columns=none_such").content.decode()


def test_shipped_views_and_columns_are_ones_the_list_knows(db: None):
    from goodword.doors.web.cases.lists import columns, filtering

    described = shipped._described()
    for view in described["views"].values():
        assert set(view["filters"]) <= set(filtering.FILTERS)
        assert view.get("sort", "") in filtering.SORTS
        assert set(view.get("columns", ())) <= set(columns.COLUMNS)
    for codes in [described["columns"]["default"], *described["columns"]["roles"].values()]:
        assert set(codes) <= set(columns.COLUMNS)
    assert set(SavedView.objects.values_list("code", flat=True)) == set(described["views"])
    SavedView.objects.filter(code="today").update(retired_at=clock.now())
    assert shipped.seed_views(at=clock.now()) == 0


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_view_is_kept_opened_changed_and_taken_away(cast: Cast, browse, language: str):
    case = people.triaged(cast, at=clock.now() - timedelta(hours=1))
    lead = browse(cast.lead)
    lead.cookies["django_language"] = language
    assert lead.get("/cases/views/new/?kind=complaint").status_code == 200
    answer = save(lead, "?kind=complaint&columns=channel&sort=oldest&page=7")
    view = SavedView.objects.get(owner=cast.lead.account)
    assert answer["Location"] == f"/cases/?kind=complaint&columns=channel&sort=oldest&view={view.pk}"
    page = lead.get(answer["Location"]).content.decode()
    assert numbers(page) == [case.number]
    assert count_of(page, "试验台") == "1"
    assert f'href="/cases/views/{view.pk}/?' in page
    assert "试验台" not in browse(cast.intake).get("/cases/").content.decode()
    lead.post(f"/cases/views/{view.pk}/", {"name": "改名", "name_en": "Renamed", "audience": "own"})
    view.refresh_from_db()
    assert (view.name, view.filters, view.columns) == ("改名", {"kind": "complaint"}, ["channel"])
    lead.post(f"/cases/views/{view.pk}/?kind=praise&view={view.pk}", {"name": "改名", "audience": "own"})
    view.refresh_from_db()
    assert (view.filters, view.columns, view.sort) == ({"kind": "praise"}, [], "")
    assert not Entry.objects.filter(kind__startswith="company.view").exists()
    assert lead.get("/cases/views/").status_code == 200
    lead.post(f"/cases/views/{view.pk}/retirement/")
    assert lead.get(f"/cases/views/{view.pk}/").status_code == 404
    assert "改名" not in lead.get("/cases/").content.decode()


def test_a_shared_view_shows_each_only_what_he_may_see(cast: Cast, browse):
    theirs = people.triaged(
        cast, at=clock.now() - timedelta(hours=1), department="service", content="service"
    )
    ours = people.triaged(cast, at=clock.now() - timedelta(hours=1))
    save(browse(cast.lead), "?kind=complaint", audience="everybody")
    view = SavedView.objects.get(owner=cast.lead.account)
    entry = Entry.objects.get(kind=SHARED)
    assert entry.facts == {"view": view.pk, "shared": "everybody", "department": None}
    page = browse(cast.engineer).get(f"/cases/?kind=complaint&view={view.pk}").content.decode()
    assert (numbers(page), count_of(page, "试验台")) == ([ours.number], "1")
    page = browse(cast.intake).get(f"/cases/?kind=complaint&view={view.pk}").content.decode()
    assert (set(numbers(page)), count_of(page, "试验台")) == ({theirs.number, ours.number}, "2")


def test_only_whom_it_is_for_may_share_with_all_and_change_what_is_shared(cast: Cast, browse):
    engineer, head, lead = browse(cast.engineer), browse(cast.technology_head), browse(cast.lead)
    assert save(engineer, audience="everybody").status_code == 422
    assert save(head, audience="everybody").status_code == 422
    assert save(head, audience="department:warehouse").status_code == 422
    assert not SavedView.objects.exclude(owner=None).exists()
    save(engineer, audience="department:technology")
    view = SavedView.objects.get(owner=cast.engineer.account)
    assert "试验台" in head.get("/cases/").content.decode()
    assert "试验台" not in lead.get("/cases/").content.decode()
    assert lead.get(f"/cases/views/{view.pk}/").status_code == 404
    answer = head.post(f"/cases/views/{view.pk}/", {"name": "科室", "audience": "department:technology"})
    assert answer.status_code == 302
    shipped_one = SavedView.objects.get(code="open")
    page = engineer.get(f"/cases/views/{shipped_one.pk}/").content.decode()
    assert "这个视图由别人管理" in page
    assert "删除此视图" not in page
    answer = engineer.post(f"/cases/views/{shipped_one.pk}/", {"name": "我的", "audience": "own"})
    assert answer.status_code == 403
    assert engineer.post(f"/cases/views/{shipped_one.pk}/retirement/").status_code == 403
    kinds = list(
        Entry.objects.filter(kind__startswith="company.view").order_by("pk").values_list("kind", "facts")
    )
    assert kinds[0][0] == SHARED
    assert kinds[1] == (
        "company.view_changed",
        {"view": view.pk, "fields": ["name"], "shared": "department", "department": "technology"},
    )
    assert len(kinds) == 2


def test_views_are_put_in_order(cast: Cast, browse):
    lead = browse(cast.lead)
    for name in ("甲", "乙", "丙"):
        save(lead, name=name)
    last = SavedView.objects.get(name="丙")
    lead.post(f"/cases/views/{last.pk}/place/", {"to": "up"})
    lead.post(f"/cases/views/{last.pk}/place/", {"to": "up"})
    lead.post(f"/cases/views/{last.pk}/place/", {"to": "up"})
    lead.post(f"/cases/views/{SavedView.objects.get(name='甲').pk}/place/", {"to": "down"})
    own = SavedView.objects.filter(owner=cast.lead.account).order_by("place")
    assert list(own.values_list("name", flat=True)) == ["丙", "乙", "甲"]
    shared = SavedView.objects.get(code="open")
    lead.post(f"/cases/views/{shared.pk}/place/", {"to": "up"})
    assert Entry.objects.get(kind="company.view_changed").facts["fields"] == ["place"]


def test_counts_say_what_the_list_holds_and_where_they_stop(cast: Cast, browse, monkeypatch):
    now = clock.now()
    for hours in range(4):
        people.triaged(cast, at=now - timedelta(hours=hours))
    people.triaged(cast, at=now, department="service", content="service", kind="suggestion")
    asked = [
        {"state": "open"},
        {"state": "triaged", "kind": "suggestion"},
        {"overdue": True},
        {"department": "technology"},
        {"channel": "none"},
        {"state": "ended"},
        {"assignee": cast.engineer.pk, "state": "open"},
        {},
    ]
    for member in (cast.lead, cast.engineer, cast.warehouse_head, cast.administrator):
        conditions = [listing.conditions(**one) for one in asked]
        there = [len(set(listing.filtered(listing.visible_to(member.by), **one))) for one in asked]
        assert [count.cases for count in counting.counts(member.by, conditions)] == there
    monkeypatch.setattr(counting, "LOOKED", 3)
    found = counting.counts(
        cast.lead.by, [listing.conditions(state="open"), listing.conditions(kind="suggestion")]
    )
    assert [one.is_more for one in found] == [True, True]
    assert found[0].cases <= 3
    assert count_of(browse(cast.lead).get("/cases/").content.decode(), "办理中") == "3+"


def test_more_views_take_no_more_queries(cast: Cast, browse):
    people.triaged(cast, at=clock.now() - timedelta(hours=1))
    for member in (cast.lead, cast.engineer):
        client = browse(member)
        client.get("/cases/")
        with CaptureQueriesContext(connection) as few:
            client.get("/cases/")
        for number in range(6):
            save(
                client,
                "?state=open&q=%E9%BB%91%E5%B1%8F" if number % 2 else "?overdue=1&mine=1",
                name=f"视图{number}",
            )
        with CaptureQueriesContext(connection) as many:
            page = client.get("/cases/").content.decode()
        assert page.count("视图") >= 6
        assert len(many) == len(few)


NONSENSE = (
    "\x00", "a\x00b", "9" * 19, "9" * 40, "-1", "x" * 5_000, "٣", "2026-13-45", "0001-01-01", "9999-12-31", "{{7*7}}", "%s%n",
)  # fmt: skip
NAMES = (
    "q", "state", "department", "kind", "content", "channel", "device_type", "mine", "received", "from", "to", "customer",
    "order", "columns", "sort", "view", "after", "before",
)  # fmt: skip


@pytest.mark.parametrize("path", ["/cases/", "/cases/views/new/"])
def test_nonsense_in_the_address_is_answered(cast: Cast, browse, path: str):
    people.triaged(cast, at=clock.now() - timedelta(hours=1))
    lead = browse(cast.lead)
    for name in NAMES:
        for value in NONSENSE:
            assert lead.get(path, {name: value}).status_code == 200, (name, value)
    page = lead.get("/cases/?from=2026-13-45&received=someday&customer=x").content.decode()
    assert "看不懂这些条件，已忽略：受理时间、受理起、客户编号" in page
    for pk in ("9" * 19, "9" * 30, "0"):
        assert lead.get(f"/cases/views/{pk}/").status_code == 404
        assert lead.post(f"/cases/views/{pk}/retirement/").status_code == 404


def test_a_view_without_a_name_or_with_too_long_a_one_comes_back(cast: Cast, browse):
    lead = browse(cast.lead)
    for name in ("", "x" * 81, "\x00"):
        assert save(lead, name=name).status_code == 422
    assert save(lead, "?q=13800001234").status_code == 422
    assert not SavedView.objects.exclude(owner=None).exists()
