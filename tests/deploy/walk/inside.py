"""The walk inside a bare Debian root: installed, live, an inquiry taken and answered, upgraded, failed, gone back.

Run by tests/deploy/walk/bare_debian.py in namespaces of its own: `inside.py sqlite|postgresql`. Prints a line for
each step with its seconds; any other end is a failure.
"""

import re
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

HOST = "www.klinikken.no"
SOURCE, OLDER = Path("/walk/source"), Path("/walk/older")
ANSWERS = Path("/walk/answers.toml")
SITE = "/usr/local/sbin/mestringshusene"
STATE = Path("/var/lib/mestringshusene")
BEGAN = time.monotonic()
REFERENCE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")
WORDS = "Jeg orker ikke en natt til alene."


def step(name):
    print(f"{time.monotonic() - BEGAN:6.0f} s  {name}", flush=True)


def sh(*command, fails=False, stdin=None):
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, input=stdin, check=False
    )
    said = done.stdout + done.stderr
    assert bool(done.returncode) == fails, f"{command} ended with {done.returncode}:\n{said}"
    return said


def site(*arguments, **more):
    return sh(SITE, *arguments, **more)


def in_django(statements):
    return sh(SITE, "shell", "--no-imports", "-c", statements)


def ask(path, data=None, host=HOST):
    """Ask through nginx, as a visitor does; return status and text."""
    trust = ssl.create_default_context(cafile="/walk/site.pem")
    body = urllib.parse.urlencode(data).encode() if data else None
    try:
        with urllib.request.urlopen(f"https://{host}{path}", body, timeout=60, context=trust) as answer:
            return answer.status, answer.read().decode(), answer.url
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace"), error.url


def send(words):
    """Send an inquiry as a patient; return the receipt."""
    _status, _text, form = ask("/kontakt/pasient/")
    address = form.partition(HOST)[2]
    return ask(address, {"step": "send", "message": words, "phone": "900 00 000"})


def mails():
    return [path.read_text() for path in sorted(Path("/walk/mail").iterdir())]


def mail_server():
    """A mail server of the machine's own that keeps what it is given."""
    import asyncore
    import smtpd

    class Keeper(smtpd.SMTPServer):
        def process_message(self, peer, sender, recipients, data, **more):
            name = f"/walk/mail/{time.time_ns()}"
            Path(name).write_bytes(f"To: {recipients}\n".encode() + data)

    Path("/walk/mail").mkdir(exist_ok=True)
    Keeper(("127.0.0.1", 25), None)
    threading.Thread(target=asyncore.loop, daemon=True).start()


def wait_for(what, question, patience=60):
    ends = time.monotonic() + patience
    while not question():
        assert time.monotonic() < ends, f"waited in vain for {what}"
        time.sleep(0.5)


def answers(database):
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
    ANSWERS.chmod(0o600)


PASSPHRASE = "fjellvann korketrekker ullgenser {}"
LAUNCH = """
from django.contrib.auth.models import Group, User
from mestring.roles import INQUIRY_STAFF, KEYHOLDERS
from pages.models import LaunchConfirmation
for name in ("nina", "ole"):
    user = User.objects.create_user(name, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=(INQUIRY_STAFF, KEYHOLDERS)))
for item in LaunchConfirmation.Item:
    LaunchConfirmation.objects.get_or_create(item=item)
"""
ANSWER = """
import uuid
from django.contrib.auth.models import User
from contact.cases.unread import newest_entry
from contact.cases.writing import replies
from contact.keys import staff_keys
from contact.models import Inquiry, StaffKey
inquiry = Inquiry.objects.get(reference={reference!r})
nina = User.objects.get(username="nina")
key = StaffKey.objects.get(user=nina)
opener = staff_keys.opener_of(key, staff_keys.open_private_key(key, {passphrase!r}))
more = dict(form=uuid.uuid4(), seen=newest_entry(inquiry), page="https://{host}/")
replies.reply(inquiry, {words!r}, nina, opener=opener, **more)
"""


def launch():
    """The ceremony at the terminal, two colleagues, the launch list; what people do in the browser otherwise."""
    printed = (STATE / "keys" / "recovery-paper.txt").read_text()
    in_django(LAUNCH)
    site("inbox", "prove", stdin=printed)
    (STATE / "keys" / "recovery-paper.txt").unlink()
    for name in ("nina", "ole"):
        chosen = site("inbox", "enrol", name, stdin=f"{PASSPHRASE.format(name)}\n" * 2)
        site("inbox", "grant", name, stdin=f"{chosen.split(':')[1].strip()}\n{printed}")
    site("inbox", "remove-server-grant", stdin=printed)
    site("inbox", "delete-server-key")


def send_and_answer(words):
    """One inquiry from its form to its answer, read with the code."""
    status, receipt, _address = send(words)
    assert status == 200, receipt
    code = " ".join(re.findall(r"<b>([\w ]{19})</b>", receipt))
    reference = REFERENCE.search(receipt)[0]
    in_django(
        ANSWER.format(reference=reference, passphrase=PASSPHRASE.format("nina"), host=HOST, words="Vi ringer deg.")
    )
    _status, _text, form = ask("/kontakt/svar/")
    status, thread, _address = ask(form.partition(HOST)[2] or "/kontakt/svar/", {"step": "open", "code": code})
    assert "Vi ringer deg." in thread, thread
    return code


def change(what, path, words):
    """Make the source tree another release."""
    path.parent.mkdir(exist_ok=True)
    path.write_text((path.read_text() if path.exists() else "") + words)


FAULTS = (
    (
        "a migration that fails half-way",
        SOURCE / "contact/migrations/9999_fails.py",
        """
from django.db import migrations
def fail(apps, editor):
    apps.get_model("contact", "Inquiry").objects.all().delete()
    raise RuntimeError
class Migration(migrations.Migration):
    dependencies = [("contact", LAST)]
    operations = [migrations.RunSQL("CREATE TABLE half_way (id integer)"), migrations.RunPython(fail)]
""".replace("LAST", repr(max(path.stem for path in (SOURCE / "contact/migrations").glob("0*.py")))),
    ),
    ("code that does not start", SOURCE / "mestring/wsgi.py", "\nraise RuntimeError\n"),
    (
        "pages that cannot be shown",
        SOURCE / "pages/context_processors.py",
        "\ndef site(request):\n    raise RuntimeError\n",
    ),
)


class Asking:
    """A visitor who opens a page, and a sender who sends, over and over while the block runs."""

    def __enter__(self):
        self.over, self.pages, self.sent, self.references = threading.Event(), [], [], set()
        self.threads = [threading.Thread(target=one) for one in (self.visit, self.write)]
        for one in self.threads:
            one.start()
        return self

    def __exit__(self, *_fault):
        self.over.set()
        for one in self.threads:
            one.join()

    def visit(self):
        while not self.over.wait(0.1):
            self.pages.append(ask("/healthz")[0])

    def write(self):
        number = 0
        while not self.over.wait(2):
            number += 1
            words = f"Under oppgraderingen {number}"
            status, text, _address = send(words)
            self.sent.append((status, status == 200 or ("tel:+4735019" in text and words in text)))
            if status == 200:
                self.references.add(REFERENCE.search(text)[0])

    def judge(self):
        assert set(self.pages) == {200}, self.pages
        # 422: opened while the forms were closed, and sent after that; it is sent once more.
        assert {status for status, _kept in self.sent} <= {200, 422, 503}, self.sent
        assert all(kept for _status, kept in self.sent), self.sent
        stored = in_django(
            "from contact.models import Inquiry; print(*Inquiry.objects.values_list('reference', flat=True))"
        )
        assert self.references <= set(REFERENCE.findall(stored)), "a receipt was shown for an inquiry that is gone"

    def __str__(self):
        stored = sum(status == 200 for status, _kept in self.sent)
        return (
            f"{len(self.pages)} pages shown, {stored} inquiries taken and {len(self.sent) - stored} asked to ring"
        )


def main(database):
    sh("ip", "link", "set", "lo", "up")
    Path("/etc/hosts").write_text(f"127.0.0.1 localhost {HOST}\n")
    sh("ln", "-sf", "/walk/service_manager.py", "/usr/local/bin/systemctl")
    manager = subprocess.Popen([sys.executable, "/walk/service_manager.py"])
    mail_server()
    wait_for("the service manager", lambda: Path("/run/service-manager").exists())

    answers(database)
    step(f"a bare Debian {Path('/etc/debian_version').read_text().strip()}, {database}")
    said = sh(SOURCE / "deploy/install", ANSWERS)
    step("installed")
    print(said)
    assert ask("/")[0] == 200
    assert sh("curl", "-fsS", "http://127.0.0.1:8000/readyz").startswith("ready")
    sh(SOURCE / "deploy/install", ANSWERS)
    step("installed once more, and the same")
    for path, mode in ((STATE / "data", 0o700), (STATE / "keys", 0o700), ("/etc/mestringshusene/site.env", 0o600)):
        assert Path(path).stat().st_mode & 0o777 == mode, path
    assert send(WORDS)[0] == 503, "the forms are closed until the site is launched"
    launch()
    step("launched: two colleagues can open the inbox, and the server cannot")
    send_and_answer(WORDS)
    wait_for("the mail about it", lambda: any("inntak@klinikken.no" in mail for mail in mails()), 120)
    assert not any("natt" in mail for mail in mails())
    step("an inquiry was taken, told of, answered and its answer read")
    sh("systemctl", "start", "mestringshusene-backup.service")
    sh("systemctl", "start", "mestringshusene-verify.service")
    assert len(list((STATE / "backup").iterdir())) == 1
    step("backed up, and the access log verified")

    change("a comment", SOURCE / "contact" / "apps.py", "\n# A release.\n")
    with Asking() as asking:
        sh(SOURCE / "deploy/install", ANSWERS)
    asking.judge()
    step(f"upgraded; meanwhile {asking}")
    send_and_answer(f"{WORDS} Oppgradert.")

    for what, path, words in FAULTS:
        was = path.read_text() if path.exists() else None
        change(what, path, words)
        with Asking() as asking:
            said = sh(SOURCE / "deploy/install", ANSWERS, fails=True)
        assert "the old one does again" in said, said
        asking.judge()
        send_and_answer(f"{WORDS} {what}")
        path.write_text(was) if was else path.unlink()
        step(f"failed ({what}) and gone back; meanwhile {asking}")
    site("inbox", "audit", "--verify")

    sh(SOURCE / "deploy/remove")
    assert (STATE / "data").exists()
    step("removed; the data lie where they were")
    manager.terminate()


if __name__ == "__main__":
    main(sys.argv[1])
