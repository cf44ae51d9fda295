"""A live site as operators are told to start one: its own settings, mail by SMTP, https by the shipped nginx."""

import secrets
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from aiosmtpd.controller import Controller

from tests import nginx, site_database
from tests.conftest import ROOT, RunningSite, environment_of, free_port, run
from tests.contact.notifications.conftest import Mailbox

HOST = "www.example.no"
AT_ONCE = ("migrate", "setup_site", "load_starter", "collectstatic")  # at every deploy, as docs/operators.md says


def live_settings(folder: Path, mail_port: int, secure_port: int) -> dict[str, str]:
    """What an operator must set, what the launch list asks for, and what is the machine of the tests' own."""
    return {
        "MODE": "live",
        "KEY_DIR": str(folder / "keys"),
        "AUDIT_HEADS": str(folder / "heads" / "audit_heads"),
        "SECRET_KEY": secrets.token_urlsafe(40),
        "RECEIPT_SECRET": secrets.token_urlsafe(40),
        "ALLOWED_HOSTS": HOST,
        "SITE_ADDRESS": f"https://{HOST}",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "MAIL_FROM": "nettsted@example.no",
        "INQUIRY_NOTIFY": "inntak@example.no",
        "CLINIC_PHONE": "+4735019500",
        "OPERATOR_MAIL": "drift@example.no",
        "BACKUP_DIR": str(folder / "backup"),
        "CERTIFICATE_AUTHORITY": str(folder / "nginx" / "site.pem"),
        "SITE_REACHED_AT": f"127.0.0.1:{secure_port}",
        # The tests' machine has its own disk, clock and roles, and its folders are closed to nginx.
        "DOCTOR_LEAVES_OUT": "room,clock,table_owner,emergency_edition",
    }


class LiveSite:
    """The running site, the post that it sends, and the commands that its operator has typed."""

    def __init__(self, site: RunningSite, mailbox: Mailbox, secure_port: int) -> None:
        self.site, self.mailbox, self.secure_port = site, mailbox, secure_port

    def mail_to(self, address: str, patience: float = 120) -> str:
        """Wait for the newest mail to this address, take it out of the mailbox, and return its words."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            for mail in self.mailbox.taken:
                if mail["To"] == address:
                    self.mailbox.taken.remove(mail)
                    return mail["Subject"] + "\n" + mail.get_content()
            time.sleep(0.1)
        raise AssertionError(f"no mail to {address}")


@contextmanager
def live_site(folder: Path):
    """Start everything on an empty machine, in the order of docs/operators.md."""
    data, front = folder / "data", folder / "nginx"
    for one in (data, folder / "keys", folder / "heads", folder / "backup", front):
        one.mkdir(mode=0o700)
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    secure_port = free_port()
    site = RunningSite(data, live_settings(folder, controller.port, secure_port))
    site_database.make(data)
    new_key = run(
        ["manage.py", "backup", "--new-key", str(folder / "offline.key")], environment_of(folder / "first")
    )
    site.options["BACKUP_KEY"] = new_key.partition("BACKUP_KEY=")[2].split()[0]
    for command in AT_ONCE:
        site.manage(command, *(["--noinput"] if command == "collectstatic" else []))
    site.start()
    delivery = subprocess.Popen([sys.executable, "manage.py", "deliver"], cwd=ROOT, env=site.environment)
    try:
        with nginx.running(front, HOST, site.port, secure=secure_port):
            yield LiveSite(site, mailbox, secure_port)
    finally:
        delivery.terminate()
        delivery.wait(timeout=20)
        site.stop()
        controller.stop()
