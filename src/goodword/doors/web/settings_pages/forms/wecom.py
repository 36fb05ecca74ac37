"""The settings of WeCom's customer service."""

from __future__ import annotations

from django import forms

from ...bilingual import Both
from .secrets import kept_secret


class WeComForm(forms.Form):
    """The whole setting; a secret left empty stays as it is."""

    corpid = forms.CharField(label=Both("企业 ID（CorpID）", "CorpID"), max_length=64)
    secret = kept_secret("微信客服 Secret", "Secret of the customer service")
    token = kept_secret("令牌（Token）", "Token")
    aes_key = kept_secret("消息加解密密钥（EncodingAESKey）", "EncodingAESKey")
    may_differ = forms.IntegerField(
        label=Both("时钟最多相差几秒", "Clocks may differ by, seconds"), min_value=30, max_value=3600
    )
    polled_every = forms.IntegerField(
        label=Both("没有回调时每隔几秒去取", "Asked without a call every, seconds"),
        min_value=60,
        max_value=3600,
    )
