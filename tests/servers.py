"""Servers that tests need: found on the machine and started for the run, on free ports and in a folder of their own."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def missing(what: str) -> NoReturn:
    """In CI a missing server is a failure; elsewhere its tests are skipped, with what to install."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not on this machine; the tests that need it must run in CI.")
    pytest.skip(f"{what} is not on this machine; install it to run these tests.")


def _binaries() -> Path | None:
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name), default=None)


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL cluster of the tests' own; yields the SQLAlchemy address of an empty database."""
    binaries = _binaries()
    if binaries is None:
        missing("PostgreSQL (Debian's package postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="coach-pg-"))
    data, port = folder / "data", free_port()
    # The server refuses to run as root; Debian's package brings a user for it.
    run_as: dict[str, object] = {}
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        run_as = {"user": owner.pw_uid, "group": owner.pw_gid, "cwd": folder}

    def run(name: str, *arguments: str) -> None:
        command = [str(binaries / name), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **run_as)  # type: ignore[call-overload]

    run("initdb", "-D", str(data), "-U", "coach", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql+psycopg2://coach@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
