"""Writing a backup while the installation works."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from goodword.engine.attachments.models import Attachment

from . import postgres, sqlite
from .archive import Manifest, Writer, written

KEYS = "keys.json"
ATTACHMENTS = "attachments/"


def save(target: Path, *, at: datetime) -> Manifest:
    """Write a backup to `target`; returns its manifest.

    The database comes first: attachments are stored before their rows and never changed, so that every row of
    the copy finds its file. A file that should be there and is not is named in `missing`.
    """
    part = postgres if connection.vendor == "postgresql" else sqlite
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        with part.dumped(Path(folder)) as (dump, tables):
            manifest = Manifest(
                made_at=at.isoformat(),
                vendor=connection.vendor,
                migrations=applied(),
                tables=tables,
            )
        with written(target, manifest) as writer:
            writer.add_file(part.MEMBER, dump)
            writer.add_file(KEYS, settings.GOODWORD_KEY_FILE)
            _add_attachments(writer)
    return manifest


def applied() -> list[str]:
    """The migrations this database has seen, "app.name"."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _add_attachments(writer: Writer) -> None:
    for name in Attachment.objects.filter(state="ok").values_list("storage_name", flat=True).iterator():
        if name is None:
            continue
        try:
            with default_storage.open(name) as source:
                writer.add(f"{ATTACHMENTS}{name}", source, source.size)
        except FileNotFoundError:
            writer.manifest.missing.append(name)
