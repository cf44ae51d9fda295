"""The services: unit files, the command for operators, what is started and stopped, whether it is well."""

import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from deploy.debian import layout
from deploy.debian.machine import run, write
from deploy.debian.release import SOURCE
from deploy.debian.rights import deliverer
from deploy.debian.settings_file import HOW_LINES_ARE

WRITING = (layout.DELIVER, *layout.TIMERS)
COMMAND = f"""#!/bin/sh
# Run a management command of the site, as its user and with its settings: {layout.NAME} backup FILE
set -eu
refuse() {{ echo "{layout.SETTINGS}: {HOW_LINES_ARE} Not so: $1" >&2; exit 1; }}
[ "$(id -u)" = 0 ] || {{ echo "Run this as root; it becomes the site's user itself." >&2; exit 1; }}
# Each line as it stands: run by this shell, a part of a password could be a program.
while IFS= read -r line || [ -n "$line" ]; do
    case $line in
        ""|"#"*) ;;
        [!A-Z]*|*\\\\*|*=[\\"\\']*|*[[:space:]]) refuse "${{line%%=*}}" ;;
        *=*) export "$line" ;;
        *) refuse "$line" ;;
    esac
done <{layout.SETTINGS}
cd {layout.CURRENT}
exec setpriv --reuid={layout.USER} --regid={layout.USER} --clear-groups .venv/bin/python manage.py "$@"
"""
PATIENCE = 60.0  # seconds until a start has failed
ASKED = ("/readyz", "/", "/kontakt/pasient/", "/admin/login/")


def write_units(database: str) -> None:
    """Put the unit files and the operators' command in place, and let systemd read them."""
    for unit in sorted((SOURCE / "deploy" / "debian" / "units").iterdir()):
        text = unit.read_text(encoding="utf-8")
        if unit.name == layout.DELIVER:
            text = text.replace(f"\nUser={layout.USER}\n", f"\nUser={deliverer(database)}\n")
        write(layout.UNITS / unit.name, text)
    for programs in ("alarm.d", "backup.d"):
        (layout.CONFIGURATION / programs).mkdir(mode=0o755, exist_ok=True)
    write(layout.COMMAND, COMMAND, mode=0o755)
    run("systemctl", "daemon-reload")


def start_all() -> None:
    """Start everything, now and when the machine starts."""
    run("systemctl", "enable", "--now", layout.SOCKET, layout.WEB, *WRITING)


def stop_writing() -> None:
    """Stop what writes besides the web server."""
    run("systemctl", "stop", *WRITING, *(timer.replace(".timer", ".service") for timer in layout.TIMERS))


def restart_deliverer() -> None:
    """Start the delivery process anew, with the settings and the key of now."""
    run("systemctl", "restart", layout.DELIVER)


def stop_web() -> None:
    """Let the web server finish what it does, and end. The socket stays open: who asks, waits for a start."""
    run("systemctl", "stop", layout.WEB)


def restart_web() -> None:
    """Start the web server anew. The socket stays open meanwhile: who asks, waits a moment."""
    run("systemctl", "restart", layout.WEB)


def remove_units() -> None:
    """Stop everything and take the files away."""
    run("systemctl", "disable", "--now", layout.SOCKET, layout.WEB, *WRITING)
    for unit in (SOURCE / "deploy" / "debian" / "units").iterdir():
        (layout.UNITS / unit.name).unlink(missing_ok=True)
    layout.COMMAND.unlink(missing_ok=True)
    shutil.rmtree(layout.CODE, ignore_errors=True)
    run("systemctl", "daemon-reload")


def fault_of(host: str, address: str = layout.ADDRESS, *, runs: Callable[[], bool] = lambda: True) -> str:
    """Return why a release does not serve, or "" when it does: what /readyz says, and a page of each kind.

    Its answer is waited for while it runs, and not longer than PATIENCE.
    """
    headers = {"Host": host, "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}
    ends = time.monotonic() + PATIENCE
    while True:
        try:
            for path in ASKED:
                urllib.request.urlopen(urllib.request.Request(address + path, headers=headers), timeout=20).close()
        except urllib.error.HTTPError as error:
            is_text = error.headers.get_content_type() == "text/plain"  # what /readyz says, and no page
            return f"{path} answers {error.code} {error.read(500).decode() if is_text else ''}".strip()
        except OSError as error:
            if not runs() or time.monotonic() > ends:
                return f"{path} does not answer ({type(error).__name__})"
            time.sleep(0.5)
        else:
            return ""
