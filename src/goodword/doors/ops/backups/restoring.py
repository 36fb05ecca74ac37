"""Making an installation what a backup holds. The copy is held: it sends nothing until it is released."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from goodword.base.core import secrets
from goodword.base.core.environment import ConfigurationError
from goodword.base.core.models import Heartbeat, Setting
from goodword.base.people.models import Account

from . import postgres, sqlite
from .archive import BadBackup, Manifest, unpacked
from .saving import ATTACHMENTS, KEYS

ALIVE_WITHIN = timedelta(seconds=30)


def restore(source: Path, *, replace: bool, now: datetime) -> Manifest:
    """Make this installation what `source` holds; returns the backup's manifest.

    Effects, in order: the file is unpacked and every digest and count compared, before anything is changed; the
    attachments are put in place; the keys, the old ones kept beside them; the database, held. Raises BadBackup, and
    ConfigurationError when the installation is in use, or holds accounts and `replace` is not given.
    """
    _require_idle(replace=replace, now=now)
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=".restore-") as name:
        folder = Path(name)
        manifest = unpacked(source, folder)
        _require_fit(manifest, folder)
        _place_attachments(folder / ATTACHMENTS)
        _place_keys(folder / KEYS)
        if connection.vendor == "postgresql":
            postgres.put_in_place(folder / postgres.MEMBER)
            Setting.objects.update_or_create(name="held", defaults={"value": True})
            _compare(manifest.tables, _without_held(postgres.counted(), manifest))
        else:
            sqlite.put_in_place(folder / sqlite.MEMBER)
    return manifest


def _require_idle(*, replace: bool, now: datetime) -> None:
    try:
        busy = Heartbeat.objects.filter(beaten_at__gt=now - ALIVE_WITHIN).exists()
        inhabited = Account.objects.exists()
    except DatabaseError:
        return  # nothing is here yet
    if busy:
        raise ConfigurationError("a worker is alive on this database: stop web and worker first")
    if inhabited and not replace:
        raise ConfigurationError(
            "this installation holds accounts: give --replace to overwrite everything in it"
        )


def _require_fit(manifest: Manifest, folder: Path) -> None:
    if manifest.vendor != connection.vendor:
        raise BadBackup(f"the backup is of {manifest.vendor}, this installation runs on {connection.vendor}")
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if newer := set(manifest.migrations) - known:
        raise BadBackup(f"the backup is of a newer version: {sorted(newer)[0]} is not known here")
    if connection.vendor == "sqlite":
        _compare(manifest.tables, sqlite.counted(folder / sqlite.MEMBER))


def _compare(said: dict[str, int], found: dict[str, int]) -> None:
    for name in sorted(said.keys() | found.keys()):
        if said.get(name) != found.get(name):
            raise BadBackup(f"{name}: {said.get(name)} rows were backed up, {found.get(name)} are there")


def _without_held(found: dict[str, int], manifest: Manifest) -> dict[str, int]:
    """The counts but for the setting that holds the copy, which the backup may not have had."""
    return {**found, "core_setting": min(found["core_setting"], manifest.tables["core_setting"])}


def _place_attachments(folder: Path) -> None:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            if default_storage.exists(name):
                default_storage.delete(name)
            with path.open("rb") as content:
                default_storage.save(name, File(content))


def _place_keys(keys: Path) -> None:
    live = settings.GOODWORD_KEY_FILE
    if live.exists() and live.read_bytes() != keys.read_bytes():
        shutil.copy2(live, live.with_name(f"{live.stem}-before-restore{live.suffix}"))
    keys.chmod(0o600)
    with keys.open("rb") as written:
        os.fsync(written.fileno())
    keys.replace(live)
    secrets.read_keys.cache_clear()
    secrets.derive.cache_clear()
