"""What is taken down from a shop's chat."""

from __future__ import annotations

from django import forms

from ..bilingual import Both

LONGEST = 50_000


class ShopForm(forms.Form):
    """The transcript as it was copied, the shop, and what is known of the buyer."""

    text = forms.CharField(
        label=Both("聊天记录", "What was said"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10, "autofocus": True}),
        help_text=Both("整段粘贴，原样保存。", "Paste the whole; it is kept as it is."),
    )
    shop = forms.CharField(
        label=Both("店铺", "Shop"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    buyer = forms.CharField(
        label=Both("买家昵称", "Buyer’s alias"),
        required=False,
        max_length=60,
        help_text=Both("不填就从记录里认。", "Left empty, it is read from the words."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    order = forms.CharField(
        label=Both("订单号", "Order number"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    key = forms.RegexField(r"^[\w-]{16,80}$", required=False, widget=forms.HiddenInput)
