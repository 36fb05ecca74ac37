"""What a line of the desk is opened to: the small form that fulfils the duty, the way back to the desk, refusals in place."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast as people
from tests.cast import Cast

from goodword.base.core import clock
from goodword.doors.web.cases.abilities import ABILITIES, BY_NAME
from goodword.doors.web.cases.fulfilling import deeds_for, expected, fulfilling
from goodword.doors.web.desk.board import WHOSE, ways_of
from goodword.doors.web.desk.looking import AWAY_FOR, COOKIE
from goodword.doors.web.desk.others import with_others
from goodword.engine.journal.kinds import kind_named
from goodword.engine.obligations.models import Obligation
from goodword.engine.obligations.pressing import how_many, most_pressing
from goodword.engine.policy.queries import all_clauses
from goodword.voice.cases.actions import coordinating, waiting
from goodword.voice.cases.models import Case

HTMX = {"HX-Request": "true"}
SENT = {**HTMX, "HX-Boosted": "true"}
NEW = '<span class="badge badge--info">新</span>'


def owed(case: Case, clause: str) -> Obligation:
    return Obligation.objects.get(subject_id=str(case.pk), clause_id=clause, state="open")


def card(client, case: Case, clause: str):
    address = f"/cases/{case.number}/in-place/?duty={owed(case, clause).pk}"
    return client.get(address, headers=HTMX).content.decode()


def test_every_duty_of_a_case_has_something_that_fulfils_it():
    duties = [c for c in all_clauses().values() if c.binding and c.binding.subject in {"case", "help"}]
    assert len(duties) >= 16
    assert [clause.id for clause in duties if not fulfilling(clause.id)] == []
    for ability in ABILITIES:
        for kind in ability.meets:
            assert kind_named(kind), kind
        assert all(name in BY_NAME for name in ability.beside)


@pytest.mark.parametrize(
    ("clause", "point", "who", "form"),
    [
        ("FB-3.2a", "a_case", "intake", "/triage/"),
        ("FB-4.1b", "triaged", "engineer", "/investigation/"),
        ("FB-4.2d", "triaged", "engineer", "/replies/"),
        ("FB-4.3d", "done", "callback", "/callback/"),
    ],
)
def test_a_duty_opens_the_form_that_fulfils_it(cast: Cast, browse, clause, point, who, form):
    case = getattr(people, point)(cast, at=clock.now() - timedelta(hours=3))
    drawn = card(browse(getattr(cast, who)), case, clause)
    assert f'action="/cases/{case.number}{form}"' in drawn
    assert "<html" not in drawn


def test_the_form_is_filled_with_what_the_clause_asks_for(cast: Cast, browse):
    case = people.triaged(cast, at=clock.now() - timedelta(hours=3))
    assert '<option value="opinion" selected>' in card(browse(cast.engineer), case, "FB-4.2d")


def test_a_callback_can_be_reached_or_not_from_the_same_place(cast: Cast, browse):
    case = people.done(cast, at=clock.now() - timedelta(hours=3))
    drawn = card(browse(cast.callback), case, "FB-4.3d")
    assert f"/cases/{case.number}/in-place/?do=callback-attempts" in drawn


def test_without_script_the_line_leads_to_the_case_with_the_form_open(cast: Cast, browse):
    case = people.a_case(cast, at=clock.now())
    answer = browse(cast.intake).get(f"/cases/{case.number}/in-place/?duty={owed(case, 'FB-3.2a').pk}")
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.number}/?do=triage#deed")


def test_a_case_somebody_does_not_see_opens_nothing(cast: Cast, browse):
    case = people.triaged(cast, at=clock.now() - timedelta(hours=1))
    assert browse(cast.warehouse_head).get(f"/cases/{case.number}/in-place/", headers=HTMX).status_code == 404
    assert browse(cast.warehouse_head).get(f"/cases/{case.number}/in-place/done/").status_code == 404


def test_what_was_done_in_place_comes_back_in_place(cast: Cast, browse):
    case = people.triaged(cast, at=clock.now() - timedelta(hours=1))
    client = browse(cast.engineer)
    done = client.post(f"/cases/{case.number}/investigation/", {"in_place": "1"}, headers=SENT)
    assert (done.status_code, done["Location"]) == (302, f"/cases/{case.number}/in-place/done/")
    said = client.get(done["Location"], headers=HTMX)
    assert said["HX-Trigger-After-Swap"] == "deed-done"
    assert "调查" in said.content.decode()
    assert (
        client.post(f"/cases/{case.number}/notes/", {"text": "说明"})["Location"] == f"/cases/{case.number}/"
    )


def test_a_form_with_mistakes_comes_back_as_the_card_with_what_was_typed(cast: Cast, browse):
    case = people.done(cast, at=clock.now() - timedelta(hours=3))
    typed = {"in_place": "1", "duty": str(owed(case, "FB-4.3d").pk), "words": "还是会黑屏"}
    answer = browse(cast.callback).post(f"/cases/{case.number}/callback/", typed, headers=SENT)
    drawn = answer.content.decode()
    assert answer.status_code == 422
    assert "<html" not in drawn
    assert "还是会黑屏" in drawn
    assert "field__error" in drawn
    assert "?do=callback-attempts" in drawn


def test_a_refusal_in_place_is_the_clause_alone(cast: Cast, browse):
    case = people.done(cast, at=clock.now() - timedelta(hours=3))
    client = browse(cast.lead)
    client.post(f"/cases/{case.number}/replies/", {"text": "请问可以正常使用了吗?", "purpose": "progress"})
    typed = {"in_place": "1", "solved": "yes", "satisfaction": "5"}
    answer = client.post(f"/cases/{case.number}/callback/", typed, headers=SENT)
    assert answer.status_code == 409
    assert "FB-4.3e" in answer.content.decode()
    assert "<form" not in answer.content.decode()


def test_an_approval_is_decided_where_it_waits(cast: Cast, browse):
    case = people.investigated(cast, at=clock.now() - timedelta(hours=2))
    people.a_solution(
        cast, case, at=clock.now(), compensation_kind="代金券", compensation_amount=Decimal(3000)
    )
    client = browse(cast.deputy)
    address = f"/cases/{case.number}/in-place/?do=solutions/decision"
    assert address in client.get("/").content.decode()
    assert (
        f'action="/cases/{case.number}/solutions/decision/"'
        in client.get(address, headers=HTMX).content.decode()
    )


def test_an_opened_card_takes_a_fixed_number_of_queries(cast: Cast, browse):
    case = people.triaged(cast, at=clock.now() - timedelta(hours=1))
    client = browse(cast.engineer)
    card(client, case, "FB-4.1b")
    address = f"/cases/{case.number}/in-place/?duty={owed(case, 'FB-4.1b').pk}"
    with CaptureQueriesContext(connection) as queries:
        client.get(address, headers=HTMX)
    assert len(queries) <= 20


def test_what_a_line_promises_is_among_what_it_opens_to(cast: Cast):
    case = people.triaged(cast, at=clock.now() - timedelta(hours=1))
    for clause in ("FB-4.1b", "FB-4.2d", "CS-3.2a", "FB-2.2d"):
        ability = expected(clause, case.state, cast.engineer.by)
        assert ability is not None
        assert ability.name in [deed.ability.name for deed in deeds_for(clause, case, cast.engineer.by)]
    assert expected("FB-3.2a", case.state, cast.engineer.by) is None


def test_what_began_since_the_last_look_is_marked(cast: Cast, browse):
    client = browse(cast.intake)
    people.a_case(cast, at=clock.now())
    assert NEW not in client.get("/").content.decode()
    whose, since, _ = client.cookies[COOKIE].value.split(".")
    long_ago = int((clock.now() - 2 * AWAY_FOR).timestamp())
    client.cookies[COOKIE] = f"{whose}.{since}.{long_ago}"
    assert NEW in client.get("/").content.decode()
    assert client.cookies[COOKIE].value.split(".")[1] == str(long_ago)
    assert NEW in client.get("/").content.decode()
    client.cookies[COOKIE] = f"{cast.lead.pk}.{long_ago}.{long_ago}"
    assert NEW not in client.get("/").content.decode()


@pytest.mark.parametrize("kept", ["", "1.2", "a.b.c", "1.²³.4", f"1.{'9' * 12}.{'9' * 12}", "1.2.3.4"])
def test_a_cookie_that_is_none_marks_nothing(cast: Cast, browse, kept):
    client = browse(cast.intake)
    people.a_case(cast, at=clock.now())
    client.cookies[COOKIE] = kept
    page = client.get("/")
    assert page.status_code == 200
    assert NEW not in page.content.decode()


def test_why_is_told_to_whom_sees_the_duty(cast: Cast, browse):
    case = people.triaged(cast, at=clock.now() - timedelta(minutes=20))
    address = f"/regulations/obligations/{owed(case, 'FB-4.3b').pk}/why/"
    told = browse(cast.engineer).get(address).content.decode()
    assert "3 个工作日" in told
    assert "到期" in told
    assert browse(cast.warehouse_head).get(address).status_code == 404


def test_what_one_started_and_others_have_in_hand_is_listed(cast: Cast, browse):
    case = people.triaged(cast, at=clock.now() - timedelta(hours=1))
    waits = with_others(cast.intake.by)
    assert [(one.number, one.who) for one in waits] == [(case.number, "陈工程")]
    assert "在等别人" in browse(cast.intake).get("/").content.decode()
    warehouse = cast.department("warehouse")
    coordinating.ask_help(
        case, by=cast.engineer.by, at=clock.now(), department=warehouse, question="有备机吗?"
    )
    case.refresh_from_db()
    waiting.start(case, by=cast.engineer.by, at=clock.now(), what="客户发来照片")
    kinds = [(one.kind, one.who) for one in with_others(cast.engineer.by)]
    assert kinds == [("协助", warehouse.name_zh), ("等客户", "客户")]
    assert with_others(cast.warehouse_head.by) == []


def test_a_tab_counts_what_its_board_shows(cast: Cast):
    for minutes in (10, 20, 30):
        people.triaged(cast, at=clock.now() - timedelta(minutes=minutes))
    for actor in (cast.intake.by, cast.engineer.by, cast.technology_head.by):
        for whose in WHOSE:
            ways = ways_of(actor, whose, standing_in_for=frozenset())
            assert how_many(ways) == len(most_pressing(ways))
    assert how_many(ways_of(cast.engineer.by, "mine", standing_in_for=frozenset())) > 3
