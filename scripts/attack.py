"""sqlmap and wapiti against a Goodword that this script starts itself on 127.0.0.1, logged in, for some minutes.

    python scripts/attack.py --tools FOLDER [--minutes 6] [--report FILE]

Prints what each found; exit code 1 for a finding that has no reason in REASONED. Nothing but the own server is
addressed: wapiti's modules that ask an outside helper are left out.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import json
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.support.installation import Installation, installation  # noqa: E402 - found by the line above
from tests.trust.kit.processes import Mortal, await_web, free_port  # noqa: E402

USER, PASSWORD = "attacker", "an-invented-long-one-9"
LEFT_ALONE = ("logout/", "profile/sessions/", "profile/password/", "language/", "p/track/leave/")
"""Pages that would end the session by which the attackers see anything."""

MODULES = "backup,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,sql,timesql,upload,xss"
"""Of wapiti's modules those that need nobody's help outside (not ssrf, xxe, log4shell) and know no named product."""

REASONED = {
    ("HTTP Strict Transport Security (HSTS)", ""): "set with GOODWORD_HTTPS=true; this server speaks plain HTTP on loopback",
    ("Secure Flag cookie", ""): "set with GOODWORD_HTTPS=true; this server speaks plain HTTP on loopback",
    ("HttpOnly Flag cookie", "csrftoken"): "pages' scripts read it to send it as a header; it opens nothing by itself",
}  # fmt: skip
"""(what wapiti calls it, a word its description holds): why it is none."""


@dataclass(frozen=True)
class Target:
    """The server under attack. cookie: a session's, as a header. token: of the API. number: a case that is there."""

    url: str
    cookie: str
    token: str
    number: int


def main() -> int:
    """Start, attack, tell; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tools", type=Path, required=True, help="where sqlmap and wapiti are")
    parser.add_argument("--minutes", type=float, default=6.0, help="for both together, about")
    parser.add_argument("--report", type=Path, help="a file for everything they said")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="goodword-attack-") as folder, server(Path(folder)) as target:
        seconds = given.minutes * 60
        found = {"sqlmap": sqlmap(target, given.tools, Path(folder), seconds / 2)}
        found["wapiti"] = wapiti(target, given.tools, Path(folder), seconds / 2)
        await_web(int(target.url.rsplit(":", 1)[1]), within=10)
    print(json.dumps(found, ensure_ascii=False, indent=2))
    if given.report:
        given.report.write_text(json.dumps(found, ensure_ascii=False, indent=2))
    return int(any(result["findings"] for result in found.values()))


@contextmanager
def server(folder: Path) -> Iterator[Target]:
    """An installation of its own with one supervisor and one case, its web process on a free port of 127.0.0.1."""
    port = free_port()
    with installation(folder / "place") as place:
        settings = {"BIND": f"127.0.0.1:{port}", "URL": f"http://127.0.0.1:{port}", "LOG_LEVEL": "ERROR"}
        place.environment.update({f"GOODWORD_{name}": value for name, value in settings.items()})
        _prepare(place)
        token = place.run("token", "create", USER).stdout.split()[-1]
        web = Mortal(place, ("serve",), folder / "web.log").start()
        try:
            await_web(port)
            url = f"http://127.0.0.1:{port}"
            yield Target(url, _logged_in(url), token, _a_case(url, token))
            accidents = re.findall(
                r"Internal Server Error: \S+", (folder / "web.log").read_text(errors="replace")
            )
            print(f"the server's log: {len(accidents)} unhandled errors {sorted(set(accidents))}")
            assert not accidents
        finally:
            web.stop()


def _prepare(place: Installation) -> None:
    for arguments, given in (
        (("migrate",), ""),
        (
            (
                "account",
                "create",
                USER,
                "--name",
                "攻击者",
                "--department",
                "service",
                "--role",
                "service_lead",
                "--password-stdin",
            ),
            PASSWORD,
        ),
    ):
        done = place.run(*arguments, given=given)
        assert done.returncode == 0, done.stderr


def _logged_in(url: str) -> str:
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = opener.open(f"{url}/login/").read().decode()
    form = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert form, "the log-in page has a form"
    typed = {"username": USER, "password": PASSWORD, "csrfmiddlewaretoken": form[1]}
    opener.open(f"{url}/login/", urllib.parse.urlencode(typed).encode()).close()
    kept = {cookie.name: cookie.value for cookie in jar}
    assert "sessionid" in kept, "logged in"
    return "; ".join(f"{name}={value}" for name, value in kept.items())


def _a_case(url: str, token: str) -> int:
    body = json.dumps({"text": "摄像机开机后黑屏。", "channel": "hotline"}).encode()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(f"{url}/api/v1/cases", body, headers)) as answer:
        return int(json.load(answer)["number"])


def sqlmap(target: Target, tools: Path, folder: Path, seconds: float) -> dict[str, Any]:
    """Every parameter of lists, pages, forms and operations; with the session and the token."""
    number = target.number
    bearer = ["--header", f"Authorization: Bearer {target.token}"]
    asked: list[list[str]] = [
        ["-u", f"{target.url}/cases/?text=a&state=received&department=service&order=due&page=1"],
        ["-u", f"{target.url}/customers/?text=a&page=1"],
        ["-u", f"{target.url}/regulations/?from=2026-01-01&to=2026-12-31"],
        ["-u", f"{target.url}/cases/{number}*/"],
        ["-u", f"{target.url}/p/track/", "--data", "number=1001&code=ABCD", "--csrf-token", "csrfmiddlewaretoken"],
        ["-u", f"{target.url}/login/", "--data", "username=a&password=b", "--csrf-token", "csrfmiddlewaretoken"],
        ["-u", f"{target.url}/api/v1/cases?text=a&state=received&cursor=a&limit=5", *bearer],
        ["-u", f"{target.url}/api/v1/cases/{number}*", *bearer],
        ["-u", f"{target.url}/api/v1/cases", "--data", '{"text":"a","channel":"hotline"}', *bearer],
    ]  # fmt: skip
    findings, tried, requests = [], 0, 0
    for number_, arguments in enumerate(asked):
        said = _run(
            [str(tools / "sqlmap"), "--batch", "--disable-coloring", "--flush-session", "--output-dir", str(folder / f"sqlmap{number_}"),
             "--cookie", target.cookie, "--level", "2", "--risk", "1", "--technique", "BEU", "--timeout", "10", "--ignore-code", "*",
             "--time-limit", str(int(seconds / len(asked))), *arguments],
            seconds / len(asked) + 30,
        )  # fmt: skip
        tried += len(re.findall(r"testing if \w+ parameter|testing for SQL injection on", said))
        requests += sum(int(times) for times in re.findall(r" - (\d+) times", said))
        if re.search(r"identified the following injection point|is vulnerable", said):
            findings.append(f"{arguments[1]}: {said[-2_000:]}")
        assert tried, said[-2_000:]
    return {
        "targets": len(asked),
        "parameters": tried,
        "answers that were errors": requests,
        "findings": findings,
    }


def wapiti(target: Target, tools: Path, folder: Path, seconds: float) -> dict[str, Any]:
    """A crawl by the session, then each module over what it found."""
    report, modules = folder / "wapiti.json", len(MODULES.split(","))
    command = [str(tools / "wapiti"), "-u", f"{target.url}/", "-s", f"{target.url}/p/",
               "-s", f"{target.url}/cases/{target.number}/", "-C", target.cookie,
               "--scope", "domain", "-m", MODULES, "-f", "json", "-o", str(report), "-d", "4", "--flush-session",
               "--store-session", str(folder / "s"),
               "--store-config", str(folder / "c"), "--no-bugreport", "--endpoint", "http://127.0.0.1:9/",
               "--dns-endpoint", "localhost", "-v", "0",
               "--max-scan-time", str(int(seconds * 0.4)),
               "--max-attack-time", str(int(max(seconds * 0.6 / modules, 5))), "--tasks", "2", "--drop-set-cookie"]  # fmt: skip
    for path in LEFT_ALONE:
        command += ["-x", f"{target.url}/{path}"]
    said = _run(command, seconds + 240)
    assert report.exists(), said[-3_000:]
    told = json.loads(report.read_text())
    findings, reasoned = [], {}
    for kind in ("vulnerabilities", "anomalies"):
        for name, hits in told[kind].items():
            for hit in hits:
                about = f"{hit.get('method', '')} {hit.get('path', '')} {hit.get('parameter', '')}: {hit.get('info', '')}"
                reason = _reason(name, about)
                if reason:
                    reasoned[name] = reason
                else:
                    findings.append(f"{name}: {about}")
    pages = told["infos"].get("crawled_pages_nbr", 0)
    if pages < 15:
        findings.append(f"the crawl got nowhere: {pages} pages: {said[-2_000:]}")
    return {"pages": pages, "modules": modules, "reasoned": reasoned, "findings": findings}


def _reason(name: str, about: str) -> str:
    return next((why for (what, word), why in REASONED.items() if what == name and word in about), "")


def _run(command: list[str], seconds: float) -> str:
    """What it said, whether it came to its end or ran out of time."""
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired as late:
        return b"".join(part for part in (late.stdout, late.stderr) if isinstance(part, bytes)).decode(
            errors="replace"
        )
    return done.stdout + done.stderr


if __name__ == "__main__":
    raise SystemExit(main())
