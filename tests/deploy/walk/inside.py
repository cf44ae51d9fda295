"""The walk inside a bare Debian root: installed, live, an inquiry taken and answered, upgraded, failed, gone back.

Run by tests/deploy/walk/bare_debian.py in namespaces of its own: `inside.py sqlite|postgresql`. Prints a line for
each step with its seconds; any other end is a failure.
"""

import subprocess
import sys
from pathlib import Path

from tests.deploy.walk import mail_server, older, told
from tests.deploy.walk.faults import FAULTS, changed
from tests.deploy.walk.mail_server import mails
from tests.deploy.walk.shell import (
    ANSWERS,
    CONFIGURATION,
    HOST,
    SOURCE,
    STATE,
    as_told,
    blocks_as_told,
    install,
    sh,
    site,
    step,
    wait_for,
)
from tests.deploy.walk.staff import SENDER, launch, send_and_answer
from tests.deploy.walk.visitors import Asking, ask, send

WORDS = "Jeg orker ikke en natt til alene."
MANAGER = SOURCE / "tests/deploy/walk/service_manager.py"


def prepare(database):
    """The loopback, a name for it, a service manager, a mail server, and the operator's answers."""
    sh("ip", "link", "set", "lo", "up")
    Path("/etc/hosts").write_text(f"127.0.0.1 localhost {HOST}\n")
    for name in ("systemctl", "journalctl"):
        sh("ln", "-sf", MANAGER, f"/usr/local/bin/{name}")
    manager = subprocess.Popen([sys.executable, MANAGER])
    mail_server.start()
    Path("/usr/local/share/ca-certificates/site.crt").write_text(Path("/walk/site.pem").read_text())
    sh("update-ca-certificates")  # as if a public authority had signed it
    wait_for("the service manager", lambda: Path("/run/service-manager").exists())
    as_told("cp deploy/debian/answers.toml ~/answers.toml && chmod 600 ~/answers.toml")
    ANSWERS.write_text(
        f"""host = "{HOST}"
phone = "+4735019501"
mail_server = "smtp://127.0.0.1:25"
mail_from = "nettsted@klinikken.no"
told = ["inntak@klinikken.no"]
operator = "drift@klinikken.no"
certificate = "/walk/site.pem"
certificate_key = "/walk/site.key"
database = "{database}"
"""
    )
    return manager


def only_the_delivery_process_has_its_key(database):
    """It is handed over: no user reads the file, and yet the mail to the sender, sealed to that key, goes out."""
    for user in ("site",) if database == "sqlite" else ("site", "site_deliverer"):
        sh("setpriv", f"--reuid={user}", "--regid=site", "--clear-groups", "cat", CONFIGURATION / "deliverer.key",
           fails=True)  # fmt: skip
    assert not (STATE / "keys/deliverer.key").exists()
    wait_for("the mail to the sender", lambda: any(SENDER in mail for mail in mails()), 120)


def from_nothing_to_an_answer(database):
    print(install())
    step("installed")
    assert ask("/")[0] == 200
    assert sh("curl", "-fsS", "http://127.0.0.1:8000/readyz").startswith("ready")
    install()
    step("installed once more, and the same")
    private = 0o700 if database == "sqlite" else 0o710  # the delivery process passes through, by the group
    for path, mode in ((STATE / "data", private), (STATE / "keys", private), (CONFIGURATION / "site.env", 0o600)):
        assert path.stat().st_mode & 0o777 == mode, path
    assert send(WORDS)[0] == 503, "the forms are closed until the site is launched"
    launch()
    step("launched: two colleagues can open the inbox, and the server cannot")
    send_and_answer(WORDS)
    wait_for("the mail about it", lambda: any("inntak@klinikken.no" in mail for mail in mails()), 120)
    assert not any("natt" in mail for mail in mails())
    only_the_delivery_process_has_its_key(database)
    step("an inquiry was taken, told of, answered and its answer read")
    as_told("systemctl start mestringshusene-backup")
    sh("systemctl", "start", "mestringshusene-verify.service")
    assert len(list((STATE / "backup").glob("*.backup"))) == 1
    step("backed up, and the access log verified")
    as_told("systemctl start mestringshusene-rehearse")
    step("rehearsed: the inquiry that the site sends itself went its whole way")


def upgraded_failed_and_gone_back():
    newer = (SOURCE / "contact/apps.py", "\n# A release.\n")
    with changed(*newer):
        with Asking() as asking:
            install()
        asking.judge()
        step(f"upgraded; meanwhile {asking}")
        send_and_answer(f"{WORDS} Oppgradert.")
        for what, path, words in FAULTS:
            with changed(path, words), Asking() as asking:
                said = install(fails=True)
            assert "the old one does again" in said, said
            asking.judge()
            send_and_answer(f"{WORDS} {what}")
            step(f"failed ({what}) and gone back; meanwhile {asking}")
    with Asking() as asking:
        install()
    asking.judge()
    step(f"back to the release before, with the code alone; meanwhile {asking}")
    send_and_answer(f"{WORDS} Den forrige.")
    site("inbox", "audit", "--verify")


def removed():
    kept = {path: path.stat().st_size for path in (STATE / "keys").iterdir()}
    as_told("deploy/remove")
    assert not Path("/opt/mestringshusene").exists()
    assert (STATE / "data").exists()
    assert {path: path.stat().st_size for path in (STATE / "keys").iterdir()} == kept
    step("removed; the data lie where they were")
    blocks_as_told("By hand, without the installer")


def main(database):
    manager = prepare(database)
    step(f"a bare Debian {Path('/etc/debian_version').read_text().strip()}, {database}")
    from_nothing_to_an_answer(database)
    told.looked_at(database)
    told.restored(database)
    upgraded_failed_and_gone_back()
    removed()
    older.comes_under_the_installer(database)
    step("a site of commit 7ffc09a came under the installer: its inquiries open, its pages stand")
    manager.terminate()


if __name__ == "__main__":
    main(sys.argv[1])
