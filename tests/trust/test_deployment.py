"""As it is deployed: Django's own checks of a production installation have nothing to say."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_the_checks_of_a_deployment_are_clean(tmp_path: Path):
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GOODWORD_")}
    behind_https = {"GOODWORD_HTTPS": "true", "GOODWORD_URL": "https://goodword.example"}
    told = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env={
            **inherited,
            **behind_https,
            "GOODWORD_DATA_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "goodword.settings",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stderr
    assert "no issues" in told.stdout
