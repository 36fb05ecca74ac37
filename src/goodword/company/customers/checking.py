"""Whether what was typed can be a name, a telephone number, a mail address."""

from __future__ import annotations

import re
from dataclasses import dataclass

from goodword.base.core.errors import Invalid
from goodword.base.core.sealing import normal_phone

from .models import KINDS, WAYS

LONGEST_NAME = 120
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """A contact as it was told: clear values, all but one of them may be empty."""

    name: str = ""
    phone: str = ""
    email: str = ""
    wechat: str = ""
    preferred: str = "phone"


def check_contact(contact: ContactFacts) -> ContactFacts:
    """The contact with spaces trimmed. Raises Invalid, naming each field that cannot be used."""
    trimmed = ContactFacts(
        contact.name.strip(),
        contact.phone.strip(),
        contact.email.strip(),
        contact.wechat.strip(),
        contact.preferred,
    )
    wrong: dict[str, str] = {}
    if len(trimmed.name) > LONGEST_NAME:
        wrong["name"] = "姓名过长 / name too long"
    if trimmed.phone and not 7 <= len(normal_phone(trimmed.phone)) <= 15:
        wrong["phone"] = "号码应为 7 至 15 位数字 / 7 to 15 digits"
    if trimmed.email and not _EMAIL.fullmatch(trimmed.email):
        wrong["email"] = "邮箱格式不对 / not a mail address"
    if len(trimmed.wechat) > LONGEST_NAME:
        wrong["wechat"] = "微信号过长 / too long"
    if trimmed.preferred not in dict(WAYS):
        wrong["preferred"] = "请选择电话、邮件或微信 / choose phone, email or wechat"
    if not any((trimmed.name, trimmed.phone, trimmed.email, trimmed.wechat)):
        wrong["name"] = "请至少填写一项 / at least one value"
    if wrong:
        raise Invalid("联系人信息有误。", "The contact cannot be kept as it is.", fields=wrong)
    return trimmed


def check_customer(kind: str, name: str) -> str:
    """The name, trimmed. Raises Invalid for an unknown kind of customer, or a name missing or too long."""
    wrong: dict[str, str] = {}
    if kind not in dict(KINDS):
        wrong["kind"] = "请选择客户类型 / choose the kind of customer"
    if not name.strip():
        wrong["name"] = "请填写客户名称 / give the name"
    elif len(name.strip()) > LONGEST_NAME:
        wrong["name"] = "名称过长 / name too long"
    if wrong:
        raise Invalid("客户信息有误。", "The customer cannot be kept as it is.", fields=wrong)
    return name.strip()
