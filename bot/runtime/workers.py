"""Several worker processes behind one listening socket, each started anew when it dies."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress

import click

from bot.runtime.settings import Settings

log = logging.getLogger(__name__)

SOON = 10.0
"""Seconds within which a death means that the worker cannot start."""
PATIENCE = 5
"""Deaths of that kind in a row, for each worker, after which all is given up."""
PR_SET_PDEATHSIG = 1


def objection(settings: Settings) -> str:
    """Why more than one worker will not do with these settings, in a sentence; empty when it will."""
    if settings.database_url.startswith("sqlite"):
        return "More than one worker needs PostgreSQL: set COACH_DATABASE_URL to its address, or start one worker."
    if not settings.redis_url:
        return "More than one worker needs Redis for the conversation locks: set COACH_REDIS_URL, or start one worker."
    return ""


def listen(host: str, port: int) -> socket.socket:
    """Raises OSError when the address is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((host, port))
    return sock


def supervise(count: int, work: Callable[[], None]) -> None:
    """Runs ``work`` in ``count`` processes until SIGTERM or SIGINT, which are passed on and waited for.

    They share what the caller has opened, such as the listening socket: whoever is free takes the next connection. The
    caller must not have started threads or loaded the model. Raises RuntimeError when workers keep dying at once.
    """
    started: dict[int, float] = {}
    stopping = False
    quick = 0

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True
        for pid in started:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        for _ in range(count):
            started[_start(work)] = time.monotonic()
        while started:
            pid, status = os.wait()
            lived = time.monotonic() - started.pop(pid)
            if stopping:
                continue
            log.error("worker %d ended with %d after %.0f s", pid, os.waitstatus_to_exitcode(status), lived)
            quick = quick + 1 if lived < SOON else 0
            if quick >= PATIENCE * count:
                stop()
                continue
            time.sleep(min(quick, 5))
            if not stopping:
                started[_start(work)] = time.monotonic()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if quick >= PATIENCE * count:
        raise RuntimeError("The workers die as soon as they start; the lines above say why.")


def _start(work: Callable[[], None]) -> int:
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        _die_with(parent)
        work()
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 1
    except click.ClickException as error:
        error.show()
    except BaseException:
        log.exception("worker failed")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _die_with(parent: int) -> None:
    """A worker whose supervisor was killed must not go on unseen (Linux; elsewhere it does)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        raise SystemExit(1)
