"""The installer on a bare Debian, as root: `python -m tests.deploy.walk.bare_debian FOLDER DATABASE [SUITE]`.

FOLDER/SUITE is a Debian root, made by debootstrap from the machine's own package sources unless it is there. The
suite is the machine's own where none is named. The walk (tests/deploy/walk/inside.py) runs in mount, process and
network namespaces of its own: what it starts ends with it, and it reaches no other machine. Packages are fetched
before that.
"""

import io
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from tests.deploy.walk.debian_root import (
    CLEAN,
    FIRST,
    NAMESPACES,
    fetch_packages,
    fetch_wheels,
    make_root,
    own_suite,
    run,
)

SOURCE = Path(__file__).resolve().parents[3]


def put_source(root):
    """The working tree, and the first release as the history has it; all that the walk itself needs."""
    left_out = shutil.ignore_patterns(".git", ".venv*", "var", ".*_cache", "__pycache__")
    shutil.copytree(SOURCE, root / "walk/source", ignore=left_out)
    (root / "walk/source/tests/deploy/walk/service_manager.py").chmod(0o755)
    packed = run("git", "-C", SOURCE, "archive", FIRST, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(root / "walk/older", filter="data")
    run(
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=www.klinikken.no",
        "-addext", "subjectAltName=DNS:www.klinikken.no",
        "-keyout", root / "walk/site.key", "-out", root / "walk/site.pem", stderr=subprocess.DEVNULL,
    )  # fmt: skip


def main(folder, database, suite):
    bare, root = folder / suite, folder / f"{suite}-{database}"
    if not bare.exists():
        make_root(bare, suite)
    shutil.rmtree(root, ignore_errors=True)
    run("cp", "-a", "--reflink=auto", bare, root)
    put_source(root)
    inside = [*NAMESPACES, f"--mount-proc={root}/proc"]
    fetch_packages(root, inside, database)
    for tree in ("source", "older"):
        fetch_wheels(folder, root, root / f"walk/{tree}/requirements/runtime.txt")
    offline = CLEAN | {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "/walk/wheels"}
    walk = ["env", "-C", "/walk/source", "python3", "-m", "tests.deploy.walk.inside", database]
    run(*inside, "--net", "chroot", root, *walk, env=offline)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2], sys.argv[3] if sys.argv[3:] else own_suite())
