"""How personal data looks to those who need not know it (FB-1.3a): surname and last four digits."""

from __future__ import annotations

import re

COMPOUND_SURNAMES = frozenset(
    (
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "令狐",
        "慕容",
        "司徒",
        "夏侯",
        "南宫",
        "端木",
    )
)
_PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", re.ASCII)
_IDENTITY_CARD = re.compile(r"(?<!\d)\d{14}(\d{3}[\dXx])(?!\d)")


def mask_name(name: str) -> str:
    """张测试 → 张**; a compound surname is kept whole; other scripts keep their first letter."""
    name = name.strip()
    if not name:
        return ""
    surname = name[:2] if name[:2] in COMPOUND_SURNAMES else name[:1]
    return surname + "**"


def mask_phone(phone: str) -> str:
    """13800001234 → 尾号 1234. Fewer than seven digits: nothing is shown."""
    digits = re.sub(r"\D", "", phone)
    if not digits:
        return ""
    return f"尾号 {digits[-4:]}" if len(digits) >= 7 else "****"


def mask_email(email: str) -> str:
    """zhang@example.com → z***@example.com."""
    local, at, domain = email.strip().partition("@")
    if not local:
        return ""
    return f"{local[0]}***@{domain}" if at else f"{local[0]}***"


def mask_text(text: str) -> str:
    """Telephone numbers, mail addresses and identity card numbers inside free text, masked in place."""
    text = _IDENTITY_CARD.sub(lambda found: f"[证件尾号 {found[1]}]", text)
    text = _PHONE.sub(lambda found: f"[尾号 {found[3]}]", text)
    return _EMAIL.sub(lambda found: f"[{found[0][0]}***@{found[1]}]", text)
