"""The company's own name, as customers see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from goodword.base.core.errors import Invalid
from goodword.base.core.models import Setting
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import lock_subject, record

from .kinds import COMPANY, NAMED

SETTING = "company_name"
LONGEST = 80


@dataclass(frozen=True, slots=True)
class CompanyName:
    """The name in Chinese and in English; either may be empty."""

    zh: str = ""
    en: str = ""

    def said(self, *, english: bool) -> str:
        """The name in a language, or the other one where it has none; empty before anybody gave it."""
        return (self.en or self.zh) if english else (self.zh or self.en)


def company_name() -> CompanyName:
    """The name as it stands. One query."""
    kept = Setting.objects.filter(name=SETTING).values_list("value", flat=True).first()
    return CompanyName(kept.get("zh", ""), kept.get("en", "")) if isinstance(kept, dict) else CompanyName()


def name_company(*, zh: str, en: str, by: Actor, at: datetime) -> CompanyName:
    """Give the company its name.

    Effects: the setting; `company.named` when it differs. Raises Forbidden, Invalid.
    """
    by.require("settings.edit")
    named = CompanyName(zh.strip(), en.strip())
    too_long = {
        key: "最多 80 字 / at most 80 characters"
        for key in ("zh", "en")
        if len(getattr(named, key)) > LONGEST
    }
    if too_long or not (named.zh or named.en):
        raise Invalid(
            "公司名称不能用。", "This name cannot be used.", fields=too_long or {"zh": "必填 / required"}
        )
    with one_fact():
        lock_subject(*COMPANY)
        if company_name() != named:
            Setting.objects.update_or_create(
                name=SETTING, defaults={"value": {"zh": named.zh, "en": named.en}}
            )
            record(NAMED, COMPANY[1], by=by, at=at)
    return named
