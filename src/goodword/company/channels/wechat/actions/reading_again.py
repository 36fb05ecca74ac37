"""A post that was kept and could not be read, read once more: after the key or this program was mended."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.errors import Invalid

from ...actions.receiving import opened
from ...models import InboundMessage
from ..posts import unsealed
from ..settings import wechat
from .taking import Reply, understand


def read_again(message: InboundMessage, at: datetime) -> Reply:
    """What follows from it now; nothing is said at once any more, a receipt goes by the worker.

    Raises Invalid where it still cannot be read, and for what came under another message's time and number.
    """
    if "#" in message.outside_id:
        raise Invalid("这条消息是冒用的。", "The message is a forgery.", fields={"nonce": "已用过 / used"})
    chosen = wechat()
    raw = unsealed(opened(message), chosen)
    return understand(message, raw, chosen=chosen, at=at, in_time=lambda: False)
