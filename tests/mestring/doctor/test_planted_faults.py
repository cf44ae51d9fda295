"""Each fault that is planted in a sound site is found, with its mend, and a sound site is called sound."""

import datetime
import io
import os
import shutil
import socket
import ssl
import tempfile
import threading
import time
from collections import namedtuple
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from contact.crypto.recipient_key import new_pair
from contact.keys import recovery
from contact.keys.first_generation import make_keyring
from contact.keys.key_holders import paper_file, server_key_file
from contact.keys.keyring import fingerprint_file
from contact.models import Grant, Heartbeat, Rehearsal
from contact.notifications.heartbeat import beat
from mestring.backup.watch.models import BackupNight, Fault, RestoreDrill
from mestring.doctor.database import table_owner
from mestring.doctor.examination import examine
from mestring.doctor.surroundings import clock
from mestring.emergency.age import WHOLE_AT, note_whole
from tests import factories
from tests.conftest import free_port

pytestmark = pytest.mark.django_db
HOURS = 3600


def refuse(*_login):
    return AuthResult(success=False, handled=False)


def certificate(folder, name="localhost", days=90):
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=200)).not_valid_after(now + datetime.timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@contextmanager
def serving(path):
    """Greet over TLS whoever connects to this machine; yields the port."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    ear = socket.create_server(("localhost", 0))

    def greet():
        with suppress(OSError):
            while True:
                line, _address = ear.accept()
                with suppress(OSError), context.wrap_socket(line, server_side=True):
                    pass

    thread = threading.Thread(target=greet)
    thread.start()
    yield ear.getsockname()[1]
    ear.shutdown(socket.SHUT_RDWR)
    ear.close()
    thread.join()


@pytest.fixture
def site(settings, tmp_path, monkeypatch):
    """A site with nothing to mend, on a disk with room, which the machine of the tests may lack."""
    disk_with(50, monkeypatch)
    mail = Controller(
        object(), hostname="127.0.0.1", port=free_port(), authenticator=refuse, auth_require_tls=False
    )
    mail.start()
    settings.EMAIL_BACKEND = "contact.notifications.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail.port
    settings.OPERATOR_MAIL = "drift@klinikken.no"
    settings.BACKUP_DIR = str(tmp_path / "backup")
    settings.AUDIT_HEADS = str(tmp_path / "heads" / "audit_heads")
    (tmp_path / "backup").mkdir()
    (tmp_path / "heads").mkdir()
    copies = settings.EMERGENCY_DIR = Path(tempfile.mkdtemp())  # pytest's own folders are closed to nginx
    copies.chmod(0o755)
    note_whole(copies)
    write_backup(tmp_path, "a", 9_000, hours=25)
    write_backup(tmp_path, "b", 10_000, hours=1)
    BackupNight.objects.create()
    RestoreDrill.objects.create(who="Dag Drift")
    settings.FALLBACK_PHONE = factories.clinic().phone
    settings.KEY_DIR.mkdir(mode=0o700, exist_ok=True)
    make_keyring()
    recovery.prove_paper(paper_file().read_text(encoding="utf-8"))
    paper_file().unlink()
    beat()
    path = certificate(tmp_path)
    settings.CERTIFICATE_AUTHORITY = str(path)
    with serving(path) as port:
        settings.SITE_ADDRESS = f"https://localhost:{port}"
        assert [str(finding) for finding in found_beside_the_machine_s_own()] == []
        yield tmp_path
    mail.stop()
    shutil.rmtree(copies)


def found_beside_the_machine_s_own():
    """What is found, but for the clock of the machine that runs the tests, and the role that its tables are of."""
    own = {str(finding) for check in (clock, table_owner) for finding in check()}
    return [finding for finding in examine() if str(finding) not in own]


def write_backup(folder, name, size, hours):
    path = folder / "backup" / f"{name}.backup"
    path.write_bytes(bytes(size))
    os.utime(path, (time.time() - hours * HOURS,) * 2)


def set_to(name, value):
    return lambda site, settings: setattr(settings, name, value)


def disk_with(gigabytes, monkeypatch):
    """Let every disk have 100 GB, and this much of it free."""
    usage = namedtuple("usage", "total used free")(*(size * 10**9 for size in (100, 100 - gigabytes, gigabytes)))
    monkeypatch.setattr("shutil.disk_usage", lambda place: usage)


def another_certificate(name="localhost", days=90):
    def plant(site, settings, request):
        path = certificate(site, name, days)
        settings.CERTIFICATE_AUTHORITY = str(path)
        server = serving(path)
        settings.SITE_ADDRESS = f"https://localhost:{server.__enter__()}"
        request.addfinalizer(lambda: server.__exit__(None, None, None))

    return plant


def refuse_logins(site, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "site", "feil"


def cut_a_backup_short(site, settings):
    write_backup(site, "c", 9, hours=3)
    (site / "backup" / "c.backup").rename(site / "backup" / "c.part")


def let_backups_grow_old(site, settings):
    (site / "backup" / "b.backup").unlink()
    write_backup(site, "a", 9, hours=27)


def delete_backups(site, settings):
    for path in (site / "backup").iterdir():
        path.unlink()


def close_the_copies(site, settings):
    settings.EMERGENCY_DIR = site / "closed"
    note_whole(settings.EMERGENCY_DIR)


def let_copies_grow_old(site, settings):
    settings.EMERGENCY_DIR = settings.EMERGENCY_DIR / "old"
    settings.EMERGENCY_DIR.mkdir(mode=0o755)
    at = datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=61)
    (settings.EMERGENCY_DIR / WHOLE_AT).write_text(at.isoformat())


def deliverer_half(settings):
    return settings.KEY_DIR / "deliverer.public"


def hold_mail(site, settings):
    settings.MAIL_HELD = site / "mail-is-held"
    settings.MAIL_HELD.touch()


def forget_a_migration(site, settings):
    MigrationRecorder(connection).record_unapplied("contact", "0001_initial")


def take_the_inbox_from_the_server(site, settings):
    Grant.objects.filter(principal="server").delete()


def apart(plant):
    """Keep the deliverer's key from the site's user, as the installer does, and plant a fault in that."""

    def planted(site, settings):
        key = site / "etc" / "deliverer.key"
        key.parent.mkdir()
        key.with_suffix(".public").write_text(new_pair()[1])
        settings.DELIVERER_KEY = str(key)
        settings.KEY_DIR.chmod(0o710)
        for path in (fingerprint_file(), settings.KEY_DIR / "backup_signing.key"):
            path.chmod(0o640)
        assert found_beside_the_machine_s_own() == []
        plant(key)

    return planted


def leave_a_former_key(key):
    (key.parents[1] / "keys" / "deliverer.key").touch(0o600)


def close_to_the_group(key):
    fingerprint_file().chmod(0o600)


NAMES = (
    "DELIVERER_KEY",
    "ERASURE_LIST", "BACKUP_DIR", "EMAIL_PORT", "EMAIL_BACKEND", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD",
    "OPERATOR_MAIL", "SITE_ADDRESS", "CERTIFICATE_AUTHORITY", "FALLBACK_PHONE", "WRITES_PAUSED", "MAIL_HELD",
    "EMERGENCY_DIR",
    "DOCTOR_LEAVES_OUT",
)  # fmt: skip
PLANTED = {
    "can read DATA_DIR": lambda site, settings: site.chmod(0o755),
    "can read KEY_DIR": lambda site, settings: settings.KEY_DIR.chmod(0o750),
    "can read the key file": lambda site, settings: server_key_file().chmod(0o644),
    "own user can read the deliverer's key": apart(lambda key: key.write_text("1")),
    "former deliverer.key lies in KEY_DIR": apart(leave_a_former_key),
    "deliverer.key and deliverer.public do not fit": apart(lambda key: key.with_suffix(".public").unlink()),
    "delivery process cannot read inbox_fingerprints": apart(close_to_the_group),
    "folder KEY_DIR is not there": lambda site, settings: shutil.rmtree(settings.KEY_DIR),
    "folder of AUDIT_HEADS": lambda site, settings: (site / "heads").rmdir(),
    "folder of ERASURE_LIST": set_to("ERASURE_LIST", "/not/there/list"),
    "recovery paper still lies": lambda site, settings: paper_file().write_text("1"),
    "private half of the backup key": apart(lambda key: key.with_name("offline-backup.key").write_text("1")),
    "server's key file is still here": take_the_inbox_from_the_server,
    "not known where backups lie": set_to("BACKUP_DIR", ""),
    "folder of the backups": set_to("BACKUP_DIR", "/not/there"),
    "There is no backup": delete_backups,
    "27 hours old": let_backups_grow_old,
    "less than half": lambda site, settings: write_backup(site, "b", 4_000, hours=1),
    "cut short": cut_a_backup_short,
    "was not copied away": lambda site, settings: BackupNight.objects.create(faults=[Fault.NOT_COPIED]),
    "no nightly backup was noted": lambda site, settings: BackupNight.objects.all().delete(),
    "restoring drill was on": lambda site, settings: RestoreDrill.objects.update(done_on="2026-01-01"),
    "restoring drill was never noted": lambda site, settings: RestoreDrill.objects.all().delete(),
    "which is no check": set_to("DOCTOR_LEAVES_OUT", ["clok"]),
    "mail server does not answer": set_to("EMAIL_PORT", 1),
    "mail server refuses the site's user": refuse_logins,
    "no mail server": set_to("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend"),
    "No address is told": set_to("OPERATOR_MAIL", ""),
    "No copies of the pages": set_to("EMERGENCY_DIR", None),
    "was never whole": set_to("EMERGENCY_DIR", Path("/not/there")),
    "cannot reach the emergency edition": close_the_copies,
    "older than an hour": let_copies_grow_old,
    "cannot be reached": set_to("SITE_ADDRESS", "https://localhost:1"),
    "Browsers refuse the certificate": set_to("CERTIFICATE_AUTHORITY", ""),
    "another telephone number": set_to("FALLBACK_PHONE", "+4799999999"),
    "the database lacks 1 migrations": forget_a_migration,
    "delivery process does not run": lambda site, settings: Heartbeat.objects.all().delete(),
    "not the pinned one": lambda site, settings: fingerprint_file().write_text(""),
    "deliverer.key and deliverer.public": lambda site, settings: (
        settings.KEY_DIR / "deliverer.public"
    ).write_text("1"),
    "writes are paused": set_to("WRITES_PAUSED", True),
    "no mail is sent since the restore": hold_mail,
    "not sealed to the pinned key": lambda site, settings: Rehearsal.objects.create(
        failed="sealing", ended_at=timezone.now()
    ),
}


@contextmanager
def planted(plant, site, settings):
    """Plant a fault, and put files, rows and settings back afterwards: the sound site is dear to make."""
    kept = site.parent / f"{site.name}-kept"
    if not kept.exists():
        shutil.copytree(site, kept)
    before = {name: getattr(settings, name) for name in NAMES}
    with transaction.atomic():
        plant(site, settings)
        yield
        transaction.set_rollback(True)
    for name, value in before.items():
        setattr(settings, name, value)
    shutil.rmtree(site)
    shutil.copytree(kept, site)


def test_each_planted_fault_is_found_and_how_it_is_mended(site, settings):
    for said, plant in PLANTED.items():
        with planted(plant, site, settings):
            found = found_beside_the_machine_s_own()
            assert [bool(finding.mend) for finding in found if said in finding.fault] == [True], (said, found)
    assert found_beside_the_machine_s_own() == []


def test_a_disk_that_is_nearly_full_is_found(site, settings, monkeypatch):
    disk_with(5, monkeypatch)
    (finding,) = found_beside_the_machine_s_own()
    assert "5000 MB left" in finding.fault


@pytest.mark.parametrize(
    ("name", "days", "said"),
    [("localhost", 9, "ends in"), ("localhost", -1, "refuse"), ("other.no", 90, "refuse")],
)
def test_a_certificate_that_ends_or_has_another_name_is_found(site, settings, request, name, days, said):
    another_certificate(name, days)(site, settings, request)
    (finding,) = found_beside_the_machine_s_own()
    assert said in finding.fault


def test_a_database_that_is_away_is_said_once_and_the_rest_is_examined(site, settings, monkeypatch):
    def away():
        raise OperationalError("secret")

    settings.OPERATOR_MAIL = ""
    monkeypatch.setattr(connection, "ensure_connection", away)
    monkeypatch.setattr(connection, "cursor", away)
    faults = [finding.fault for finding in examine()]
    assert faults[0] == "red: the database does not answer"
    assert "No address is told when a part of the site fails." in faults
    assert not any("secret" in fault for fault in faults)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_what_may_not_be_read_is_a_finding_and_the_rest_is_examined(site, settings):
    """The operator ran it as a user who may not pass through the folders; rights are what it looks at."""
    settings.OPERATOR_MAIL = ""
    os.seteuid(65534)
    try:
        found = examine()
    finally:
        os.seteuid(0)
    assert "The check places could not be made (PermissionError)." in [finding.fault for finding in found]
    assert "No address is told when a part of the site fails." in [finding.fault for finding in found]
    assert any(str(site) in finding.mend for finding in found)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no roles")
def test_tables_of_the_site_s_own_role_are_found():
    (finding,) = table_owner()
    assert "owns" in finding.fault


def test_the_command_ends_with_a_status_for_scripts(site, settings):
    said = io.StringIO()
    settings.OPERATOR_MAIL = ""
    with pytest.raises(CommandError) as ended:
        call_command("doctor", stdout=said)
    assert ended.value.returncode == 1
    assert "No address is told" in said.getvalue()
    assert "→ Set OPERATOR_MAIL." in said.getvalue()


def test_what_an_operator_lives_with_is_left_out_by_name_and_the_command_says_so(site, settings):
    said = io.StringIO()
    settings.OPERATOR_MAIL = ""
    settings.DOCTOR_LEAVES_OUT = ["operator_address", "clock", "table_owner"]
    call_command("doctor", stdout=said)
    assert "Left out (DOCTOR_LEAVES_OUT): operator_address, clock, table_owner." in said.getvalue()
    assert "Nothing is wrong." in said.getvalue()


def test_a_site_that_is_reached_elsewhere_from_inside_is_asked_there_for_its_own_name(site, settings):
    settings.SITE_REACHED_AT = settings.SITE_ADDRESS.removeprefix("https://")
    settings.SITE_ADDRESS = "https://localhost:1"
    assert found_beside_the_machine_s_own() == []
    settings.SITE_ADDRESS = "https://other.no"
    (finding,) = found_beside_the_machine_s_own()
    assert "Browsers refuse the certificate" in finding.fault
