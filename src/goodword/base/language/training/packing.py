"""Write a model file: weights as bytes, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from goodword.base.language.model import BUCKETS, LENGTH_UNIT, MAGIC, NOUGHT
from goodword.base.language.training.vectors import Floats, Keys

_REACH = 127
_OUTLIER = 99.95  # percentile of weights a byte reaches; the few beyond are cut off


@dataclass(frozen=True, slots=True)
class Packed:
    """A table ready to be written: rows of bytes in the order of their keys, and what a step is worth per part."""

    keys: Keys
    rows: bytes
    width: int
    scales: tuple[float, ...]


def pack(keys: Keys, squares: Floats, parts: Sequence[Floats]) -> Packed:
    """Turn weights into bytes; `parts` are the lanes of one dimension each, a row per key.

    A row's weights are those of a feature times the root of its square: they only need to be added up and
    divided by the length of the message. Rows in which nothing is left but noughts are kept: they count
    towards the length.
    """
    lanes, scales = [], []
    for part in parts:
        weighted = part * np.sqrt(squares)[:, None]
        most = float(np.percentile(np.abs(weighted), _OUTLIER)) if weighted.size else 0.0
        scale = (most or 1.0) / _REACH
        scales.append(scale)
        lanes.append(np.clip(np.round(weighted / scale), -_REACH, _REACH) + NOUGHT)
    lanes.append(np.clip(np.round(squares / LENGTH_UNIT), 0, 255)[:, None])
    rows = np.hstack(lanes).astype(np.uint8)
    return Packed(keys, rows.tobytes(), rows.shape[1], tuple(scales))


def _index(keys: Keys) -> bytes:
    starts = np.searchsorted(keys >> 16, np.arange(BUCKETS + 1)).astype("<u4")
    return starts.tobytes() + (keys & 0xFFFF).astype("<u2").tobytes()


def write(path: Path, header: Mapping[str, Any], tables: Mapping[str, Packed]) -> None:
    """Write the model to `path`: beside it first, then in its place."""
    payload = b""
    placed = {}
    for name, table in tables.items():
        placed[name] = {"at": len(payload), "rows": len(table.keys), "width": table.width}
        payload += _index(table.keys) + table.rows
    whole = {**header, "tables": placed, "sha256": hashlib.sha256(payload).hexdigest()}
    said = json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(MAGIC + struct.pack("<I", len(said)) + said + payload)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
