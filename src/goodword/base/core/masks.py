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
_BETWEEN = r"[-\u2013\u2014\uff0d .\u00b7]{0,2}"
_PHONE = re.compile(
    rf"(?<!\d)(?:(?:[+\uff0b]|00)?86{_BETWEEN})?[1\uff11][3-9\uff13-\uff19]\d{_BETWEEN}\d{{4}}{_BETWEEN}(\d{{4}})(?!\d)"
)
_LANDLINE = re.compile(
    r"(?<![\dA-Za-z])[(\uff08]?0\d{2,3}(?:[-\u2013\u2014\uff0d ]|[)\uff09] ?)\d{3,4}[- ]?(\d{4})(?!\d)"
)
_EMAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", re.ASCII)
_IDENTITY_CARD = re.compile(r"(?<!\d)\d{14}(\d{3}[\dXx])(?!\d)")
_BANK_CARD = re.compile(r"(?<!\d)62\d{2}(?:[- ]?\d{4}){3}(?:[- ]?\d{3})?(?!\d)")
_WECHAT = re.compile(
    r"((?:微信号?|薇信|(?<![a-z])(?:wechat|weixin|vx|wx))(?: ?(?:id|号))?)([ :\uff1a是为]{0,3})([a-z][\w-]{5,19})",
    re.ASCII | re.IGNORECASE,
)
_QQ = re.compile(r"((?<![a-z])qq号?[ :\uff1a是为]{0,3})[1-9]\d{0,6}(\d{4})(?!\d)", re.IGNORECASE)


def mask_name(name: str) -> str:
    """张测试 → 张**; a compound surname is kept whole; other scripts keep their first letter."""
    name = name.strip()
    if not name:
        return ""
    surname = name[:2] if name[:2] in COMPOUND_SURNAMES else name[:1]
    return surname + "**"


def mask_phone(phone: str, *, ends: str = "尾号") -> str:
    """13800001234 → 尾号 1234; `ends` says "ends with" in the reader's language. Fewer than seven digits: nothing is shown."""
    digits = _digits(phone)
    if not digits:
        return ""
    return f"{ends} {digits[-4:]}" if len(digits) >= 7 else "****"


def mask_email(email: str) -> str:
    """zhang@example.com → z***@example.com."""
    local, at, domain = email.strip().partition("@")
    if not local:
        return ""
    return f"{local[0]}***@{domain}" if at else f"{local[0]}***"


def mask_text(text: str) -> str:
    """What tells who somebody is inside free text, masked in place: telephone numbers (also in full-width digits, with
    dots, landlines with their area code), mail addresses, identity card and bank card numbers, WeChat and QQ."""
    text = _IDENTITY_CARD.sub(lambda found: f"[证件尾号 {found[1]}]", text)
    text = _BANK_CARD.sub(lambda found: f"[卡尾号 {_digits(found[0])[-4:]}]", text)
    text = _PHONE.sub(lambda found: f"[尾号 {found[1]}]", text)
    text = _LANDLINE.sub(lambda found: f"[尾号 {found[1]}]", text)
    text = _QQ.sub(lambda found: f"{found[1]}[尾号 {found[2]}]", text)
    text = _WECHAT.sub(_wechat, text)
    return _EMAIL.sub(lambda found: f"[{found[0][0]}***@{found[1]}]", text)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _wechat(found: re.Match[str]) -> str:
    """Masked where it is an identity: introduced by a colon or “是”, or holding a digit; “wechat payment” is none."""
    named, between, who = found.groups()
    is_one = between.strip() or any(sign.isdigit() or sign in "_-" for sign in who)
    return f"{named}{between}[{who[0]}***]" if is_one else found[0]
