"""A parse in the confined child ends as an answer or as a sentence, and the parent lives."""

from __future__ import annotations

import os
import resource
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from tests.base.documents import hogs

from goodword.base.documents import warm
from goodword.base.documents.limited import Limits, ParseFailed, run

MEGABYTE = 1024 * 1024


def failure(function, *, limits: Limits | None = None, **arguments: object) -> ParseFailed:
    with pytest.raises(ParseFailed) as caught:
        run(function, b"", limits=limits, **arguments)
    assert caught.value.reason_zh
    assert caught.value.reason_en
    return caught.value


def test_bytes_and_a_path_reach_the_function_with_its_arguments(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("好口碑", "utf-8")
    assert run(hogs.echo, "好口碑".encode(), word="w") == [["好口碑", "w"]]
    assert run(hogs.echo, tmp_path / "file") == [["好口碑", ""]]


def test_the_memory_limit_really_hits_at_its_figure() -> None:
    assert run(hogs.eat_memory, b"", megabytes=400) == [400 * MEGABYTE]
    assert failure(hogs.eat_memory, megabytes=520).kind == "memory"


def test_the_memory_of_the_child_is_not_the_parents() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    failure(hogs.eat_memory, megabytes=520)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_a_loop_is_stopped_by_its_cpu_time() -> None:
    assert failure(hogs.spin, limits=replace(Limits(), cpu_for=1)).kind == "cpu"


def test_a_sleeper_is_stopped_by_the_wall_clock() -> None:
    began = time.monotonic()
    assert failure(hogs.sleep, limits=replace(Limits(), wall_for=0.7)).kind == "wall"
    assert time.monotonic() - began < 3


def test_a_crash_and_an_unknown_error_say_no_value_of_the_file() -> None:
    assert failure(hogs.crash).kind == "crash"
    unknown = failure(hogs.raise_it)
    assert (unknown.kind, unknown.detail) == ("crash", "KeyError")
    assert "张测试" not in unknown.reason_zh + unknown.reason_en + str(unknown)


def test_a_flood_of_answers_is_stopped() -> None:
    assert failure(hogs.flood, limits=replace(Limits(), output_bytes=MEGABYTE)).kind == "output"


def test_what_a_library_prints_is_no_answer() -> None:
    assert run(hogs.chatter, b"") == ["answer"]


def test_the_child_holds_neither_django_nor_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOODWORD_SECRET_KEY", "canary")
    warm.forget()
    ours = os.open(os.devnull, os.O_RDONLY)
    os.set_inheritable(ours, True)
    [around] = run(hogs.surroundings, b"")
    os.close(ours)
    assert around["django"] == []
    assert "canary" not in str(around["env"])
    assert around["open"] == 5, "in, out, errors, its answers, and the folder that is being listed"


def test_a_warm_process_that_died_or_whose_child_was_broken_is_replaced() -> None:
    def parent() -> int:
        return int(run(hogs.surroundings, b"")[0]["warm"])

    first = parent()
    assert failure(hogs.raise_it).kind == "crash"
    assert parent() == first, "a mail that cannot be read costs nothing"
    failure(hogs.crash)
    second = parent()
    assert second != first
    os.kill(second, signal.SIGKILL)
    assert parent() != second


def test_a_fork_of_ours_has_a_warm_process_of_its_own() -> None:
    [around] = run(hogs.surroundings, b"")
    pid = os.fork()
    if pid == 0:
        there = run(hogs.surroundings, b"")[0]["warm"]
        os._exit(0 if there != around["warm"] else 1)
    assert os.waitpid(pid, 0)[1] == 0
    assert run(hogs.surroundings, b"")[0]["warm"] == around["warm"]


def test_the_child_writes_no_file(tmp_path: Path) -> None:
    failure(hogs.write_file, path=str(tmp_path / "out"))
    assert (tmp_path / "out").stat().st_size <= 64 * 1024


def test_eight_threads_may_parse_at_once() -> None:
    answers: list[object] = []
    threads = [
        threading.Thread(target=lambda n=n: answers.append(run(hogs.echo, b"x", word=str(n))))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [[["x", str(n)]] for n in range(8)]


def test_no_child_and_no_descriptor_is_left_behind() -> None:
    def open_files() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    if not Path("/proc/self/fd").exists():
        pytest.skip("no /proc here")
    failure(hogs.raise_it)  # so that a warm process is there
    before = open_files()
    for _ in range(3):
        failure(hogs.crash)
        failure(hogs.sleep, limits=replace(Limits(), wall_for=0.3))
    assert open_files() == before
