"""An endpoint that failed too long was switched off: administrators are told."""

from __future__ import annotations

from goodword.base.people import queries as people
from goodword.company.channels.actions.notifying import notice, queue_all
from goodword.engine.journal.models import Entry


def switched_off(entry: Entry) -> None:
    """Nothing more is sent there until somebody switches it on again."""
    queue_all(
        [
            notice(
                account.pk,
                kind=entry.kind,
                subject=(entry.subject_type, entry.subject_id),
                title_zh="一个事件推送地址长时间失败,已停用",
                title_en="A webhook failed too long and was switched off",
                path=f"/settings/webhooks/{entry.subject_id}/",
                urgent=True,
                at=entry.recorded_at,
                dedupe_key=f"{entry.pk}:{account.pk}",
            )
            for account in people.on_duty("administrator", at=entry.recorded_at)
        ]
    )
