"""The installer on a bare Debian: `bare_debian.py FOLDER sqlite|postgresql`, as root.

FOLDER/debian is a Debian root, made by debootstrap from the machine's own package sources unless it is there.
The walk (tests/deploy/walk/inside.py) runs in mount, process and network namespaces of its own: what it starts
ends with it, and it reaches no other machine. Packages are fetched before that.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[3]
INSTALLED_BY_IT = "python3-venv nginx-light ca-certificates"


def run(*command, **more):
    subprocess.run([str(part) for part in command], check=True, **more)


def make_root(root):
    """A Debian with nothing in it, and the machine's own package sources."""
    sources = [*Path("/etc/apt").glob("sources.list"), *Path("/etc/apt/sources.list.d").glob("*")]
    found = re.search(r"https?://\S+/debian/?(?=\s)", "\n".join(path.read_text() for path in sources))
    suite = re.search(r"VERSION_CODENAME=(\w+)", Path("/etc/os-release").read_text())[1]
    run("debootstrap", "--variant=minbase", "--include=ca-certificates", suite, root, found[0])
    for path in sources:
        shutil.copy(path, root / path.relative_to("/"))


def fetch(folder, lock):
    wheels = folder / "wheels"
    run("/usr/bin/python3", "-m", "venv", folder / "venv")
    run(
        folder / "venv/bin/pip",
        "download",
        "-q",
        "--require-hashes",
        "-r",
        SOURCE / "requirements" / lock,
        "-d",
        wheels,
    )
    return wheels


def main(folder, database):
    root, bare = folder / f"debian-{database}", folder / "debian"
    if not bare.exists():
        make_root(bare)
    if not (folder / "wheels").exists():
        fetch(folder, "runtime.txt")
    shutil.rmtree(root, ignore_errors=True)
    run("cp", "-a", "--reflink=auto", bare, root)
    (root / "walk").mkdir()
    shutil.copytree(folder / "wheels", root / "walk/wheels")
    shutil.copytree(
        SOURCE, root / "walk/source", ignore=shutil.ignore_patterns(".git", ".venv*", "var", ".*_cache")
    )
    for name in ("inside.py", "service_manager.py"):
        shutil.copy(SOURCE / "tests/deploy/walk" / name, root / "walk" / name)
        (root / "walk" / name).chmod(0o755)
    run(
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=www.klinikken.no",
        "-addext", "subjectAltName=DNS:www.klinikken.no",
        "-keyout", root / "walk/site.key", "-out", root / "walk/site.pem", stderr=subprocess.DEVNULL,
    )  # fmt: skip
    (root / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")  # Debian's packages start nothing here
    (root / "usr/sbin/policy-rc.d").chmod(0o755)
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    # With the network, and answers that do not exist: it fetches its packages, and then says what is missing.
    (root / "walk/wanted.toml").write_text(f'database = "{database}"\n')
    inside = ["unshare", "--mount", "--pid", "--fork", f"--mount-proc={root}/proc"]
    clean = {"PATH": os.environ["PATH"], "HOME": "/", "LANG": "C.UTF-8"}
    asked = subprocess.run(
        [*inside, "chroot", root, "/walk/source/deploy/install", "/walk/wanted.toml"], env=clean, text=True,
        capture_output=True,
    )  # fmt: skip
    assert "is missing" in asked.stderr or "chmod 600" in asked.stderr, asked.stdout + asked.stderr
    run(
        "chroot", root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", "curl", "iproute2", env=clean
    )
    offline = clean | {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "/walk/wheels"}
    run(*inside, "--net", "chroot", root, "/usr/bin/python3", "/walk/inside.py", database, env=offline)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2])
