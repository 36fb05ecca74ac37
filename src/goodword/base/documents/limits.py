"""What one parse may cost. The figures stand here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one parse; sizes in bytes, lengths of time in seconds."""

    memory_bytes: int = 512 * MEGABYTE  # address space on top of what the started interpreter already holds
    cpu_for: int = 10
    wall_for: float = 30.0
    unpacked_bytes: int = 50 * MEGABYTE  # of an archive's entries together, or of a plain file
    ratio: int = 100  # unpacked to packed
    entries: int = 2_000  # files inside an archive
    output_bytes: int = 64 * MEGABYTE  # what the child may hand back
    rows: int = 200_000
    columns: int = 1_000
    cells: int = 4_000_000
    cell_chars: int = 1_000_000
    parts: int = 200  # of a mail; the first are read, more are passed over
    depth: int = 50  # multiparts within each other
    header_bytes: int = 64 * 1024  # of one field of a mail's header
    text_chars: int = 1_000_000  # of a mail's text, and of its page
