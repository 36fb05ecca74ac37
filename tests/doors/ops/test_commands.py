"""The command line: quick where it needs nothing, plain where something is wrong."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from tests.support.installation import Installation, installation

from goodword.doors.ops.bound import is_there
from goodword.doors.ops.lazy import Line
from goodword.doors.ops.main import COMMANDS
from goodword.engine.policy.reading import clauses, read_packs

QUICK = 0.4
DUE = '{"id":2,"op":"due","calendar":"cn","from":"2026-02-13T17:30:00+08:00","working_days":3}\n'


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    """An installation nobody has set up."""
    with installation(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def ready(prepared: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation that has been migrated."""
    with installation(tmp_path_factory.mktemp("ready"), like=prepared) as made:
        yield made


def test_commands_that_need_no_database_never_load_django(empty: Installation) -> None:
    """They answer in a fraction of a second because of it; the folder of the data is not even made."""
    for arguments in (
        ["--help"],
        ["worktime", "--batch"],
        ["language", "classify"],
        ["clauses"],
        ["mail", "parse", "-"],
    ):
        code = (
            "import sys; from goodword.doors.ops.main import main\n"
            f"try: main({arguments!r})\nexcept SystemExit as end: code = end.code\nelse: code = 0\n"
            "assert 'django' not in sys.modules, 'Django was loaded'; sys.exit(code)"
        )
        environment = {k: v for k, v in empty.environment.items() if k != "DATABASE_URL"}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, input=b"", capture_output=True, check=False
        )
        assert done.returncode in {0, 1}, done.stderr.decode()
        assert b"Django was loaded" not in done.stderr
    assert not (empty.folder / "data").exists()


def test_help_is_quick(empty: Installation) -> None:
    def seconds() -> float:
        """Of the processor: what the neighbours do on this machine is not the command's doing."""
        begun = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert empty.run("--help").returncode == 0
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        return ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime

    assert min(seconds() for _ in range(5)) < QUICK


def test_help_speaks_both_languages_and_names_every_command(empty: Installation) -> None:
    said = empty.run("--help").stdout
    for name in COMMANDS:
        assert re.search(rf"^  {name}\b", said, re.MULTILINE), name
    assert "让企业的服务制度运转起来" in said


@pytest.mark.parametrize(
    "module",
    sorted(
        line.module
        for table in COMMANDS.values()
        for line in (table, *table.children.values())
        if line.module
    ),
)
def test_every_command_of_the_table_is_there_and_explains_itself_in_both_languages(module: str) -> None:
    command = import_module(f"goodword.doors.ops.commands.{module}").command
    assert command.help
    assert re.search(r"[一-鿿]", command.help), "a line in Chinese"


def test_lines_of_the_table_speak_both_languages() -> None:
    lines: list[Line] = [line for table in COMMANDS.values() for line in (table, *table.children.values())]
    assert all(line.en and re.search(r"[一-鿿]", line.zh) for line in lines)


def test_working_time_is_answered_line_by_line(empty: Installation) -> None:
    done = empty.run("worktime", "--batch", given=DUE + "nonsense\n")
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first == {"id": 2, "due": "2026-02-25T18:00:00+08:00", "provisional": False}
    assert second["id"] is None
    assert "error" in second


def test_messages_are_classified_and_compared_with_labels(empty: Installation) -> None:
    said = empty.run("language", "classify", given='{"id":7,"text":"设备坏了,马上派人来"}\n').stdout
    assert json.loads(said)["id"] == 7
    file = empty.folder / "labelled.jsonl"
    file.write_text(
        '{"id":"1","text":"设备坏了","content":"device","severity":"urgent","kind":"complaint"}\n'
    )
    assert json.loads(empty.run("language", "evaluate", str(file)).stdout)["rows"] == 1
    file.write_text("{")
    refused = empty.run("language", "evaluate", str(file))
    assert refused.returncode != 0
    assert "Traceback" not in refused.stderr


def test_settings_that_make_no_sense_are_named_in_a_sentence_each(empty: Installation) -> None:
    done = empty.run("migrate", GOODWORD_TIME_ZONE="Mars/Base", GOODWORD_WEB_THREADS="none")
    assert done.returncode == 2
    assert "GOODWORD_TIME_ZONE" in done.stderr
    assert "GOODWORD_WEB_THREADS" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_was_not_set_up_is_said_plainly(empty: Installation) -> None:
    for arguments in (["compliance"], ["worker", "--once"], ["journal", "verify"]):
        done = empty.run(*arguments)
        assert done.returncode == 2, arguments
        assert "goodword migrate" in done.stderr
        assert "Traceback" not in done.stderr


def test_migrating_again_changes_nothing(ready: Installation) -> None:
    assert ready.run("migrate").stdout == "the database is up to date\n"


def test_check_looks_at_the_settings_really_in_force(ready: Installation) -> None:
    done = ready.run("check", "--json")
    findings = {finding["about"]: finding for finding in json.loads(done.stdout)}
    assert [f for f in findings.values() if f["level"] == "wrong"] == []
    assert done.returncode == 0
    assert findings["calendar hotline"]["level"] == "ok"
    if "DATABASE_URL" not in ready.environment:
        for name in ("journal_mode", "synchronous", "transaction_mode", "timeout"):
            assert findings[f"SQLite {name}"]["level"] == "ok"


def test_check_finds_a_key_file_that_others_can_read(ready: Installation) -> None:
    keys = ready.folder / "data/keys.json"
    keys.chmod(0o644)
    try:
        done = ready.run("check")
    finally:
        keys.chmod(0o600)
    assert done.returncode == 1
    assert "✗ key file" in done.stdout


def test_check_shows_no_password(ready: Installation) -> None:
    done = ready.run("check", DATABASE_URL="postgresql://goodword:s3cretword@127.0.0.1:1/none")
    assert done.returncode == 1
    assert "cannot be reached" in done.stdout
    assert "s3cretword" not in done.stdout + done.stderr


def test_clauses_are_counted_where_there_is_a_database(ready: Installation, empty: Installation) -> None:
    ready.do(
        "from goodword.base.core import clock; from goodword.base.people.actors import SYSTEM\n"
        "from goodword.voice.cases.actions.receiving import Word, receive\n"
        "receive(Word(text='拉杆卡住收不回去', channel='hotline'), by=SYSTEM, at=clock.now())"
    )
    rows = {row["id"]: row for row in json.loads(ready.run("clauses", "--json").stdout)}
    assert len(rows) == 149
    assert (rows["FB-3.2a"]["started"], rows["FB-3.2a"]["open"], rows["FB-3.2a"]["met"]) == (1, 1, 0)
    assert rows["FB-3.2a"]["state"] == "bound"
    some = json.loads(ready.run("clauses", "--json", "--regulation", "fb").stdout)
    assert {row["id"].partition("-")[0] for row in some} == {"FB"}
    if "DATABASE_URL" not in empty.environment:
        assert json.loads(empty.run("clauses", "--json").stdout)[0]["started"] is None


def test_a_clause_that_names_code_which_is_not_there_is_broken() -> None:
    assert is_there("base.core.masks")
    assert is_there("base.core.masks.mask_text")
    assert is_there("base.people.actors.SYSTEM")
    assert not is_there("base.core.masks.no_such_name")
    assert not is_there("base.core.no_such_module")
    assert not is_there("base.no.such.package.at_all")


def test_what_is_said_to_be_there_can_be_imported() -> None:
    names = {name for clause in clauses(read_packs()).values() for name in clause.bound_by if is_there(name)}
    for dotted in sorted(names):
        try:
            import_module(f"goodword.{dotted}")
        except ModuleNotFoundError:
            module, _, name = dotted.rpartition(".")
            assert hasattr(import_module(f"goodword.{module}"), name)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status_of(url: str) -> int:
    """The status that answers there; 0 while nobody does."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        return refusal.code
    except OSError:
        return 0


def workers(place: Installation, until: float) -> list[int]:
    """The process ids of the workers that have worked, the first one first; waits for one."""
    ticked = (
        "from goodword.base.core.models import Heartbeat\n"
        "names = Heartbeat.objects.filter(ticked_at__isnull=False).order_by('pk').values_list('worker', flat=True)\n"
        "print(*(name.rpartition(':')[2] for name in names))"
    )
    while not (found := place.do(ticked).split()):
        assert time.monotonic() < until, "no worker has worked"
    return [int(number) for number in found]


def test_up_serves_and_works_raises_a_worker_that_was_killed_and_ends_when_told_to(
    ready: Installation,
) -> None:
    bind = f"127.0.0.1:{free_port()}"
    process = ready.start("up", "--no-demo", GOODWORD_BIND=bind)
    try:
        until = time.monotonic() + 60
        while status_of(f"http://{bind}/static/goodword/mark.svg") != 200:
            assert time.monotonic() < until
            time.sleep(0.05)
        again = ready.run("up", "--no-demo", GOODWORD_BIND=bind)
        assert again.returncode == 2
        assert bind in again.stderr
        first = workers(ready, until)
        os.kill(first[0], signal.SIGKILL)
        while len(workers(ready, until)) < 2:
            assert time.monotonic() < until, "a worker that fell was not started again"
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=30)
    assert code == 0
    assert status_of(f"http://{bind}/") == 0


def test_the_python_module_is_the_same_program(empty: Installation) -> None:
    assert os.access(sys.executable, os.X_OK)
    assert "Usage: goodword" in empty.run("--help").stdout
