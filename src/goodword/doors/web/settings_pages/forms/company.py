"""What the company is called and looks like."""

from __future__ import annotations

from django import forms

from ...bilingual import Both


class CompanyForm(forms.Form):
    """The company's own name."""

    zh = forms.CharField(label=Both("中文名称", "Name in Chinese"), max_length=80, required=False)
    en = forms.CharField(label=Both("英文名称", "Name in English"), max_length=80, required=False)


class AccentForm(forms.Form):
    """Its colour."""

    accent = forms.CharField(
        label=Both("主色", "Colour"),
        max_length=7,
        help_text=Both(
            "按钮和链接的颜色；太浅、看不清的不能用。",
            "Of buttons and links; one too light to be read is refused.",
        ),
        widget=forms.TextInput(attrs={"type": "color"}),
    )


class MarkForm(forms.Form):
    """Its mark."""

    mark = forms.FileField(
        label=Both("标志", "Mark"),
        help_text=Both("PNG、JPEG、GIF 或 WebP，最大 256 KB。", "PNG, JPEG, GIF or WebP, 256 kB at most."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/gif,image/webp"}),
    )
