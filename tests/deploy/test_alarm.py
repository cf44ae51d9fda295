"""A service that ends again and again is told of, at a real service manager: the machine's own, in a namespace."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from deploy.debian import layout
from tests.deploy.test_units import LONG_RUNNING, UNITS

SYSTEMD = Path("/usr/lib/systemd/systemd")
# Everything that the shipped files say but for what needs the whole machine; each service ends as it starts.
LEFT_OUT = """
[Unit]
DefaultDependencies=no
[Service]
User=
Group=
EnvironmentFile=
LoadCredential=
WorkingDirectory=/
ProtectSystem=no
ReadWritePaths=
InaccessiblePaths=
ProtectHome=no
PrivateTmp=no
PrivateDevices=no
PrivateUsers=no
ProtectHostname=no
ProtectClock=no
ProtectProc=default
ProcSubset=all
DevicePolicy=auto
ExecStart=
ExecStart=/bin/sh -c 'echo {} %n %i >>{}; sleep 0.3; exit {}'
"""
BEGIN = """
mount --make-rprivate / && mount -t proc proc /proc
for folder in /run /etc/systemd/system /usr/lib/systemd/system-generators; do mount -t tmpfs tmpfs $folder; done
cp -r "$1"/* /etc/systemd/system/
exec env container=test "$2" --system --unit=trial.target
"""


@pytest.mark.proof("starts")
@pytest.mark.skipif(
    not SYSTEMD.exists() or os.geteuid() or shutil.which("unshare") is None, reason="needs systemd"
)
def test_a_service_that_ends_at_each_start_is_told_of_once(tmp_path):
    units, told = tmp_path / "units", tmp_path / "told"
    units.mkdir()
    for name in (*LONG_RUNNING, layout.SOCKET, "mestringshusene-alarm@.service"):
        shutil.copy(UNITS / name, units)
        (units / f"{name}.d").mkdir()
        is_alarm, unit_part = "alarm" in name, LEFT_OUT.partition("[Service]")[0]
        text = LEFT_OUT.format("told" if is_alarm else "started", told, int(not is_alarm))
        (units / f"{name}.d" / "trial.conf").write_text(unit_part if name == layout.SOCKET else text)
    (units / "trial.target").write_text(f"[Unit]\nDefaultDependencies=no\nWants={' '.join(LONG_RUNNING)}\n")
    alone = ["unshare", "--fork", "--mount", "--pid", "--kill-child"]
    with pytest.raises(subprocess.TimeoutExpired):
        subprocess.run([*alone, "sh", "-c", BEGIN, "sh", str(units), str(SYSTEMD)], timeout=14, check=False)
    said = told.read_text().splitlines()
    for name in LONG_RUNNING:
        assert sum(line.startswith(f"started {name}") for line in said) >= 2
        assert sum(line.startswith("told") and line.endswith(f" {name}") for line in said) == 1
