"""Whether each rule of ours.yml finds what it forbids, and leaves alone what is fine: samples.yml, scanned in one go.

    python scripts/semgrep/prove.py SEMGREP        SEMGREP: the program; ends with 1 and what went wrong

A rule that finds nothing looks the same as clean code. So each sample is written where the rules look, and the rule
it stands under must find it; a rule without a sample fails too.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

HERE = Path(__file__).parent
PLACE = Path("src/goodword/doors/web")
"""Where every rule looks."""
FINE = "fine"


def main(semgrep: str) -> int:
    samples: dict[str, list[str]] = yaml.safe_load((HERE / "samples.yml").read_text(encoding="utf-8"))
    rules = {rule["id"] for rule in yaml.safe_load((HERE / "ours.yml").read_text(encoding="utf-8"))["rules"]}
    wrong = [f"{name}: a rule without a sample" for name in sorted(rules - samples.keys())]
    wrong += [f"{name}: samples of no rule" for name in sorted(samples.keys() - rules - {FINE})]
    with tempfile.TemporaryDirectory() as folder:
        written = _write(samples, Path(folder))
        found = _scan(semgrep, Path(folder))
    for file, (rule, code) in written.items():
        if rule == FINE and found[file]:
            wrong.append(f"{', '.join(sorted(found[file]))} finds what is fine: {code!r}")
        elif rule != FINE and rule not in found[file]:
            wrong.append(f"{rule} does not find {code!r}")
    print("\n".join(wrong) or f"{len(rules)} rules find their {len(written)} samples, and nothing else")
    return 1 if wrong else 0


def _write(samples: dict[str, list[str]], folder: Path) -> dict[str, tuple[str, str]]:
    """File name -> (rule, code), each written below `folder`."""
    (folder / PLACE).mkdir(parents=True)
    written = {}
    for rule, codes in samples.items():
        for place, code in enumerate(codes):
            name = f"{rule.replace('-', '_')}_{place}.{'html' if code.startswith('<') else 'py'}"
            (folder / PLACE / name).write_text(f"{code}\n", encoding="utf-8")
            written[name] = (rule, code)
    return written


def _scan(semgrep: str, folder: Path) -> dict[str, set[str]]:
    """File name -> the rules that found something in it (the empty set for none)."""
    config = HERE.resolve() / "ours.yml"
    done = subprocess.run(
        [semgrep, "scan", "--config", config, "--metrics=off", "--disable-version-check",
         "--project-root", folder, "--json", "--quiet", "src"],
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    said = json.loads(done.stdout)
    if said["errors"]:
        raise SystemExit(f"semgrep could not read a sample: {said['errors'][0]}")
    found: dict[str, set[str]] = {Path(each).name: set() for each in said["paths"]["scanned"]}
    for each in said["results"]:
        found[Path(each["path"]).name].add(each["check_id"].rpartition(".")[2])
    return found


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or ["semgrep"]))
