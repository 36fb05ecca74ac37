"""How the clauses fare: every one at a glance, each figure with exactly its list, periods of any kind, the same queries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, a_case, triaged

from goodword.base.core import clock
from goodword.doors.web.charts import Share, columns, trend
from goodword.doors.web.regulations.distribution import step_of
from goodword.engine.obligations.models import Obligation
from goodword.engine.obligations.tallying import count_up
from goodword.engine.obligations.ticking import tick
from goodword.engine.policy.queries import all_clauses
from goodword.voice.cases.actions import triaging
from goodword.voice.cases.models import Case

pytestmark = pytest.mark.django_db
CLAUSE = "/regulations/FB-3.2a/"
EVER = {"from": "", "to": ""}
OVERVIEW_QUERIES, CLAUSE_QUERIES = 15, 24
FIGURES = ("started", "in_time", "late", "overdue", "open", "missed", "waived", "superseded", "released")


def page(browser: Any, path: str, **query: Any) -> str:
    answer = browser.get(path, query)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return str(answer.content.decode())


def cell(html: str, clause: str) -> tuple[str, str]:
    """(colour, what it says) of a clause's cell."""
    found = re.search(
        rf'class="heat__cell heat--(\w+)" href="/regulations/{clause}/[^"]*" title="([^"]*)"', html
    )
    assert found, clause
    return found[1], found[2]


def linked(html: str) -> Iterator[tuple[int, str]]:
    """(figure, address of its list) of everything on a clause's page that opens one."""
    for address, figure in re.findall(
        r'<a class="figure[^"]*" href="([^"]+)#list">.*?figure__value">(\d+)', html, re.S
    ):
        yield int(figure), address.replace("&amp;", "&")
    for address, figure in re.findall(r'<td class="num"><a href="([^"]+)#list">(\d+)</a>', html):
        yield int(figure), address.replace("&amp;", "&")


@pytest.fixture
def busy(cast: Cast) -> Cast:
    """One triaged in time, one late, two overdue; some of it counted up already, some not."""
    now = clock.now()
    triaged(cast, at=now - timedelta(hours=3))
    a_case(cast, text="放着没人管", at=now - timedelta(hours=5))
    tick(now=now - timedelta(hours=4))
    count_up(now)
    a_case(cast, text="又一件", at=now - timedelta(hours=2))
    tick(now=now)
    Obligation.objects.filter(clause_id="CS-3.2a").update(bearer_account=cast.engineer.account)
    return cast


def test_every_clause_has_its_cell_coloured_by_its_share_and_saying_it_in_words(busy: Cast, browse):
    html = page(browse(busy.intake), "/regulations/", **EVER)
    assert len(re.findall(r'class="heat__cell ', html)) == len(all_clauses()) == 149
    assert cell(html, "FB-3.2a") == ("4", "FB-3.2a 10分钟内分派：33.3% 按时（1/3），严重不足")
    assert cell(html, "FB-5.1a")[0] == "planned"
    assert cell(html, "FB-4.3e") == ("kept", "FB-4.3e 回访人须独立：由软件守住")
    assert cell(html, "SU-8b") == ("none", "SU-8b 紧急咨询10分钟内通话：没有可判断的")
    english = browse(busy.intake)
    english.cookies["django_language"] = "en"
    said = cell(page(english, "/regulations/", **EVER), "FB-3.2a")[1]
    assert said.endswith("33.3% in time (1 of 3), failing")


def test_the_table_sorts_by_every_column_both_ways_and_keeps_what_has_no_figure_last(busy: Cast, browse):
    client = browse(busy.lead)

    def ids(**query: str) -> list[str]:
        table = page(client, "/regulations/", **EVER, **query).partition('id="table"')[2]
        return re.findall(r'<th scope="row".*?clause__id">([\w.-]+)<', table, re.S)

    everything = ids()
    assert everything == list(all_clauses())
    for column in re.findall(r"\?[^\"]*sort=(\w+)", page(client, "/regulations/", **EVER)):
        upwards, downwards = ids(sort=column), ids(sort=column, down="1")
        assert sorted(upwards) == sorted(downwards) == sorted(everything)
    assert ids(sort="started", down="1")[0] == "FB-3.2a"
    assert ids(sort="share")[0] == "FB-3.2a"
    assert ids(sort="share", down="1")[-1] == ids(sort="share")[-1]
    assert ids(sort="nonsense") == everything
    assert len(ids(only="measured")) < 30


def test_it_opens_with_the_last_whole_month_beside_the_one_before(cast: Cast, browse):
    html = page(browse(cast.lead), "/regulations/")
    today = clock.now().astimezone().date()
    end = today.replace(day=1) - timedelta(days=1)
    assert f'value="{end.replace(day=1):%Y-%m-%d}"' in html
    assert f'value="{end:%Y-%m-%d}"' in html
    assert "这段时间里没有产生义务" in html


def test_each_figure_opens_a_list_of_just_as_many(busy: Cast, browse):
    client = browse(busy.lead)
    seen = 0
    for path in (CLAUSE, "/regulations/CS-3.2a/"):
        for figure, address in linked(page(client, path, **EVER)):
            listed = page(client, path + address)
            count = re.search(r'<span class="count">(\d+)</span></h2>', listed)
            assert count, address
            rows = len(re.findall(r'<td class="fit"><a href="/regulations/obligations/', listed))
            assert (int(count[1]), rows) == (figure, figure), address
            seen += figure > 0
    assert seen > 12


def test_what_was_not_in_time_comes_first_and_says_by_how_much(busy: Cast, browse):
    html = page(browse(busy.lead), CLAUSE, **EVER)
    assert re.search(r"未按时的全部 \(2\)</option>", html)
    assert len(re.findall(r'<td class="fit"><a href="/regulations/obligations/', html)) == 2
    case = Case.objects.get(text="放着没人管")
    labels = {"kind": "complaint", "content": "device", "severity": "general"}
    at = case.received_at + timedelta(hours=2, minutes=15)
    triaging.triage(case, by=busy.intake.by, at=at, department=busy.department("technology"), **labels)
    assert "超 2 小时 5 分" in page(browse(busy.lead), CLAUSE, **EVER, outcome="late")


def test_one_sees_the_companys_figures_and_ones_own_list(busy: Cast, browse):
    html = page(browse(busy.engineer), "/regulations/CS-3.2a/", **EVER)
    mine = Obligation.objects.filter(clause_id="CS-3.2a").count()
    assert len(re.findall(r"/regulations/obligations/", html)) == mine > 0
    other = page(browse(busy.warehouse_head), "/regulations/CS-3.2a/", **EVER)
    assert "/regulations/obligations/" not in other
    assert re.search(rf"公司共 {mine} 件", other)
    assert busy.engineer.account.person.name not in other.partition('id="list"')[2]


NONSENSE = (
    {"from": "9999-12-31", "to": "9999-12-31"},
    {"from": "0001-01-01", "to": "0001-01-01"},
    {"from": "2026-02-31", "to": "soon"},
    {"from": "2026-12-31", "to": "2026-01-01"},
    {"from": "2199-01-01", "to": ""},
    {"from": "", "to": "1970-01-01"},
    {"from": "\x00", "to": "🙂"},
)
WHOSE = (
    {"outcome": "nothing", "by": "century"},
    {"person": "9" * 19, "department": "\x00"},
    {"person": "9" * 5000},
    {"person": "²", "after": "x"},
    {"person": "-1", "department": "x" * 300},
    {"after": "00000000-0000-0000-0000-000000000000", "outcome": ""},
)


@pytest.mark.parametrize("query", NONSENSE)
def test_no_period_is_an_error(busy: Cast, browse, query: dict[str, str]):
    client = browse(busy.lead)
    for path in ("/regulations/", "/regulations/texts/", CLAUSE):
        for by in ("week", "month"):
            page(client, path, **query, by=by)


@pytest.mark.parametrize("query", WHOSE)
def test_no_wish_is_an_error(busy: Cast, browse, query: dict[str, str]):
    page(browse(busy.lead), CLAUSE, **EVER, **query)


def test_two_days_in_the_wrong_order_are_the_period_between(busy: Cast, browse):
    day = clock.now().date()
    asked = {"from": f"{day + timedelta(days=1)}", "to": f"{day - timedelta(days=9)}"}
    assert cell(page(browse(busy.lead), "/regulations/", **asked), "FB-3.2a")[0] == "4"


def test_words_find_clauses_by_id_place_and_words_of_both_languages(cast: Cast, browse):
    client = browse(cast.intake)

    def found(words: str) -> set[str]:
        html = page(client, "/regulations/texts/", find=words)
        return set(re.findall(r'<a class="clause" href="/regulations/([^"/]+)/"', html))

    assert found("fb-4.3B") == {"FB-4.3b"}
    assert "FB-4.3e" in found("回访 独立")
    assert found("回访 独立") < found("回访")
    assert "FB-3.2a" in found("triage")
    assert found("没有这样的字") == set()


def test_queries_do_not_grow_with_what_there_is(cast: Cast, browse):
    lead = browse(cast.lead)
    a_case(cast, at=clock.now() - timedelta(days=1))
    paths = ("/regulations/", "/regulations/texts/", CLAUSE)

    def asked() -> list[int]:
        counts = []
        for path in paths:
            page(lead, path)
            with CaptureQueriesContext(connection) as queries:
                page(lead, path)
            counts.append(len(queries))
        return counts

    few = asked()
    for member in (cast.intake, cast.engineer, cast.lead):
        a_case(cast, text=f"由{member.account.username}", at=clock.now() - timedelta(hours=2))
    Obligation.objects.filter(clause_id="FB-3.2a").update(bearer_account=cast.engineer.account)
    assert asked() == few
    assert few[0] <= OVERVIEW_QUERIES
    assert few[2] <= CLAUSE_QUERIES


def test_the_trend_names_the_goal_and_its_table_says_how_sure_one_can_be(busy: Cast, browse):
    html = page(browse(busy.lead), "/regulations/FB-4.3b/")
    assert "虚线是目标 100%（SU-4b）" in html
    html = page(browse(busy.lead), CLAUSE, by="month")
    assert "虚线是目标" not in html
    table = html.partition('id="trend"')[2].partition("</table>")[0]
    lines = re.findall(
        r'<th scope="row" class="fit"><a href="([^"]+)">([\d-]+)</a>.*?<td class="num">(\d+)</td>.*?</tr>',
        table,
        re.S,
    )
    assert len(lines) == 12
    assert sum(int(decided) for *_, decided in lines) == 3
    assert "6.1%–79%" in table, "one of three: the Wilson interval"
    assert re.search(r'<title id="trend-chart-title">', html)


def test_a_trend_is_broken_where_nothing_is_decided_and_its_scale_takes_all_in():
    shares = [Share(str(n), share, low, None, "") for n, (share, low) in enumerate(
        ((0.9, 0.85), (0.95, 0.9), (None, None), (1.0, 0.96))
    )]  # fmt: skip
    drawn = trend(shares, goal=1.0)
    assert [path.count(",") for path in drawn.paths] == [2]
    assert (drawn.marks, drawn.goal) == (["100%", "95%", "90%", "85%", "80%"], "0.00")
    assert [(dot.x, dot.y, dot.bottom) for dot in drawn.dots[:1]] == [("12.50", "50.00", "75.00")]
    assert trend([Share("", 0.1, 0.02, 0.4, "")]).marks[-1] == "0%"
    assert trend([]).dots == []
    assert columns([], [], limit=None, labels=()).columns == []


@pytest.mark.parametrize(
    ("share", "step"), [(0.0, 0), (0.1, 0), (0.11, 1), (1.0, 9), (1.0001, 10), (1.95, 19), (40.0, 19)]
)
def test_the_due_time_itself_is_in_time(share: float, step: int):
    assert step_of(share) == step
