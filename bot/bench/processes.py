"""Servers under measurement: started, asked until they answer, weighed and stopped."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.bench.client import Client
from bot.bench.load import FAILED, Say

LONGEST_START = 300.0
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextmanager
def running(
    command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process of its own session, stopped with all its children at the end; what it prints goes to ``log``."""
    with log.open("ab") as out:
        process = subprocess.Popen(  # noqa: S603 - our own commands
            [sys.executable, *command], stdout=out, stderr=out, cwd=cwd, start_new_session=True,
            env={**os.environ, **QUIET, **(environment or {})},
        )  # fmt: skip
        try:
            yield process
        finally:
            for number in (signal.SIGTERM, signal.SIGKILL):
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, number)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(15)
                    break


def timed(command: Sequence[str], log: Path, environment: Mapping[str, str], cwd: Path) -> dict[str, float]:
    """Seconds on the clock and of the processors until the command ends. Raises RuntimeError when it fails."""
    begin, before = time.perf_counter(), _spent_by_children()
    with running(command, log, environment, cwd) as process:
        if process.wait():
            last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
            raise RuntimeError(f"{' '.join(command[-3:])} failed: {' '.join(last)}")
    return {"wall_seconds": time.perf_counter() - begin, "cpu_seconds": _spent_by_children() - before}


def _spent_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@dataclass(frozen=True)
class Processes:
    """A server with its workers."""

    pid: int

    def megabytes(self) -> float:
        """Resident, of the heaviest of them."""
        return max((_resident(pid) for pid in self._all()), default=0.0)

    def cpu_seconds(self) -> float:
        return sum(_spent(pid) for pid in self._all())

    def _all(self) -> list[int]:
        return [self.pid, *children(self.pid)]


def children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    return []


def _resident(pid: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _spent(pid: int) -> float:
    with suppress(OSError):
        after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def busy_seconds() -> float:
    """Processor seconds spent on this machine since it was started, whoever spent them."""
    user, nice, system, _idle, _waiting, irq, softirq = Path("/proc/stat").read_text(encoding="ascii").split()[1:8]
    return sum(map(int, (user, nice, system, irq, softirq))) / os.sysconf("SC_CLK_TCK")


@contextmanager
def talking_to_coach(port: int) -> Iterator[Say]:
    with closing(Client(port, "/turn")) as client:

        async def say(conversation: str, text: str, message_id: str) -> str:
            answer = await client.post({"conversation": conversation, "text": text, "message_id": message_id})
            return str(answer["replies"][0]["text"])

        yield say


@contextmanager
def talking_to_rasa(port: int) -> Iterator[Say]:
    with closing(Client(port, "/webhooks/rest/webhook")) as client:

        async def say(conversation: str, text: str, message_id: str) -> str:
            answer = await client.post({"sender": conversation, "message": text})
            if not answer:
                raise RuntimeError("no answer")
            return str(answer[0]["text"])

        yield say


async def first_answer(say: Say, process: subprocess.Popen[bytes], line: str) -> float:
    """Seconds until the first answer. Raises RuntimeError when the process ends before."""
    begin = time.perf_counter()
    while time.perf_counter() - begin < LONGEST_START:
        if process.poll() is not None:
            break
        with suppress(*FAILED, KeyError):
            await say("bench:first", line, f"first-{time.monotonic_ns()}")
            return time.perf_counter() - begin
        await asyncio.sleep(0.2)
    raise RuntimeError(f"The server under measurement did not start: {process.args!r}.")
