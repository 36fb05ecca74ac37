"""How a value is written before its blind index is made, so that it is found however it is typed; and the words of names in clear."""

from __future__ import annotations

import unicodedata

from goodword.base.core.sealing import blind_index, normal_phone
from goodword.base.core.transactions import require_transaction

from .models import NAMES


def name_index(name: str) -> str:
    """The index of a person's or company's name: width, case and spaces do not matter."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return blind_index("".join(plain.split()), kind="name")


def index_public_name(number: int, public_name: str) -> None:
    """Make the customer findable by parts of this name in clear, and by no other; by none where it is empty."""
    require_transaction()
    if public_name:
        NAMES.write(number, public_name)
    else:
        NAMES.forget(number)


def last4_index(phone: str) -> str:
    """The index of a telephone number's last four digits; empty when it has fewer than seven."""
    digits = normal_phone(_plain(phone))
    return blind_index(digits[-4:], kind="phone_last4") if len(digits) >= 7 else ""


def ending_index(four_digits: str) -> str:
    """The index of four digits somebody read out."""
    return blind_index(_plain(four_digits), kind="phone_last4")


def email_index(email: str) -> str:
    """The index of a mail address; case does not matter."""
    return blind_index(unicodedata.normalize("NFKC", email).strip().casefold(), kind="email")


def _plain(digits: str) -> str:
    return unicodedata.normalize("NFKC", digits)
