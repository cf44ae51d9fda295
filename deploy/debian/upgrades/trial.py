"""A release on trial: started beside the one that serves, asked as a visitor asks, and stopped again.

It listens where no visitor asks. So visitors and senders meet a release only after it was well.
"""

import os
import re
import shlex
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from deploy.debian import layout
from deploy.debian.answers import Refused
from deploy.debian.machine import identity
from deploy.debian.services import fault_of

TOLD = 8  # lines of what it printed before it ended


def fault_on_trial(code: Path, host: str, environment: Mapping[str, str]) -> str:
    """Return why a release does not serve, or "" when it does."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as printed:
        with _started(code, environment, printed) as (process, address):
            fault = fault_of(host, address, runs=lambda: process.poll() is None)
            ended = process.poll() is not None
        if fault and ended:
            printed.seek(0)
            fault = "\n".join(["it ends when it is started:", *printed.read().splitlines()[-TOLD:]])
    return fault


@contextmanager
def _started(
    code: Path, environment: Mapping[str, str], printed: IO[str]
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run the release's own web service as the site's user, at a free port, and end it with this process."""
    with socket.create_server(("127.0.0.1", 0)) as ear:
        port = ear.getsockname()[1]
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", *command(code), "--bind", f"fd://{ear.fileno()}"],
            cwd=code, pass_fds=[ear.fileno()], stdin=subprocess.DEVNULL, stdout=printed, stderr=printed,
            start_new_session=True, **identity(layout.USER, environment),
        )  # fmt: skip
    try:  # the socket is the release's alone by now: when it ends, asking is refused at once
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def command(code: Path) -> list[str]:
    """Return how the release's unit file starts it, from its own folder."""
    unit = (code / "deploy" / "debian" / "units" / layout.WEB).read_text(encoding="utf-8")
    found = re.search(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    if found is None:
        raise Refused(f"{layout.WEB} starts nothing.")
    return shlex.split(found[1].replace(str(layout.CURRENT), str(code)))
