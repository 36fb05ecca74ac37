"""Packaging hook: the wheel (and an editable install) carries freshly built pages' assets."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg] # hatchling's own docs derive it bare
    """Runs the front-end build before files are gathered; a source archive carries sources only."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling with the kind of build; nothing in ``build_data`` has to change."""
        del version, build_data
        if self.target_name != "sdist":
            runpy.run_path(str(Path(self.root) / "frontend/build.py"))["build"]()
