"""One's own inbox."""

from __future__ import annotations

from typing import Annotated

from ninja import Query

from goodword.company.channels.actions.seeing import mark_seen
from goodword.company.channels.models import Notice
from goodword.company.channels.queries import unread_count

from ..caller import Caller
from ..operations import Door
from ..paging import Cursor, Limit, page
from ..schemas.notices import NoticeOut, NoticePage, SeenIn, SeenOut

door = Door("Notices")


@door.read("notices", right="policy.see", answer=NoticePage)
def list_notices(
    caller: Caller, cursor: Cursor, limit: Limit, unseen: Annotated[bool, Query(False)]
) -> NoticePage:
    """My notices, the newest first"""
    me = caller.account.pk
    rows = Notice.objects.filter(account_id=me)
    if unseen:
        rows = rows.filter(seen_at=None)
    items, following = page(rows, by="created_at", cursor=cursor, limit=limit)
    return NoticePage(items=[_shown(row) for row in items], next=following, unread=unread_count(me))


@door.write("notices/seen", right="policy.see", answer=SeenOut)
def see_notices(caller: Caller, body: SeenIn) -> SeenOut:
    """Mark my notices as seen: those named, or all"""
    return SeenOut(seen=mark_seen(caller.account.pk, notices=body.notices, at=caller.at))


def _shown(row: Notice) -> NoticeOut:
    return NoticeOut(
        id=row.pk,
        kind=row.kind,
        clause=row.clause_id,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        title_zh=row.title_zh,
        title_en=row.title_en,
        urgent=row.urgent,
        count=row.count,
        parts=row.parts if row.digest else {},
        created_at=row.created_at,
        seen_at=row.seen_at,
    )
