"""The envelope of safe mode: AES-256-CBC over 16 random bytes, a length, the words and whom they are for.

Padded to 32 bytes. The signature over the envelope is checked before it is opened, so its faults tell a stranger nothing.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

KEY_LETTERS = 43
_KEY_BYTES = 32
_BLOCK = 32
_AHEAD = 16
_LENGTH = 4


class EnvelopeError(ValueError):
    """It cannot be opened; why: `base64`, `length`, `padding`, `receiver`."""


def key_of(letters: str) -> bytes:
    """The 32 bytes of an EncodingAESKey of 43 letters. Raises EnvelopeError."""
    try:
        key = b64decode(letters.encode() + b"=", validate=True)
    except (binascii.Error, UnicodeError):
        raise EnvelopeError("base64") from None
    if len(letters) != KEY_LETTERS or len(key) != _KEY_BYTES:
        raise EnvelopeError("length")
    return key


def opened(sealed: str, *, key: bytes, receiver: str) -> bytes:
    """The words in an envelope for `receiver` (an appid, a corpid). Raises EnvelopeError."""
    try:
        raw = b64decode(sealed.encode(), validate=True)
    except (binascii.Error, UnicodeError):
        raise EnvelopeError("base64") from None
    if not raw or len(raw) % 16:
        raise EnvelopeError("length")
    turning = Cipher(AES(key), CBC(key[:16])).decryptor()
    clear = _unpadded(turning.update(raw) + turning.finalize())
    begins = _AHEAD + _LENGTH
    ends = begins + int.from_bytes(clear[_AHEAD:begins], "big")
    if len(clear) < begins or ends > len(clear):
        raise EnvelopeError("length")
    if clear[ends:] != receiver.encode():
        raise EnvelopeError("receiver")
    return clear[begins:ends]


def sealed(words: bytes, *, key: bytes, receiver: str, ahead: bytes) -> str:
    """The envelope; ahead: 16 random bytes."""
    clear = ahead + len(words).to_bytes(_LENGTH, "big") + words + receiver.encode()
    missing = _BLOCK - len(clear) % _BLOCK
    turning = Cipher(AES(key), CBC(key[:16])).encryptor()
    return b64encode(turning.update(clear + bytes([missing]) * missing) + turning.finalize()).decode()


def _unpadded(clear: bytes) -> bytes:
    missing = clear[-1]
    if not 1 <= missing <= _BLOCK or clear[-missing:] != bytes([missing]) * missing:
        raise EnvelopeError("padding")
    return clear[:-missing]
