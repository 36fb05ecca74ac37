"""Malformed mails through the whole door: kept, read in the confined child, taken in. None is lost, nothing is raised.

GOODWORD_SEED repeats a run; the sizes are 20, 500 and 10,000 mails.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from datetime import timedelta

import pytest
from tests.base.documents.mail.test_malformed import mutated, seeds
from tests.cast import make_cast
from tests.company.channels.mail.boxes import a_box
from tests.trust.kit.malformed.measuring import at, spent

from goodword.base.core import clock
from goodword.company.channels.actions.receiving import opened
from goodword.company.channels.correspondence.models import Arrival
from goodword.company.channels.mail.actions.keeping import keep_mail
from goodword.company.channels.mail.actions.taking_in import take_in
from goodword.company.channels.mail.models import MailIn
from goodword.company.channels.mail.settings import MailRules, keep

pytestmark = [pytest.mark.django_db, pytest.mark.either]
MAILS = {"quick": 20, "slow": 500, "full": 10_000}


def test_malformed_mails_are_kept_and_taken_in_whatever_they_hold(request: pytest.FixtureRequest) -> None:
    seed = int(os.environ.get("GOODWORD_SEED") or random.SystemRandom().randrange(10**6))
    chance, originals = random.Random(seed), seeds()
    make_cast(clock.now() - timedelta(hours=2))
    keep(MailRules(most_an_hour=10_000))
    box, took, cost, notes = a_box(), [], [], Counter[str]()
    take_in(
        keep_mail(box, 1, originals[0], at=clock.now()), at=clock.now()
    )  # what is loaded once is no mail's own
    for number in range(MAILS[request.config.getoption("--size")]):
        raw = mutated(chance.choice(originals), chance)
        began, before = time.perf_counter(), spent()
        mail = take_in(keep_mail(box, number + 2, raw, at=clock.now()), at=clock.now())
        took.append(time.perf_counter() - began)
        cost.append(spent() - before)
        notes[mail.note] += 1
        kept = MailIn.objects.select_related("inbound").get(pk=mail.pk)
        assert opened(kept.inbound) == raw, number
        assert kept.inbound.state == ("failed" if kept.note == "unread" else "parsed"), number
        if kept.note in ("", "auto", "staff", "many", "stranger"):
            assert Arrival.objects.filter(channel="mail", outside_id=kept.name).exists(), number
    print(
        f"GOODWORD_SEED={seed}: {len(took)} mails, {dict(notes)}; clock p50 {at(took, 0.5):.3f} p99 {at(took, 0.99):.3f} s; "
        f"processor p50 {at(cost, 0.5):.3f} p99 {at(cost, 0.99):.3f} s"
    )
    assert notes["unread"] == 0
    assert at(cost, 0.99) < 1.0
