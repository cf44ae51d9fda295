"""Programs that the walk runs, each with what it printed where it did not end as it should."""

import subprocess
import time
from pathlib import Path

from tests.docs.operators import guide

HOST = "www.klinikken.no"
SOURCE = Path("/walk/source")
ANSWERS = Path.home() / "answers.toml"
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


def as_told(line, *, fails=False, cwd=SOURCE, env=None, **given):
    """Type a line that stands in docs/operators.md; words in capitals stand for what is given by their names."""
    assert line in guide.lines(), f"docs/operators.md does not tell anyone to type: {line}"
    return sh("sh", "-euc", guide.filled_in(line, **given), fails=fails, cwd=cwd, env=env)


def blocks_as_told(heading, *, database="sqlite", **given):
    """Type what stands in blocks there under a heading; what PostgreSQL's user is told is for PostgreSQL alone."""
    for block in guide.blocks(guide.under(heading)):
        if not guide.is_file(block) and (database == "postgresql" or not block.startswith("su postgres")):
            sh("sh", "-euc", guide.filled_in(block, **given), cwd=SOURCE)


def install(**more):
    return as_told("deploy/install ~/answers.toml", **more)


def wait_for(what, question, patience=60):
    ends = time.monotonic() + patience
    while not question():
        assert time.monotonic() < ends, f"waited in vain for {what}"
        time.sleep(0.5)
