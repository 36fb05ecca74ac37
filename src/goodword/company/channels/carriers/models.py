"""Who carries a text message or a voice call to a colleague's telephone: one provider for each of the two."""

from __future__ import annotations

from django.db import models

from ..spoken import Spoken

USES = [("sms", "短信"), ("voice", "语音电话")]
PROVIDERS = [("aliyun", "阿里云"), ("tencent", "腾讯云"), ("http", "自有网关")]


class Carrier(Spoken):
    """A provider's account for one use.

    key_id and sealed_secret: the access key; the secret signs and is never shown again. sender: the app's id (Tencent), the
    number that is shown (Alibaba's voice). signature: what stands in brackets before a text. template: the provider's
    code for our words. variables: names of what fills its places, in their order, separated by commas (`wording.VALUES`).
    """

    use = models.CharField(max_length=5, choices=USES, unique=True)
    provider = models.CharField(max_length=10, choices=PROVIDERS)
    base = models.CharField(max_length=200)
    region = models.CharField(max_length=40, blank=True, default="")
    key_id = models.CharField(max_length=120, blank=True, default="")
    sealed_secret = models.TextField()
    sender = models.CharField(max_length=40, blank=True, default="")
    signature = models.CharField(max_length=40, blank=True, default="")
    template = models.CharField(max_length=40, blank=True, default="")
    variables = models.CharField(max_length=120, blank=True, default="title")

    def __str__(self) -> str:
        return f"{self.use} {self.provider}"
