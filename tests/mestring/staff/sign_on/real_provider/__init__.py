"""Starts the provider. Its packages are installed once, as package-lock.json has them."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = ("package.json", "package-lock.json", "provider.js")


def installed() -> Path:
    """Return the folder in which it can run; skip, with a message, where the machine has no Node.js."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("NO NODE.JS FOUND: single sign-on was not proven at a real provider")
    folder = Path(sys.prefix) / "real-provider"
    folder.mkdir(exist_ok=True)
    lock, known = (place / "package-lock.json" for place in (HERE, folder))
    if not known.exists() or known.read_bytes() != lock.read_bytes():
        shutil.copy(HERE / "package.json", folder)
        shutil.copy(lock, folder / "package-lock.json")
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)
    shutil.copy(HERE / "provider.js", folder)
    return folder


@contextmanager
def real_provider(port: int, sends_back_to: str) -> Iterator[str]:
    """Run it; give its issuer."""
    command = ["node", "provider.js", str(port), sends_back_to]
    with subprocess.Popen(command, cwd=installed(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            assert process.stdout.readline() == b"ready\n"
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
