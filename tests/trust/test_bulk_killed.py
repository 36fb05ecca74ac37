"""kill -9 while one act is being done to many cases: what is done stays, the same form does the rest, nothing twice."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from tests.support.installation import Installation

CASES = {"quick": 16, "slow": 200, "full": 200}
BEGUN = """
from datetime import timedelta
from django.test import Client
from tests import cast as people
from goodword.base.core import clock
at = clock.now() - timedelta(days=1)
company = people.make_cast(at)
labels = dict(kind="suggestion", content="other", subclass="suggestion", severity="suggestion")
cases = [people.triaged(company, at=at + timedelta(seconds=n), department="service", text=f"建议 {n}", **labels)
         for n in range(MANY)]
lead = Client(HTTP_HOST="localhost")
lead.force_login(company.lead.account)
print(",".join(str(case.number) for case in cases), lead.cookies["sessionid"].value)
"""
SENT = """
from django.test import Client
lead = Client(HTTP_HOST="localhost")
lead.cookies["sessionid"] = SESSION
def send():
    return lead.post("/cases/bulk/do/", dict(cases=NUMBERS, once="k1", action="assessment", verdict="adopt",
                                             reason="下月起随箱附接线图。", told="on"))
"""
KILLED = """
import os, signal, threading, time
from goodword.voice.cases.models import BulkItem
def watch():
    while BulkItem.objects.filter(outcome="done").count() < AFTER:
        time.sleep(0.002)
    os.kill(os.getpid(), signal.SIGKILL)
threading.Thread(target=watch, daemon=True).start()
send()
"""
COUNTED = """
import json
from goodword.engine.journal.models import Entry
from goodword.voice.cases.models import BulkItem, BulkRun, Case, Message
print(json.dumps({
    "done": list(BulkItem.objects.filter(outcome="done").order_by("case__number").values_list("case__number", flat=True)),
    "left": BulkItem.objects.filter(outcome="").count(),
    "runs": BulkRun.objects.count(),
    "assessed": list(Case.objects.filter(assessment="adopt").order_by("number").values_list("number", flat=True)),
    "entries": list(Entry.objects.filter(kind="case.assessed").values_list("subject_id", flat=True)),
    "told": list(Message.objects.filter(purpose="answer").values_list("case__number", flat=True)),
}))
"""


def test_killed_in_the_middle_the_same_form_does_the_rest_and_nothing_twice(
    place: Installation, size: str, seed: int
) -> None:
    many = CASES[size]
    after = 1 + seed % (many - 2)
    numbers, session = place.do(BEGUN.replace("MANY", str(many))).split()
    form = SENT.replace("SESSION", repr(session)).replace("NUMBERS", repr(numbers))
    with pytest.raises(AssertionError):
        place.do(form + KILLED.replace("AFTER", str(after)))
    left = json.loads(place.do(COUNTED))
    print(f"killed after {after} of {many}: {len(left['done'])} done, {left['left']} left")
    assert after <= len(left["done"]) < many
    assert left["done"] == left["assessed"]
    assert len(left["entries"]) == len(left["told"]) == len(left["done"])
    assert place.do(f"{form}answer = send()\nprint(answer.status_code)").split() == ["302"]
    found = json.loads(place.do(COUNTED))
    assert (found["runs"], found["left"], len(found["done"])) == (1, 0, many)
    assert set(Counter(found["entries"]).values()) == {1}
    assert sorted(found["told"]) == found["assessed"] == sorted(map(int, numbers.split(",")))
    assert place.run("journal", "verify").returncode == 0
