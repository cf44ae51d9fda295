"""A release: a copy of the source tree with a virtual environment of its own, named after what is in it."""

import hashlib
import shutil
from pathlib import Path

from deploy.debian import layout
from deploy.debian.machine import folder, run

SOURCE = Path(__file__).resolve().parents[2]
PARTS = (
    "manage.py", "mestring", "pages", "contact", "templates", "static", "locale", "deploy", "docs", "requirements",
    "gunicorn.conf.py",
)  # fmt: skip
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")
COMPLETE = "complete"  # the file that is written last
KEPT = 3  # releases: the one that runs, the one before it, and one more


def make_release() -> Path:
    """Copy the source tree and install its packages, unless that was done; return the folder."""
    release = layout.RELEASES / digest_of(SOURCE)
    if (release / COMPLETE).exists():
        return release
    folder(layout.RELEASES)
    shutil.rmtree(release, ignore_errors=True)
    release.mkdir(mode=0o755)
    for part in PARTS:
        whole = SOURCE / part
        if whole.is_dir():
            shutil.copytree(whole, release / part, ignore=LEFT_OUT)
        else:
            shutil.copy(whole, release / part)
    run("chmod", "-R", "u=rwX,go=rX", release)
    # The oldest Python that is promised is Debian's own; another one in root's PATH need not stay.
    run("sh", "deploy/install.sh", ".venv", "requirements/runtime.txt", cwd=str(release),
        environment={"PYTHON": "/usr/bin/python3"}, readable=True)  # fmt: skip
    run(release / ".venv/bin/python", "-m", "compileall", "-q", *PARTS[1:4], cwd=str(release), readable=True)
    (release / COMPLETE).touch()
    return release


def digest_of(tree: Path) -> str:
    """Return the first signs of a digest of every file that a release holds."""
    total = hashlib.sha256()
    for part in PARTS:
        whole = tree / part
        for path in sorted(whole.rglob("*")) if whole.is_dir() else [whole]:
            if path.is_file() and not any(
                name == "__pycache__" or name.startswith(".") for name in path.parts[-3:]
            ):
                total.update(f"{path.relative_to(tree)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return total.hexdigest()[:16]


def switch_to(release: Path) -> None:
    """Let the services find this release the next time they start."""
    beside = layout.CODE / ".current.new"
    beside.unlink(missing_ok=True)
    beside.symlink_to(release)
    beside.replace(layout.CURRENT)


def current() -> Path | None:
    """Return the release that runs, or None before the first one."""
    return layout.CURRENT.resolve() if layout.CURRENT.is_symlink() else None


def drop_old_releases() -> None:
    """Delete all but the newest few, and never the one that runs."""
    by_age = sorted(layout.RELEASES.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for release in by_age[KEPT:]:
        if release != current():
            shutil.rmtree(release)
