"""Keys of this installation: one file, made on first use, readable by its owner only.

The file holds `{"current": id, "keys": {id: base64 of 32 bytes}}`. Field encryption, blind indexes, seals and
Django's own secret are derived from it with HKDF, each for its own purpose, so that none can stand in for another.
"""

from __future__ import annotations

import base64
import json
import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def ensure_key_file(path: Path) -> None:
    """Create the key file at `path` unless it is there. Two processes starting at once: one of them wins."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    content = json.dumps({"current": "k1", "keys": {"k1": base64.b64encode(os.urandom(32)).decode()}})
    draft = path.with_suffix(f".{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, content.encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process made it first; its key is the one to use
    finally:
        draft.unlink()


@lru_cache(maxsize=8)
def read_keys(path: Path) -> tuple[str, dict[str, bytes]]:
    """(id of the current key, all keys by id)."""
    content = json.loads(path.read_text())
    return content["current"], {name: base64.b64decode(key) for name, key in content["keys"].items()}


@lru_cache(maxsize=64)
def derive(path: Path, purpose: str, key_id: str | None = None) -> bytes:
    """32 bytes for one `purpose` from the key `key_id` (the current one by default)."""
    current, keys = read_keys(path)
    return HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(keys[key_id or current])
