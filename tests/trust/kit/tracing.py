"""A child process whose writing system calls are seen one by one, and which can be killed before any of them.

Pure Python on Linux's ptrace: nothing to compile, nothing to install. Threads and children of the child are followed.
A filter (seccomp) stops it at writing calls only, so that being watched costs little.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

TRACEME, CONT, SYSCALL, SETOPTIONS, GET_SYSCALL_INFO = 0, 7, 24, 0x4200, 0x420E
SYSGOOD, FORK, VFORK, CLONE, EXEC, SECCOMP, EXITKILL = 0x1, 0x2, 0x4, 0x8, 0x10, 0x80, 0x100000
FOLLOW = SYSGOOD | FORK | VFORK | CLONE | EXEC | SECCOMP | EXITKILL
AT_A_CALL = 7  # PTRACE_EVENT_SECCOMP
ALL_CHILDREN = 0x40000000  # __WALL: threads too
NO_NEW_PRIVILEGES, SET_SECCOMP, BY_FILTER = 38, 22, 2
LOAD_NUMBER, IF_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, STOP = 0x7FFF0000, 0x7FF00000

NUMBERS = {
    "x86_64": (
        "write 1 pwrite64 18 writev 20 pwritev 296 pwritev2 328 fsync 74 fdatasync 75 ftruncate 77 fallocate 285 "
        "msync 26 sendto 44 sendmsg 46 sendmmsg 307 open 2 creat 85 openat 257 rename 82 renameat 264 renameat2 316 "
        "link 86 linkat 265 unlink 87 unlinkat 263 mkdir 83 mkdirat 258 sendfile 40 copy_file_range 326"
    ),
    "aarch64": (
        "write 64 pwrite64 68 writev 66 pwritev 70 pwritev2 287 fsync 82 fdatasync 83 ftruncate 46 fallocate 47 "
        "msync 227 sendto 206 sendmsg 211 sendmmsg 269 openat 56 renameat 38 renameat2 276 linkat 37 unlinkat 35 "
        "mkdirat 34 sendfile 71 copy_file_range 285"
    ),
}


class _Info(ctypes.Structure):
    """struct ptrace_syscall_info, as far as it is looked at; `values`: number and arguments, or the result."""

    _fields_ = (
        ("op", ctypes.c_uint8),
        ("pad", ctypes.c_uint8 * 3),
        ("arch", ctypes.c_uint32),
        ("ip", ctypes.c_uint64),
        ("sp", ctypes.c_uint64),
        ("values", ctypes.c_uint64 * 8),
    )


class _Rule(ctypes.Structure):
    """struct sock_filter."""

    _fields_ = (
        ("code", ctypes.c_uint16),
        ("jt", ctypes.c_uint8),
        ("jf", ctypes.c_uint8),
        ("k", ctypes.c_uint32),
    )


class _Rules(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_uint16), ("rules", ctypes.POINTER(_Rule)))


def _numbers() -> dict[int, str]:
    words = NUMBERS.get(platform.machine(), "").split()
    return {int(number): name for name, number in zip(words[::2], words[1::2], strict=True)}


CALLS = _numbers()
_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
_libc.ptrace.restype = ctypes.c_long


def _ptrace(request: int, pid: int, address: int = 0, data: int = 0) -> int:
    done: int = _libc.ptrace(request, pid, address, data)
    if done < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return done


def _stop_at_writing_calls() -> None:
    """Have the kernel stop this process, and all it starts, at the calls in CALLS."""
    count = len(CALLS)
    rules = [_Rule(LOAD_NUMBER, 0, 0, 0)]
    rules += [_Rule(IF_EQUAL, count - place, 0, number) for place, number in enumerate(CALLS)]
    rules += [_Rule(RETURN, 0, 0, ALLOW), _Rule(RETURN, 0, 0, STOP)]
    program = _Rules(len(rules), (_Rule * len(rules))(*rules))
    for option, value, pointer in (
        (NO_NEW_PRIVILEGES, 1, 0),
        (SET_SECCOMP, BY_FILTER, ctypes.addressof(program)),
    ):
        if _libc.prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(pointer), 0, 0):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))


@dataclass(slots=True)
class Call:
    """One writing system call of thread `pid`. result: None before it is done; negative for an error."""

    pid: int
    name: str
    arguments: tuple[int, ...]
    result: int | None = None

    def path(self, which: int = 0) -> str:
        """The file behind the descriptor that is argument number `which`."""
        with suppress(OSError):
            return str(Path(f"/proc/{self.pid}/fd/{self.arguments[which]}").readlink())
        return ""

    def memory(self, address: int, length: int) -> bytes:
        """Bytes of the child's memory."""
        handle = os.open(f"/proc/{self.pid}/mem", os.O_RDONLY)
        try:
            return os.pread(handle, length, address)
        finally:
            os.close(handle)

    @property
    def writes(self) -> bool:
        """Whether it writes: opening a file does when it may make or empty one."""
        if self.name in ("open", "openat"):
            flags = self.arguments[1 if self.name == "open" else 2]
            return bool(flags & (os.O_CREAT | os.O_TRUNC))
        return True


See = Callable[[Call], bool]
"""Called before a writing call (`result` None) and after it; False before it: the process dies here and now."""


def why_not() -> str:
    """Why processes cannot be traced here; empty when they can."""
    if sys.platform != "linux" or not CALLS:
        return f"system calls are not known on {sys.platform} {platform.machine()}"
    try:
        code = traced(lambda: os.close(os.open("/dev/null", os.O_WRONLY | os.O_CREAT)), lambda _: True)
    except OSError as problem:
        return f"this process may not trace another one: {problem}"
    return "" if code == 0 else "tracing another process does not work here"


def traced(act: Callable[[], object], see: See, *, results: bool = False) -> int:
    """Run `act` in a forked child, show `see` its writing calls; its exit code, -9 when it was killed.

    results: show each call a second time, once it is done, with its result.
    """
    child = os.fork()
    if not child:
        _be_traced(act)
    return _Watch(child, see, results=results).to_its_end()


def _be_traced(act: Callable[[], object]) -> None:
    code = 1
    try:
        _ptrace(TRACEME, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        _stop_at_writing_calls()
        act()
        code = 0
    except Exception:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)


class _Watch:
    """Follows one process, its threads and its children until all have ended."""

    def __init__(self, leader: int, see: See, *, results: bool) -> None:
        self.leader, self.see, self.results = leader, see, results
        self.alive = {leader}
        self.begun: dict[int, Call] = {}
        self.code = 0
        self.dying = False
        self.info = _Info()

    def to_its_end(self) -> int:
        _, status = os.waitpid(self.leader, ALL_CHILDREN)
        if not os.WIFSTOPPED(status):
            raise OSError(f"the child ended before it was traced: {status}")
        _ptrace(SETOPTIONS, self.leader, 0, FOLLOW)
        self._go_on(self.leader)
        while self.alive:
            pid, status = os.waitpid(-1, ALL_CHILDREN)
            if os.WIFSTOPPED(status):
                self._stopped(pid, status)
            else:
                self.alive.discard(pid)
                if pid == self.leader:
                    self.code = os.waitstatus_to_exitcode(status)
        return self.code

    def _stopped(self, pid: int, status: int) -> None:
        self.alive.add(pid)
        number, event = os.WSTOPSIG(status), status >> 16
        if event == AT_A_CALL and not self.dying:
            self._begin(pid)
        elif number == signal.SIGTRAP | 0x80 and not self.dying:
            self._end(pid)
        elif self.dying:
            self._kill()
        else:
            self._go_on(pid, number=0 if event or number in (signal.SIGSTOP, signal.SIGTRAP) else number)

    def _begin(self, pid: int) -> None:
        """Before a call: show it, and let the process do it or die."""
        self._read(pid)
        call = Call(pid, CALLS[self.info.values[0]], tuple(self.info.values[1:7]))
        if not call.writes:
            self._go_on(pid)
        elif self.see(call):
            self.begun[pid] = call
            self._go_on(pid, how=SYSCALL if self.results else CONT)
        else:
            self.dying = True
            self._kill()

    def _end(self, pid: int) -> None:
        """After a call: show what came of it."""
        self._read(pid)
        if call := self.begun.pop(pid, None):
            call.result = ctypes.c_int64(self.info.values[0]).value
            self.see(call)
        self._go_on(pid)

    def _read(self, pid: int) -> None:
        _ptrace(GET_SYSCALL_INFO, pid, ctypes.sizeof(self.info), ctypes.addressof(self.info))

    def _go_on(self, pid: int, *, how: int = CONT, number: int = 0) -> None:
        with suppress(ProcessLookupError):
            _ptrace(how, pid, 0, number)

    def _kill(self) -> None:
        for pid in self.alive:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
