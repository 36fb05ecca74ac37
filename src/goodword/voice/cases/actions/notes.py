"""Among colleagues: notes with mentions, watching a case, escalating it by hand. None of it is handling the case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from goodword.base.core.errors import Invalid
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account
from goodword.base.people.roles import GROUPS, ROLES
from goodword.engine.journal.recording import record

from ..kinds import ESCALATED, NOTED, WATCHED
from ..models import Case, Note, Watcher
from ._ground import change, lock, require_open
from ._reach import require_sight
from .replying import clean


def note(case: Case, *, by: Actor, at: datetime, text: str, mentions: Iterable[Account] = ()) -> Note:
    """Write an internal note; whoever is mentioned is told and watches the case from then on. Also after it ended.

    Effects: the note, its mentions, their watching; `case.noted`. Raises Forbidden, Invalid.
    """
    require_sight(case, "cases.note", by)
    text = clean(text)
    if not text:
        raise Invalid("请写下备注内容。", "Write the note.", fields={"text": "必填 / required"})
    named = list(dict.fromkeys(mentions))
    if gone := [account for account in named if not account.is_active]:
        names = "、".join(account.person.name for account in gone)
        raise Invalid(
            f"{names}的账号已停用。", f"The account of {names} is not in use.", fields={"mentions": names}
        )
    with one_fact():
        lock(case)
        written = Note.objects.create(case=case, text=text, by_id=by.account_id, at=at)
        written.mentions.set(named)
        Watcher.objects.bulk_create(
            [Watcher(case=case, account=each) for each in named], ignore_conflicts=True
        )
        change(case, at=at)
        facts = {"note": written.pk, "mentions": [account.pk for account in named]}
        record(NOTED, case.pk, by=by, at=at, facts=facts)
    return written


def watch(case: Case, *, by: Actor, at: datetime, watching: bool) -> Case:
    """Begin or stop watching a case oneself; nothing is journalled when nothing changes.

    Effects: the watcher's row; `case.watched`. Raises Forbidden.
    """
    require_sight(case, "cases.see", by)
    account_id = by.staff_id
    with one_fact():
        lock(case)
        if watching:
            _, changed = Watcher.objects.get_or_create(case=case, account_id=account_id)
        else:
            changed = bool(Watcher.objects.filter(case=case, account_id=account_id).delete()[0])
        if changed:
            record(WATCHED, case.pk, by=by, at=at, facts={"account": account_id, "watching": watching})
    return case


def escalate(case: Case, *, by: Actor, at: datetime, to: str, reason: str) -> Case:
    """Call somebody higher up to a case by hand. to: the code of a role or of a standing group.

    Effects: the reason as a note; `case.escalated`, whose reaction tells them.
    Raises Forbidden, Invalid for an unknown role or without a reason, Refused when the case has ended.
    """
    require_sight(case, "cases.note", by)
    reason = clean(reason)
    if to not in ROLES and to not in GROUPS:
        raise Invalid(
            "没有这个岗位或小组。", "There is no such role or group.", fields={"to": "请选择 / choose"}
        )
    if not reason:
        raise Invalid("请写明升级的原因。", "Say why it is escalated.", fields={"reason": "必填 / required"})
    with one_fact():
        lock(case)
        require_open(case)
        Note.objects.create(case=case, text=reason, by_id=by.account_id, at=at)
        change(case, at=at)
        record(ESCALATED, case.pk, by=by, at=at, facts={"to": to})
    return case
