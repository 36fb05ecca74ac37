"""The JSON-lines door of the time library: the documented examples, and lines that cannot be answered."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from goodword.base.worktime.batch import answer, run

SPLIT_FRIDAY = {
    "timezone": "Asia/Shanghai",
    "week": {"fri": [["09:00", "12:00"], ["13:30", "18:00"]], "sat": []},
    "dates": {"2026-02-14": [["09:00", "18:00"]], "2026-02-16": []},
}


def ask(op: str, calendar: object = "cn", **fields: object) -> dict[str, object]:
    moment = fields.pop("start", None)
    line = {"id": 1, "op": op, "calendar": calendar, **fields}
    if moment is not None:
        line["from"] = moment
    return answer(line)


def test_two_hours_run_from_friday_evening_over_a_pause_into_a_make_up_saturday():
    line = (
        '{"id":1,"op":"due","calendar":{"timezone":"Asia/Shanghai","week":{"fri":[["09:00","12:00"],'
        '["13:30","18:00"]],"sat":[]},"dates":{"2026-02-14":[["09:00","18:00"]],"2026-02-16":[]}},'
        '"from":"2026-02-13T17:30:00","seconds":7200,"pauses":[["2026-02-14T10:00:00","2026-02-14T10:30:00"]]}'
    )
    out = io.StringIO()
    run(io.StringIO(line + "\n"), out)
    assert out.getvalue() == '{"id":1,"due":"2026-02-14T11:00:00+08:00","provisional":false}\n'


def test_three_working_days_run_over_the_spring_festival():
    line = {"id": 2, "op": "due", "calendar": "cn", "from": "2026-02-13T17:30:00+08:00", "working_days": 3}
    assert answer(line) == {"id": 2, "due": "2026-02-25T18:00:00+08:00", "provisional": False}


def test_a_due_day_of_a_year_without_a_published_calendar_is_provisional():
    assert ask("due", start="2026-12-30T17:30:00", working_days=3)["provisional"] is True
    assert ask("due", start="2026-12-30T17:30:00", seconds=3600)["provisional"] is False


def test_elapsed_counts_working_seconds_without_the_pauses():
    span = {"start": "2026-02-13T17:30:00", "to": "2026-02-14T10:30:00"}
    assert ask("elapsed", SPLIT_FRIDAY, **span, pauses=[]) == {"id": 1, "seconds": 2 * 3600}
    paused = [["2026-02-14T10:00:00", "2026-02-15T00:00:00"]]
    assert ask("elapsed", SPLIT_FRIDAY, **span, pauses=paused) == {"id": 1, "seconds": 90 * 60}


def test_before_gives_the_moment_from_which_the_time_ends_there():
    answered = ask("before", SPLIT_FRIDAY, start="2026-02-14T09:30:00", seconds=3600)
    assert answered["before"] == "2026-02-13T17:30:00+08:00"


def test_open_and_periods_are_clipped_to_what_was_asked():
    assert ask("open", SPLIT_FRIDAY, at="2026-02-13T12:00:00")["open"] is False
    assert ask("open", SPLIT_FRIDAY, at="2026-02-13T13:30:00")["open"] is True
    periods = ask("periods", SPLIT_FRIDAY, start="2026-02-13T11:00:00", to="2026-02-13T14:00:00")["periods"]
    assert periods == [
        ["2026-02-13T11:00:00+08:00", "2026-02-13T12:00:00+08:00"],
        ["2026-02-13T13:30:00+08:00", "2026-02-13T14:00:00+08:00"],
    ]


def test_answers_carry_the_offset_of_the_calendars_zone():
    berlin = {"timezone": "Europe/Berlin", "week": {"mon": [["09:00", "17:00"]]}}
    answered = ask("due", berlin, start="2026-03-30T08:00:00+08:00", seconds=60)
    assert answered["due"] == "2026-03-30T09:01:00+02:00"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({"op": "guess", "calendar": "cn"}, "Unknown op"),
        ({"op": "due", "calendar": "us"}, "calendar must be"),
        ({"op": "due", "calendar": "cn", "from": "2026-02-13T17:30:00"}, "either seconds or working_days"),
        ({"op": "due", "calendar": "cn", "from": "soon", "seconds": 1}, "Bad moment in from"),
        ({"op": "due", "calendar": "cn", "from": 5, "seconds": 1}, "from is missing"),
        ({"op": "due", "calendar": "cn", "from": "2026-02-13", "seconds": -1}, "must not be negative"),
        ({"op": "due", "calendar": "cn", "from": "2026-02-13", "working_days": -1}, "must not be negative"),
        ({"op": "due", "calendar": "cn", "from": "2026-02-13", "seconds": 1.5}, "whole number"),
        ({"op": "due", "calendar": "cn", "from": "2026-02-13", "seconds": True}, "whole number"),
        ({"op": "due", "calendar": "cn", "from": "2026-02-13", "seconds": 10**30}, "1900 to 2399"),
        ({"op": "due", "calendar": "cn", "from": "9999-12-31T23:00:00", "seconds": 1}, "1900 to 2399"),
        ({"op": "elapsed", "calendar": "cn", "from": "2026-02-13", "to": "2026-02-12"}, "before the start"),
        ({"op": "periods", "calendar": "cn", "from": "2026-02-13", "to": "2026-02-12"}, "before the start"),
        (
            {
                "op": "due",
                "calendar": "cn",
                "from": "2026-02-13",
                "seconds": 1,
                "pauses": [["2026-02-13", None]],
            },
            "Bad moment in pauses",
        ),
        (
            {"op": "due", "calendar": "cn", "from": "2026-02-13", "seconds": 1, "pauses": [["2026-02-13"]]},
            "pauses must be",
        ),
        (
            {
                "op": "due",
                "calendar": "cn",
                "from": "2026-02-13",
                "seconds": 1,
                "pauses": [["2026-02-13", "2026-02-12"]],
            },
            "A pause ends before it starts",
        ),
        (
            {"op": "open", "calendar": {"timezone": "Asia/Shanghai", "week": {}}, "at": "2026-02-13"},
            "never opens",
        ),
    ],
)
def test_a_line_that_makes_no_sense_is_answered_with_its_reason(line, says):
    answered = answer({"id": "x", **line})
    assert answered["id"] == "x"
    assert says in answered["error"]


def test_broken_lines_do_not_stop_the_run():
    lines = "\ufeff{broken\n\n[1]\n" + '{"id":"\\ud800","op":"?"}\n' + "[" * 100_000 + "\n" + '{"id":7}\n'
    out = io.StringIO()
    run(io.StringIO(lines), out)
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [answered["id"] for answered in answers] == [None, None, "\ud800", None, 7]
    assert all("error" in answered for answered in answers)


def test_it_runs_alone_without_django_or_a_database_and_survives_bytes_that_are_no_text():
    program = (
        "import sys; from goodword.base.worktime.batch import run; run(sys.stdin, sys.stdout);"
        "assert not [name for name in sys.modules if name.split('.')[0] in ('django', 'holidays')]"
    )
    line = json.dumps(
        {"id": 3, "op": "open", "calendar": SPLIT_FRIDAY, "at": "2026-02-14T09:00:00"}, ensure_ascii=False
    )
    source = Path(__file__).parents[3] / "src"
    ran = subprocess.run(
        [sys.executable, "-c", program],
        input=b"\xff\xfe\n" + line.encode() + b"\n",
        capture_output=True,
        env={"PYTHONPATH": str(source), "PATH": os.environ["PATH"]},
        check=True,
    )
    answers = [json.loads(text) for text in ran.stdout.decode().splitlines()]
    assert answers[0]["id"] is None
    assert answers[1] == {"id": 3, "open": True}
