"""One text to one group, as each platform wants it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from goodword.base.core.sealing import decrypt

from ..quotas import Limit
from . import signing
from .answers import say
from .models import Robot

PURPOSE = "robots"
MINUTE = timedelta(minutes=1)
LIMITS = {
    "wecom": (Limit(20, MINUTE),),
    "dingtalk": (Limit(20, MINUTE),),
    "feishu": (Limit(100, MINUTE), Limit(5, timedelta(seconds=1))),
}
HOSTS = {
    "wecom": ("qyapi.weixin.qq.com",),
    "dingtalk": ("oapi.dingtalk.com", "api.dingtalk.com"),
    "feishu": ("open.feishu.cn", "open.larksuite.com"),
}
"""Where each platform's robots live; anything else is taken only where an administrator says it is ours."""


def post(robot: Robot, text: str, *, at: datetime) -> None:
    """Say it in the robot's group. Raises as `answers.say`."""
    address = decrypt(robot.sealed_address, purpose=PURPOSE)
    secret = decrypt(robot.sealed_secret, purpose=PURPOSE)
    body: dict[str, Any]
    if robot.platform == "feishu":
        signed = signing.feishu(secret, seconds=int(at.timestamp()))
        body = {**signed, "msg_type": "text", "content": {"text": text}}
    else:
        body = {"msgtype": "text", "text": {"content": text}}
    if robot.platform == "dingtalk":
        address = signing.dingtalk(address, secret, milliseconds=int(at.timestamp() * 1000))
    say(address, json.dumps(body, ensure_ascii=False).encode(), at=at, private=robot.private)
