"""`make run` says what is wrong in one sentence, and Ctrl-C stops everything it started."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests import building
from tests.conftest import ROOT, environment_of, free_port, run, wait_for

pytestmark = pytest.mark.xdist_group("start")


def start(data_dir: Path, port: int | str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "deploy/start.py"],
        cwd=ROOT,
        env=environment_of(data_dir) | {"PORT": str(port), "PYTHONIOENCODING": "ascii"},  # as in an old terminal
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_a_taken_port_is_named_and_nothing_is_left_behind(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        process = start(tmp_path / "data", port)
        printed, _nothing = process.communicate(timeout=30)
    assert process.returncode == 1
    assert f"Port {port} is taken" in printed
    assert "Traceback" not in printed


@pytest.mark.parametrize("port", ["abc", "0", "99999", "-1"])
def test_a_port_that_is_none_is_refused_in_one_sentence(tmp_path, port):
    process = start(tmp_path / "data", port)
    printed, _nothing = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "PORT must be a number from 1 to 65535" in printed
    assert "Traceback" not in printed


def test_the_address_is_said_when_the_site_can_be_opened_and_not_before(built_site, tmp_path):
    building.copy(built_site, tmp_path, "starter")
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", "from deploy import start; start.serve()"], cwd=ROOT,
        env=environment_of(tmp_path) | {"PORT": str(port)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    said = process.stdout.readline()
    with socket.socket() as visitor:
        answer = visitor.connect_ex(("127.0.0.1", port))
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=40)
    assert f"http://127.0.0.1:{port}/" in said
    assert answer == 0


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    process = start(tmp_path / "file" / "data", free_port())
    printed, _nothing = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "Cannot write to the data folder" in printed
    assert "Traceback" not in printed


@pytest.mark.proof("starts")
def test_a_fresh_site_starts_prints_its_login_and_stops_whole(built_site, tmp_path):
    """Its tables and static files are there, which take most of a first start; the next test makes them too."""
    building.copy(built_site, tmp_path, "empty")
    (tmp_path / "static").unlink()
    shutil.copytree(built_site / "static", tmp_path / "static", copy_function=os.link)
    assert "password:" in started_and_stopped(tmp_path)
    assert "password:" not in run(["manage.py", "setup_site"], environment_of(tmp_path))


@pytest.mark.proof("starts")
def test_a_start_makes_everything_from_nothing_and_prints_its_login_once(tmp_path):
    assert "password:" in started_and_stopped(tmp_path)
    assert "password:" not in started_and_stopped(tmp_path)


def started_and_stopped(data_dir: Path) -> str:
    """Start a site, wait for its form, stop it whole, and return what it printed: no word of the paper."""
    port = free_port()
    process = start(data_dir, port)
    try:
        wait_for(f"http://127.0.0.1:{port}/kontakt/", patience=180)  # everything is made first
    except AssertionError:
        process.terminate()
        raise
    children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True)
    assert children.stdout.split()
    process.send_signal(signal.SIGINT)
    printed, _nothing = process.communicate(timeout=40)
    assert process.returncode == 0
    paper = (data_dir / "keys" / "recovery-paper.txt").read_text()
    assert not any(line and line in printed for line in paper.splitlines() if "-" in line)
    for pid in map(int, children.stdout.split()):
        assert not alive(pid)
    return printed


def test_nothing_is_left_running_when_the_output_is_closed(built_site, tmp_path):
    """A closed terminal: the line printed after the start fails, and the site must not run on unseen."""
    building.copy(built_site, tmp_path, "starter")
    with (tmp_path / "errors").open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", "from deploy import start; start.serve()"], cwd=ROOT,
            env=environment_of(tmp_path) | {"PORT": str(free_port())}, stdout=subprocess.PIPE, stderr=errors,
        )  # fmt: skip
    process.stdout.close()
    process.wait(timeout=60)
    assert "BrokenPipeError" in (tmp_path / "errors").read_text()
    left = running_on(tmp_path)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert left == []


def running_on(data_dir: Path) -> list[int]:
    """Return every process whose environment points at this folder."""
    marker, found = f"DATA_DIR={data_dir}\0".encode(), []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if marker in (process / "environ").read_bytes():
                found.append(int(process.name))
    return found


def alive(pid: int) -> bool:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    return True


@pytest.mark.parametrize(("stamp", "is_remade"), [("{now}", False), ("3.10", True), ("", True)])
def test_packages_are_installed_anew_when_the_environment_has_another_python(tmp_path, stamp, is_remade):
    """The stamp names the Python that the packages were installed for."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    now = "{}.{}".format(*sys.version_info)
    (tmp_path / "runtime").write_text(stamp.format(now=now))
    done = subprocess.run(
        ["make", "--dry-run", f"VENV={tmp_path}", tmp_path / "runtime"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert ("install.sh" in done.stdout) is is_remade


def test_an_environment_whose_python_has_no_pip_any_more_is_made_anew(tmp_path):
    """A stand-in for the system's newer Python: it is asked to make the environment, and fails at that."""
    venv, python = tmp_path / "venv", tmp_path / "python"
    (venv / "bin").mkdir(parents=True)
    for name, does in {"pip": "exit 0", "python": "exit 1"}.items():
        (venv / "bin" / name).write_text(f"#!/bin/sh\n{does}\n")
        (venv / "bin" / name).chmod(0o755)
    python.write_text('#!/bin/sh\ncase "$*" in *venv*) echo "asked: $*"; exit 3;; esac\nexit 0\n')
    python.chmod(0o755)
    done = subprocess.run(
        ["sh", ROOT / "deploy" / "install.sh", venv, ROOT / "requirements" / "runtime.txt"],
        env={**os.environ, "PYTHON": str(python)}, cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 3
    assert f"asked: -m venv --clear {venv}" in done.stdout


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [("ensurepip", "install the package python3-venv"), ("version", "Python 3.11 or newer is needed")],
)
def test_what_python_lacks_is_named(tmp_path, missing, sentence):
    """A stand-in for a Python without the part: it answers as that Python would."""
    python = tmp_path / "python"
    python.write_text(
        "#!/bin/sh\n"
        f'case "$*" in *import*ensurepip*) [ {missing} = ensurepip ] && exit 1;; '
        f"*version_info*) [ {missing} = version ] && exit 1;; esac\nexit 0\n"
    )
    python.chmod(0o755)
    done = subprocess.run(
        ["sh", ROOT / "deploy" / "install.sh", tmp_path / "venv", ROOT / "requirements" / "runtime.txt"],
        env={**os.environ, "PYTHON": str(python)}, cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert sentence in done.stderr


def test_a_command_whose_reader_has_left_ends_without_a_traceback(tmp_path):
    """What `manage.py … | head -1` meets."""
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**os.environ, "MODE": "demo", "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "manage.py", "help"], cwd=ROOT, env=environment, stdout=writing, stderr=subprocess.PIPE
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")
