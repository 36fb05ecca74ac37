"""By which channels the demo company is reached, and where it has published that: one place is still to be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from goodword.base.people.models import Account
from goodword.base.people.queries import actor_for
from goodword.company.channels.actions.publishing import publish, set_channel
from goodword.company.channels.notice import channels, notice_of
from goodword.wiring.administration.appbox import set_app_box

CHAT = settings.GOODWORD_URL.rstrip("/") + "/p/chat/"
REACHED = {
    "hotline": ("400-000-0000", "每天 8:00–22:00", "8:00 to 22:00 every day", "tel:4000000000"),
    "mail": ("service@demo.example", "", "", "mailto:service@demo.example"),
    "wechat": ("演示设备租赁", "关注后直接留言", "Follow us and write", ""),
    "app": ("官网“在线咨询”", "", "", CHAT),
    "store_box": ("各门店前台", "", "", ""),
    "delivery": ("交付人员", "当面说就可以", "Just tell them", ""),
    "return_desk": ("退租验收台", "", "", ""),
}
"""{channel: what is shown, note in Chinese and English, where its code leads}; addresses that belong to
nobody, but for the chat, which is there."""
PUBLISHED = {"contract": "合同范本 2026 版", "website": "https://demo.example/contact"}


def open_channels(administrator: Account, *, at: datetime, now: datetime) -> None:
    """Open the channels, the chat with them, and publish them at `at`, with the regulation of that day."""
    by, on = actor_for(administrator, at=now), timezone.localtime(at).date()
    set_app_box(is_open=True, by=by, at=at)
    for line in channels(on=on):
        if line.code in REACHED:
            shown, zh, en, link = REACHED[line.code]
            opened = replace(line, is_open=True, shown=shown, note_zh=zh, note_en=en, link=link)
            set_channel(opened, by=by, at=at, on=on)
    version = notice_of(channels(on=on)).version
    for place, reference in PUBLISHED.items():
        publish(place, reference=reference, version=version, by=by, at=at, on=on)
