"""The whole loop by the API alone, step by step: from a customer's word to closure, one callback refused.

    python docs/loop_by_api.py --url http://127.0.0.1:8000 \
        --intake gw_… --engineer gw_… --lead gw_… --callback gw_…

Four people, four tokens: an intake agent, an engineer of the technology department, the customer-service lead, and
a callback agent.
(`goodword token create NAME` or `python -m django api_token NAME` prints one.) Needs nothing but Python.
"""

# ruff: noqa: T201, S310  (a script that prints what it does, and opens the address it was given)

from __future__ import annotations

import argparse
import json
import sys
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any


class Refused(Exception):
    """A problem the API answered with; `problem` is its JSON."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem["detail"])
        self.problem = problem


@dataclass
class Colleague:
    """One person's way in."""

    name: str
    url: str
    token: str

    def get(self, path: str) -> Any:
        return self._send("GET", path, None)

    def do(self, path: str, **body: Any) -> Any:
        """A write, with a key of its own: sent again after a broken line it would not be done twice."""
        answer = self._send("POST", path, body)
        print(f"  {self.name:<9} POST {path}")
        return answer

    def _send(self, method: str, path: str, body: Any) -> Any:
        request = urllib.request.Request(f"{self.url}/api/v1/{path}", method=method)
        request.add_header("Authorization", f"Bearer {self.token}")
        request.add_header("Accept-Language", "en")
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.add_header("Idempotency-Key", uuid.uuid4().hex)
            request.data = json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise Refused(json.load(error)) from None


def run(intake: Colleague, engineer: Colleague, lead: Colleague, callback: Colleague) -> int:
    """Take one case through the loop; returns its number."""
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat(timespec="seconds")

    said("1  The customer calls: the camera is black, a broadcast tonight.")
    made = intake.do(
        "cases",
        text="摄像机开机后黑屏,今晚直播要用,请尽快处理。",
        channel="hotline",
        kind="complaint",
        scene="直播间开机",
        asks="今晚前修好或更换",
        asked_by_at=tomorrow,
        customer={"kind": "streamer", "name": "张测试", "contact": {"phone": "13800001234"}},
    )
    case = f"cases/{made['number']}"
    told(f"case #{made['number']}, tracking code {made['code']} (told once)", intake.get(case))

    said("2  Triage: urgent, for technology; its head is to be rung within the time of FB-3.2b.")
    intake.do(
        f"{case}/triage",
        kind="complaint",
        content="device",
        subclass="fault",
        severity="urgent",
        device_type="摄像机",
        stage="in_use",
        department="technology",
    )
    task = intake.do(f"{case}/phone-task/calls", reached=True)
    told(f"rung and reached: {task['target']['name']}", intake.get(case))

    said("3  Investigation; without a technical check no solution (FB-4.1e).")
    engineer.do(f"{case}/pick")
    engineer.do(f"{case}/investigation")
    offer = {
        "type": "replace_same_model",
        "what": "更换同型号摄像机",
        "deadline_at": tomorrow,
        "acceptance": "客户确认可正常直播",
    }
    refused(engineer, f"{case}/solutions", **offer)
    engineer.do(f"{case}/technical-check", result="confirmed", what="主板接触不良", remote=True)
    engineer.do(
        f"{case}/cause",
        cause="device_aging",
        responsible_party="company",
        department="technology",
        note="远程检测与出库记录一致",
    )

    said("4  The solution: put forward, discussed, accepted.")
    solution = f"{case}/solutions/{engineer.do(f'{case}/solutions', **offer)['id']}"
    engineer.do(f"{solution}/communication", channel="hotline")
    engineer.do(f"{solution}/answer", accepted=True)

    said("5  Carried out.")
    engineer.do(f"{case}/carrying-out", steps=[{"what": "送换并当面调试", "due_at": tomorrow}])
    lead.do(f"{case}/progress", text="备机已出库,预计两小时内送到。")
    engineer.do(f"{case}/steps/1/completion", proof="客户签收")
    engineer.do(f"{case}/completion", proof="客户现场确认")

    said("6  Callback: refused to whoever handled the case (FB-4.3e), done by another.")
    refused(lead, f"{case}/callback", solved=True, satisfaction=5)
    refused(callback, f"{case}/closure")
    callback.do(f"{case}/callback", solved=True, satisfaction=5, words="很快,谢谢")
    callback.do(f"{case}/closure")

    whole = lead.get(case)
    told("closed", whole)
    said("The duties it met:")
    for duty in whole["obligations"]:
        late = ", late" if duty["late"] else ""
        print(f"     {duty['clause']:<8} {duty['state']}{late:<6}  {duty['why']['title_en']}")
    return int(made["number"])


def refused(who: Colleague, path: str, **body: Any) -> None:
    """Send what the rules forbid, and show what they say."""
    try:
        who.do(path, **body)
    except Refused as refusal:
        problem = refusal.problem
        print(f"  {who.name:<9} POST {path}")
        print(
            f"     {problem['status']} {', '.join(problem['clauses']) or problem['type']}: {problem['detail']}"
        )
    else:
        raise SystemExit(f"{path} should have been refused")


def said(line: str) -> None:
    """A heading."""
    print(f"\n{line}")


def told(line: str, case: dict[str, Any]) -> None:
    """Where the case stands."""
    due = case["next_due"]
    owes = f"; next {due['clause']} by {due['due_at']}" if due else ""
    print(f"     {line}: {case['state']}{owes}")


def main(arguments: list[str] | None = None) -> int:
    """Read the tokens and run."""
    parser = argparse.ArgumentParser(description="The whole loop by the API alone.")
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    people = ("intake", "engineer", "lead", "callback")
    for name in people:
        parser.add_argument(f"--{name}", required=True, metavar="TOKEN")
    given = parser.parse_args(arguments)
    try:
        run(*(Colleague(name, given.url, getattr(given, name)) for name in people))
    except Refused as refusal:
        print(json.dumps(refusal.problem, ensure_ascii=False, indent=2), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
