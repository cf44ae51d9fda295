"""Ask whether a locked package has a known fault: `make audit`, once a week, before a release, and in `.ci/run`.

usage: audit.py PIP_AUDIT [OPTION …] – ends with status 0 when none has one, 1 when one has, and 3 when the
database of faults could not be asked. What was not checked never looks like what is well.
"""

import json
import subprocess
import sys

FAULTS, NOT_CHECKED = 1, 3
PATIENCE = 120  # seconds: a network that drops what is asked must not hold `.ci/run`
LOCKED = ("requirements/runtime.txt", "requirements/dev.txt")


def main(pip_audit: str, *options: str) -> int:
    """Print one line for each fault, or what could not be asked; return the status."""
    wanted = [word for file in LOCKED for word in ("--requirement", file)]
    command = [pip_audit, "--strict", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
    try:
        done = subprocess.run(
            [*command, *wanted, *options], capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        found = json.loads(done.stdout)["dependencies"]
    except (OSError, ValueError, KeyError, subprocess.TimeoutExpired):
        print("NOT CHECKED for known faults: the database of faults did not answer, or pip-audit is not here.")
        return NOT_CHECKED
    faults = [
        (one["name"], one["version"], fault["id"], fault["fix_versions"])
        for one in found
        for fault in one["vulns"]
    ]
    for name, version, fault, mended in faults:
        print(f"{name} {version}: {fault}. Mended in: {', '.join(mended) or 'no version yet'}")
    print(f"Checked for known faults: {len(found)} packages, {len(faults)} faults.")
    return FAULTS if faults or done.returncode else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
