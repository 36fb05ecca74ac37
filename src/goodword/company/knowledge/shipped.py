"""The scripts the software comes with, from shipped.yaml: a beginning, which a company words anew."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import yaml
from django.db import IntegrityError, transaction

from .models import Script, ScriptVersion


def seed_scripts(*, at: datetime) -> int:
    """Make them in an installation that never had a script; returns how many."""
    if Script.objects.exists():
        return 0
    described = yaml.safe_load(Path(__file__).with_name("shipped.yaml").read_text("utf-8"))
    try:
        with transaction.atomic():
            for key, said in described.items():
                script = Script.objects.create(key=key)
                ScriptVersion.objects.create(script=script, number=1, at=at, **said)
    except IntegrityError:  # another process that is just starting was faster
        return 0
    return len(described)
