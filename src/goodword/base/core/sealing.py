"""Personal data at rest: encrypted fields, masked unless opened on purpose, found by blind index."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import unicodedata
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from . import masks, secrets


def _masked_phone(phone: str) -> str:
    """A telephone number as the reader of this page may see it, in the page's language."""
    return masks.mask_phone(phone, ends="ends" if (get_language() or "").startswith("en") else "尾号")


MASKS = {
    "name": masks.mask_name,
    "phone": _masked_phone,
    "email": masks.mask_email,
    "text": masks.mask_text,
}


def encrypt(clear: str, *, purpose: str = "fields") -> str:
    """`key id:base64(nonce + AES-256-GCM ciphertext)`; each purpose has its own key. Empty text stays empty."""
    if not clear:
        return ""
    key_id, _ = secrets.read_keys(settings.GOODWORD_KEY_FILE)
    nonce = os.urandom(12)
    cipher = AESGCM(secrets.derive(settings.GOODWORD_KEY_FILE, purpose, key_id))
    return f"{key_id}:{base64.b64encode(nonce + cipher.encrypt(nonce, clear.encode(), None)).decode()}"


def decrypt(stored: str, *, purpose: str = "fields") -> str:
    """The clear text of what `encrypt` gave for the same purpose. Raises InvalidTag when it was tampered with."""
    if not stored:
        return ""
    key_id, _, body = stored.partition(":")
    raw = base64.b64decode(body)
    cipher = AESGCM(secrets.derive(settings.GOODWORD_KEY_FILE, purpose, key_id))
    return cipher.decrypt(raw[:12], raw[12:], None).decode()


def blind_index(value: str, *, kind: str) -> str:
    """A keyed digest to find an encrypted value by equality; `kind` keeps columns apart. Empty for empty."""
    if not value:
        return ""
    key = secrets.derive(settings.GOODWORD_KEY_FILE, f"index:{kind}", "k1")
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()[:32]


def normal_phone(phone: str) -> str:
    """Digits only, without China's country code: what blind indexes of telephone numbers are made from."""
    digits = re.sub(r"\D", "", phone)
    return digits[-11:] if len(digits) > 11 and digits.startswith(("86", "0086")) else digits


def phone_index(phone: str) -> str:
    """The index of a telephone number, without country code and separators; width does not matter."""
    return blind_index(normal_phone(unicodedata.normalize("NFKC", phone)), kind="phone")


class Secret:
    """A personal value in hand: prints masked; `clear()` is for actions that have journalled why."""

    __slots__ = ("_clear", "masked")

    def __init__(self, clear: str, mask: str) -> None:
        self._clear = clear
        self.masked = MASKS[mask](clear)

    def clear(self) -> str:
        """The value itself. Call it only where the sight is recorded or the value is being used, not shown."""
        return self._clear

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"<Secret {self.masked}>"

    def __bool__(self) -> bool:
        return bool(self._clear)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._clear == self._clear

    def __hash__(self) -> int:
        return hash(self._clear)


class SealedField(models.TextField):  # type: ignore[type-arg]  # its Python value is Secret, set from str
    """A text column encrypted at rest whose value is a `Secret`. `mask`: name, phone, email or text."""

    def __init__(self, *arguments: Any, mask: str = "text", **options: Any) -> None:
        self.mask = mask
        options.setdefault("blank", True)
        options.setdefault("default", "")
        super().__init__(*arguments, **options)

    def deconstruct(self) -> Any:
        name, path, arguments, options = super().deconstruct()
        return name, path, arguments, {**options, "mask": self.mask}

    def from_db_value(self, value: str | None, _expression: object, _connection: object) -> Secret | None:
        return None if value is None else Secret(decrypt(value), self.mask)

    def to_python(self, value: Any) -> Any:
        return value if value is None or isinstance(value, Secret) else Secret(str(value), self.mask)

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return None
        return encrypt(value.clear() if isinstance(value, Secret) else str(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002 - Django's signature
        value = self.to_python(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return encrypt(self.value_from_object(obj).clear())
