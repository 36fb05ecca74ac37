"""Every bench after the other: their tables on standard error, one JSON object with all of them on standard output.

python bench/everything.py [--quick]
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

QUICK = {
    "bench_worktime.py": ["0.2"],
    "bench_mail.py": ["0.2"],
    "bench_intake.py": ["--quick"],
    "bench_mail_cases.py": ["--quick"],
    "bench_alarms.py": ["--quick"],
    "bench_ledger.py": ["--quick"],
    "bench_memory.py": ["--quick"],
    "bench_pages.py": ["--only", "=1000"],
    "bench_browser.py": ["--databases", "sqlite"],
}
"""What a bench is given so that it takes a minute at most."""
LEFT_OUT = {"bench_scaling.py"}
"""Needs root and network namespaces: run by name."""


def main(arguments: list[str]) -> int:
    """Run them; 1 when one of them failed, after the others have run."""
    found, failed = {}, 0
    for script in sorted(Path(__file__).parent.glob("bench_*.py")):
        if script.name in LEFT_OUT:
            continue
        given = QUICK.get(script.name, []) if "--quick" in arguments else []
        done = subprocess.run(
            [sys.executable, str(script), *given], stdout=subprocess.PIPE, text=True, check=False
        )
        if done.returncode:
            failed = 1
            continue
        found[script.stem.removeprefix("bench_")] = json.loads(done.stdout[done.stdout.index("{") :])
    print(json.dumps(found, ensure_ascii=False))
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
