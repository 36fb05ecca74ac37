"""What becomes of a case in a company of which nobody may be relied on: acts through the real actions, at random moments.

`Course` is one case: whoever should act next does so after a while, early, late, or never; the clock may stand still
meanwhile, the labels change, the customer withdraw.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from tests.cast import Cast, a_case, a_solution, accept, find_out, finish, worker

from goodword.base.core.errors import DomainError
from goodword.voice.cases.actions import (
    callback,
    carrying_out,
    closing,
    investigating,
    phoning,
    replying,
    solving,
    triaging,
    waiting,
    withdrawing,
)
from goodword.voice.cases.models import Case, PhoneTask

Later = Callable[[timedelta, Callable[[datetime], None]], None]
"""Do something after a while."""
GIVES_UP = 0.06
"""How often nobody takes the next step, ever."""


class Course:
    """One case from its receipt on. later: how to ask for the next step. said: how often each act was let through."""

    def __init__(self, cast: Cast, chance: random.Random, later: Later, said: Counter[str]) -> None:
        self.cast, self.chance, self.later, self.said = cast, chance, later, said
        self.case: Case | None = None

    def begin(self, at: datetime) -> None:
        """The customer speaks; now and then nobody can say yet what it is about."""
        kind = self.chance.choice(["complaint", "complaint", "complaint", "consultation", ""])
        self.case = a_case(self.cast, at=at, kind=kind)
        self.said["receive"] += 1
        self._then(self._triage, 6, 40)

    def _then(self, act: Callable[[datetime], None], usual: float, seldom: float) -> None:
        """`act` within about `usual` minutes, sometimes `seldom`, sometimes never."""
        if self.chance.random() < GIVES_UP:
            self.said["nobody acts"] += 1
            return
        longest = seldom if self.chance.random() < 0.3 else usual
        self.later(timedelta(seconds=self.chance.uniform(5, longest * 60)), lambda at: self._try(act, at))

    def _try(self, act: Callable[[datetime], None], at: datetime) -> None:
        assert self.case is not None
        try:
            act(at)
        except DomainError:
            self.said[f"{act.__name__.strip('_')} refused"] += 1
        else:
            self.said[act.__name__.strip("_")] += 1
        finally:
            self.case.refresh_from_db()

    @property
    def the_case(self) -> Case:
        """The case as it stands."""
        assert self.case is not None
        return self.case

    def _label(self, at: datetime, severity: str) -> None:
        case = self.the_case
        triaging.triage(
            case,
            by=self.cast.intake.by,
            at=at,
            kind=case.kind or "complaint",
            content="device",
            subclass="fault",
            severity=severity,
            device_type="摄像机",
            stage="in_use",
            department=self.cast.department("technology"),
            assignee=self.cast.engineer.account,
        )

    def _triage(self, at: datetime) -> None:
        self._label(at, self.chance.choice(["general", "general", "urgent", "suggestion"]))
        self._then(self._start, 45, 400)
        for act, share in ((self._ring, 0.5), (self._again, 0.15), (self._wait, 0.25), (self._reply, 0.4), (self._withdraw, 0.05)):  # fmt: skip
            if self.chance.random() < share:
                self._then(act, 30, 300)

    def _again(self, at: datetime) -> None:
        self._label(at, self.chance.choice(["general", "urgent"]))

    def _ring(self, at: datetime) -> None:
        task = PhoneTask.objects.select_related("case").filter(case=self.the_case, state="open").first()
        if task is not None:
            phoning.record_call(task, by=self.cast.intake.by, at=at, reached=self.chance.random() < 0.6)

    def _wait(self, at: datetime) -> None:
        waiting.start(self.the_case, by=worker(self.cast, self.the_case).by, at=at, what="等客户补照片")
        self._then(self._wait_no_more, 60, 900)

    def _wait_no_more(self, at: datetime) -> None:
        waiting.end(self.the_case, by=worker(self.cast, self.the_case).by, at=at)

    def _reply(self, at: datetime) -> None:
        purpose = self.chance.choice(["answer", "opinion", "other"])
        replying.reply(self.the_case, by=self.cast.engineer.by, at=at, text="正在处理。", purpose=purpose)

    def _withdraw(self, at: datetime) -> None:
        withdrawing.withdraw(self.the_case, by=self.cast.intake.by, at=at, reason="客户说不用了")

    def _start(self, at: datetime) -> None:
        investigating.start(self.the_case, by=self.cast.engineer.by, at=at)
        self._then(self._propose, 90, 900)

    def _propose(self, at: datetime) -> None:
        find_out(self.cast, self.the_case, at=at)
        solution = a_solution(self.cast, self.the_case, at=at, by=self.cast.engineer.by)
        solving.communicate(solution, by=self.cast.engineer.by, at=at, channel="hotline")
        self._then(self._carry_out, 60, 1500)

    def _carry_out(self, at: datetime) -> None:
        accept(self.cast, self.the_case, at=at)
        self.the_case.refresh_from_db()
        steps = [{"what": "送换", "owner": self.cast.engineer.account, "due_at": at + timedelta(hours=4)}]
        carrying_out.start(self.the_case, by=self.cast.engineer.by, at=at, steps=steps)
        self._then(self._finish, 240, 2000)

    def _finish(self, at: datetime) -> None:
        finish(self.cast, self.the_case, at=at)
        self._then(self._call_back, 600, 3000)

    def _call_back(self, at: datetime) -> None:
        score = self.chance.choice([5, 5, 2])
        callback.call_back(
            self.the_case, by=self.cast.callback.by, at=at, solved=score == 5, satisfaction=score
        )
        self._then(self._start if score == 2 else self._close, 60, 600)

    def _close(self, at: datetime) -> None:
        closing.close(self.the_case, by=self.cast.callback.by, at=at)
