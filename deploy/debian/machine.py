"""The machine: programs run as one of its users, files written whole with their owner and rights.

Root itself writes in folders of its own alone. In the site's folders a program does it, run as the site's user: an
intruder who is that user could plant a link there, which root would follow.
"""

import os
import pwd
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deploy.debian import layout
from deploy.debian.answers import Refused


def run(
    *command: str | Path,
    user: str = "root",
    environment: Mapping[str, str] | None = None,
    cwd: str = "/",
    readable: bool = False,
    stdin: str | None = None,
) -> str:
    """Run a program and return what it printed. Raises Refused, with its last lines, when it fails.

    Others on the machine can read what it makes only when the caller says so.
    """
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd, input=stdin, capture_output=True, text=True, check=False,
        **identity(user, environment or {}, readable=readable),
    )  # fmt: skip
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise Refused(f"{' '.join(map(str, command[:4]))} failed:\n{said}")
    return done.stdout


def identity(user: str, environment: Mapping[str, str], *, readable: bool = False) -> dict[str, Any]:
    """Return what lets `subprocess` run a program as this user, knowing no more of root than it needs."""
    entry = pwd.getpwnam(user)
    clean = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
    handed = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "http", "https"))}
    told: dict[str, Any] = {
        "env": clean | handed | {"HOME": entry.pw_dir, "USER": user, **environment},
        "umask": 0o022 if readable else 0o077,
    }
    if entry.pw_uid != os.geteuid():
        told |= {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    return told


def manage(*arguments: str, environment: Mapping[str, str], code: Path = layout.CURRENT) -> str:
    """Run a management command of a release as the site's user."""
    return run(
        code / ".venv/bin/python",
        "manage.py",
        *arguments,
        user=layout.USER,
        environment=environment,
        cwd=str(code),
    )


def folder(path: Path, owner: str = "root", mode: int = 0o755) -> None:
    """Make a folder, and give it owner and rights also where it was there."""
    path.mkdir(parents=True, exist_ok=True)
    _own(path, owner)
    path.chmod(mode)


def write(path: Path, text: str, mode: int = 0o644) -> bool:
    """Write a file of root's whole, never readable by others meanwhile; return whether that changed it."""
    before = path.read_text(encoding="utf-8") if path.exists() else None
    beside = path.with_name(f".{path.name}.new")
    beside.touch(mode=0o600)
    beside.write_text(text, encoding="utf-8")
    _own(beside, "root")
    beside.chmod(mode)
    beside.replace(path)
    return before != text


def make_user(name: str, group: str = "") -> None:
    """Make a user of the machine that cannot log in, with a group of its own or of a group that is there."""
    try:
        pwd.getpwnam(name)
    except KeyError:
        belongs = ("--no-user-group", "--gid", group) if group else ("--user-group",)
        run("useradd", "--system", "--home-dir", layout.STATE, "--shell", "/usr/sbin/nologin", *belongs, name)


def give(path: Path, owner: str) -> None:
    """Give a file to a user and the user's group; a link that was planted there is given, not what it leads to."""
    entry = pwd.getpwnam(owner)
    os.chown(path, entry.pw_uid, entry.pw_gid, follow_symlinks=False)


def _own(path: Path, owner: str) -> None:
    entry = pwd.getpwnam(owner)
    os.chown(path, entry.pw_uid, entry.pw_gid)
