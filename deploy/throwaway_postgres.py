"""A PostgreSQL cluster for one command: `throwaway_postgres.py COMMAND …` finds it in TEST_DATABASE_URL.

It lies in a folder of its own, listens on loopback only, and is stopped and removed when the command ends, however
it ends. PostgreSQL refuses to run as root; then an ordinary user of the machine runs it.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NEEDED = ("initdb", "pg_isready", "postgres")
MISSING = (
    "PostgreSQL's programs (initdb, pg_isready, postgres) were not found in PATH or /usr/lib/postgresql/*/bin.\n"
    "Install them, on Debian and Ubuntu with: apt-get install postgresql"
)
# Nothing in it outlives the command: it need not wait for the disk, write for a replica or tidy its tables.
SHORT_LIVED = (
    "fsync=off", "full_page_writes=off", "synchronous_commit=off", "wal_level=minimal", "max_wal_senders=0",
    "autovacuum=off", "jit=off",
)  # fmt: skip


@dataclass
class Cluster:
    """A cluster of this machine; `stop` and `start` are for tests of what happens when it is away."""

    programs: Path
    folder: Path
    port: int
    options: tuple[str, ...]
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgres://site@127.0.0.1:{self.port}/postgres"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def start(self) -> None:
        where = ["-h", "127.0.0.1", "-p", str(self.port)]
        settings = [part for one in self.options for part in ("-c", one)]
        with self.log.open("ab") as log:
            # A session of its own: the terminal's Ctrl-C must not reach it before those who use it have ended.
            self.process = process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.folder / "data", "-k", self.folder, *where, *settings],
                stdout=log, stderr=log, cwd=self.folder, start_new_session=True, **ordinary_user(),
            )  # fmt: skip
        deadline = time.monotonic() + 60
        while subprocess.run([self.programs / "pg_isready", "-q", *where], check=False).returncode:
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"PostgreSQL did not start:\n{self.log.read_text(encoding='utf-8', errors='replace')}")
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT ends its connections, SIGQUIT leaves it as after a crash."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(timeout=30)


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest where there are several."""
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    folders = sorted(installed, key=lambda path: float(path.parent.name), reverse=True)
    if in_path := shutil.which("postgres"):
        folders.insert(0, Path(in_path).resolve().parent)
    return next((folder for folder in folders if all((folder / name).exists() for name in NEEDED)), None)


def ordinary_user() -> dict[str, Any]:
    """Return the options that run a process under another account than root."""
    if os.geteuid():
        return {}
    names = {one.pw_name: one for one in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def free_port() -> int:
    """Return a port on which no program listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cluster(*options: str) -> Iterator[Cluster]:
    """Run a new cluster with these settings while the block runs."""
    found = programs()
    if found is None:
        sys.exit(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    made = Cluster(found, folder, free_port(), options)
    try:
        user = ordinary_user()
        if user:
            os.chown(folder, user["user"], user["group"])
        subprocess.run(
            [found / "initdb", "-D", folder / "data", "-U", "site", "-A", "trust", "-E", "UTF8",
             "--locale", "C.UTF-8", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd=folder, **user,
        )  # fmt: skip
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run the command beside a cluster; return its exit status."""
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda *_: sys.exit(143))
    with cluster(*SHORT_LIVED) as made:
        environment = os.environ | {"TEST_DATABASE_URL": made.url}
        process = subprocess.Popen(command, env=environment)
        try:
            return process.wait()
        except KeyboardInterrupt:  # the terminal has told the command too
            return process.wait()
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(timeout=60)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
