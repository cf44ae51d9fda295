"""A Debian root from the machine's own package sources, and what is fetched for it while there is a network."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

FIRST = "7ffc09a"  # a release of before there was an installer
CLEAN = {"PATH": os.environ["PATH"], "HOME": "/", "LANG": "C.UTF-8"}
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
NAMESPACES = ["unshare", "--mount", "--pid", "--fork"]


def run(*command, **more):
    return subprocess.run([str(part) for part in command], check=True, **more)


def what_is_missing():
    """Why the walk cannot be done on this machine, or ""."""
    if os.geteuid() != 0:
        return "needs root"
    if shutil.which("debootstrap") is None:
        return "debootstrap is not on this machine"
    if subprocess.run([*NAMESPACES, "--net", "true"], capture_output=True).returncode:
        return "this machine gives no namespaces"
    if subprocess.run(["git", "cat-file", "-e", FIRST], capture_output=True).returncode:
        return f"the history does not reach back to {FIRST}"
    try:
        urllib.request.urlopen(f"{mirror()}/dists/{own_suite()}/Release", timeout=20).close()
    except (OSError, IndexError):
        return "the machine's package sources do not answer"
    return ""


def own_suite():
    return re.search(r"VERSION_CODENAME=(\w+)", Path("/etc/os-release").read_text())[1]


def package_sources():
    """The files that name Debian's own packages."""
    files = [*Path("/etc/apt").glob("sources.list"), *Path("/etc/apt/sources.list.d").glob("*")]
    return [path for path in files if re.search(r"/debian\s", path.read_text())]


def mirror():
    named = "\n".join(path.read_text() for path in package_sources())
    return re.findall(r"https?://\S+/debian(?=\s)", named)[0]


def make_root(root, suite):
    """A Debian with nothing in it, and the machine's own package sources."""
    run("debootstrap", "--variant=minbase", "--include=ca-certificates", suite, root, mirror(), stdout=sys.stderr)
    for path in package_sources():
        (root / path.relative_to("/")).write_text(path.read_text().replace(own_suite(), suite))


def fetch_packages(root, inside, database):
    """The installer, with the network and without answers, fetches its packages and says what is missing."""
    (root / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")  # Debian's packages start nothing here
    (root / "usr/sbin/policy-rc.d").chmod(0o755)
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    (root / "walk/wanted.toml").write_text(f'database = "{database}"\n')
    asked = subprocess.run(
        [*inside, "chroot", root, "/walk/source/deploy/install", "/walk/wanted.toml"], env=CLEAN, text=True,
        capture_output=True,
    )  # fmt: skip
    assert "is missing" in asked.stderr or "chmod 600" in asked.stderr, asked.stdout + asked.stderr
    for needed in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "curl", "iproute2"]):
        run("chroot", root, "apt-get", *needed, env=CLEAN, stdout=sys.stderr)


def fetch_wheels(folder, root, lock):
    """What a lock file lists, fetched with the root's own Python; kept for the next walk."""
    name = hashlib.sha256(lock.read_bytes() + root.joinpath("etc/debian_version").read_bytes()).hexdigest()[:12]
    if not (folder / f"wheels-{name}").exists():
        shutil.copy(CERTIFICATES, root / "walk/certificates")
        able = CLEAN | {"PIP_CERT": "/walk/certificates", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        run("chroot", root, "python3", "-m", "venv", "/walk/fetching", env=CLEAN)
        run(
            "chroot", root, "/walk/fetching/bin/pip", "download", "-q", "--require-hashes",
            "-r", f"/{lock.relative_to(root)}", "-d", "/walk/fetched", env=able,
        )  # fmt: skip
        (root / "walk/fetched").rename(folder / f"wheels-{name}")
    shutil.copytree(folder / f"wheels-{name}", root / "walk/wheels", dirs_exist_ok=True)
