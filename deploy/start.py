"""Start the demo site: set up what is missing, then run the web server and the delivery process.

Ctrl-C, or the end of either process, stops both. In production a service manager does this.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORT = os.environ.get("PORT", "").strip() or "8000"
DATA_DIR = Path(os.environ.get("DATA_DIR", "").strip() or "var").expanduser().resolve()


def refuse(sentence: str) -> None:
    """End with one sentence that says what to do."""
    sys.exit(f"\n  {sentence}\n")


def check_folder() -> None:
    """Make the data folder, private to its owner; end with the reason when that fails."""
    try:
        DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = DATA_DIR / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        refuse(f"Cannot write to the data folder {DATA_DIR} ({error.strerror}). Choose another with DATA_DIR=….")


def check_port() -> None:
    """End with a sentence when this is no port, or another program has taken it."""
    if not (PORT.isascii() and PORT.isdecimal() and 0 < int(PORT[:6]) < 65536):
        refuse("PORT must be a number from 1 to 65535, such as: make run PORT=8001")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(PORT)))
        except OSError:
            refuse(f"Port {PORT} is taken. Stop what is running there, or choose another: make run PORT=8001")


def listens() -> bool:
    """Return whether the web server can be reached: who reads that the site runs opens it at once."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(PORT))) == 0


def manage(*arguments: str) -> None:
    """Run a management command; end when it fails, as it has printed the reason."""
    done = subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def serve() -> int:
    """Run both processes until one ends or the operator stops this one; return the exit status."""
    web = [
        *(sys.executable, "-m", "gunicorn", "mestring.wsgi", "--bind", f"127.0.0.1:{PORT}"),
        # Django is loaded once, and workers are copies: half the time to start, and to replace a worker that died.
        *("--workers", "2", "--threads", "4", "--preload", "--no-control-socket", "--log-level", "warning"),
        # No header names the part of the address that the site lies under, also not one from this machine.
        *("--forwarder-headers", ""),
        # A worker that is just being made does not hear that it shall stop. gunicorn ends it then.
        *("--graceful-timeout", "10"),
    ]
    running: list[subprocess.Popen[bytes]] = []
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # A shell lets the processes that it runs in the background ignore SIGINT.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # From here on, the end of this process must end the others too, also when the terminal is closed.
    try:
        for command in (web, [sys.executable, "manage.py", "deliver"]):
            # A session of their own: the terminal's Ctrl-C reaches only this process, which stops them in order.
            running.append(subprocess.Popen(command, cwd=ROOT, start_new_session=True))
        said = False
        while all(process.poll() is None for process in running):
            if not said and listens():
                said = True
                print(
                    f"  The site runs at http://127.0.0.1:{PORT}/ – staff log in at http://localhost:{PORT}/admin/,"
                    " where browsers take passkeys. Ctrl-C stops it.",
                    flush=True,
                )
            time.sleep(0.3)
        print("  One of the processes ended; stopping.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)  # its workers too, which would outlive it


if __name__ == "__main__":
    # A terminal that cannot show a letter shows its number, as in manage.py.
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a text stream here
    os.environ["DATA_DIR"] = str(DATA_DIR)
    os.environ.setdefault("EMERGENCY_DIR", str(DATA_DIR / "emergency"))
    check_folder()
    check_port()
    manage("migrate", "--verbosity", "0")
    manage("load_starter")
    manage("setup_site")
    manage("collectstatic", "--noinput", "--verbosity", "0")
    sys.exit(serve())
