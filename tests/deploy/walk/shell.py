"""Programs that the walk runs, each with what it printed where it did not end as it should."""

import subprocess
import time
from pathlib import Path

HOST = "www.klinikken.no"
SOURCE = Path("/walk/source")
ANSWERS = Path("/walk/answers.toml")
SITE = "/usr/local/sbin/mestringshusene"
STATE = Path("/var/lib/mestringshusene")
CONFIGURATION = Path("/etc/mestringshusene")
BEGAN = time.monotonic()


def step(name):
    print(f"{time.monotonic() - BEGAN:6.0f} s  {name}", flush=True)


def sh(*command, fails=False, **more):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **more)
    said = done.stdout + done.stderr
    assert bool(done.returncode) == fails, f"{command} ended with {done.returncode}:\n{said}"
    return said


def site(*arguments, **more):
    return sh(SITE, *arguments, **more)


def in_django(statements):
    return site("shell", "--no-imports", "-c", statements)


def install(**more):
    return sh(SOURCE / "deploy/install", ANSWERS, **more)


def wait_for(what, question, patience=60):
    ends = time.monotonic() + patience
    while not question():
        assert time.monotonic() < ends, f"waited in vain for {what}"
        time.sleep(0.5)
