"""Production refuses to start with an unsafe setting and says which."""

import os
import subprocess
import sys
from datetime import time

import pytest
from django.core.checks import run_checks

from mestring.config.startup_checks import startup_errors
from tests.conftest import ROOT

SAFE = {
    "MODE": "live",
    "LOG_FORMAT": "json",
    "OPERATOR_MAIL": "drift@mestringshusene.no",
    "SECRET_KEY": "0123456789" * 5,
    "RECEIPT_SECRET": "abcdefghij" * 5,
    "ALLOWED_HOSTS": ["www.mestringshusene.no", ".intern.no"],
    "SITE_ADDRESS": "https://www.mestringshusene.no",
    "BEHIND_HTTPS": True,
    "FALLBACK_PHONE": "+4735019500",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "mail.mestringshusene.no",
    "EMAIL_USE_TLS": True,
    "DEFAULT_FROM_EMAIL": "Mestringshusene <nettsted@mestringshusene.no>",
    "ANSWER_FROM_EMAIL": "post@mestringshusene.no",
    "INQUIRY_NOTIFY": ["inntak@mestringshusene.no"],
    "DATA_DIR": "",  # the fixture `folders` makes both
    "KEY_DIR": "",
    "AUDIT_HEADS": "/var/log/site/audit_heads",
    "OFFICE_OPENS": time(8),
    "OFFICE_CLOSES": time(16),
    "INQUIRY_ANSWER_HOURS": 8,
    "BACKUP_KEY": "0f" * 32,
    "INQUIRY_RETENTION_DAYS": 30,
    "QUARANTINE_RETENTION_DAYS": 30,
    "TOMBSTONE_RETENTION_DAYS": 730,
    "AUDIT_RETENTION_DAYS": 1096,
    "INQUIRY_ESCALATION_DAYS": 180,
    "INQUIRIES_PER_HOUR": 60,
    "SET_APART_PER_HOUR": 240,
    "TRUSTED_PROXIES": 1,
    "DELIVERER_KEY": "",
}


def test_a_live_site_starts_with_safe_settings():
    assert startup_errors(SAFE) == []


@pytest.mark.parametrize(
    ("name", "unsafe"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", SAFE["RECEIPT_SECRET"]),
        ("SECRET_KEY", "a" * 50),
        ("RECEIPT_SECRET", ""),
        ("ALLOWED_HOSTS", ["*"]),
        ("ALLOWED_HOSTS", ["127.0.0.1"]),
        ("ALLOWED_HOSTS", []),
        ("ALLOWED_HOSTS", ["https://www.mestringshusene.no"]),
        ("ALLOWED_HOSTS", ["www.mestringshusene.no:443"]),
        ("ALLOWED_HOSTS", ["www.mestringshusene.example"]),
        ("SITE_ADDRESS", ""),
        ("SITE_ADDRESS", "www.mestringshusene.no"),
        ("SITE_ADDRESS", "http://www.mestringshusene.no"),
        ("SITE_ADDRESS", "https://www.mestringshusene.no/kontakt"),
        ("SITE_ADDRESS", "https://www.mestringshusene.no.example"),
        ("SITE_ADDRESS", "https://127.0.0.1:8000"),
        ("SITE_ADDRESS", "https://www.mestringshusene.no:8443"),
        ("BEHIND_HTTPS", False),
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend"),
        ("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend"),
        ("EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend"),
        ("EMAIL_USE_TLS", False),
        ("OPERATOR_MAIL", "drift"),
        ("OPERATOR_MAIL", "a@mestringshusene.no,b@mestringshusene.no"),
        ("INQUIRY_NOTIFY", ["inntak@mestringshusene.example"]),
        ("INQUIRY_NOTIFY", []),
        ("INQUIRY_NOTIFY", ["a@mestringshusene.no;b@mestringshusene.no"]),
        ("INQUIRY_NOTIFY", ["Inntak", "natt <a@mestringshusene.no>"]),
        ("INQUIRY_NOTIFY", ["bjørn@mestringshusene.no"]),
        ("INQUIRY_NOTIFY", ["inntak@mestringshusene.no\u202c"]),
        ("DEFAULT_FROM_EMAIL", ""),
        ("DEFAULT_FROM_EMAIL", "nettsted@mestringshusene.example"),
        ("ANSWER_FROM_EMAIL", "post"),
        ("FALLBACK_PHONE", ""),
        ("FALLBACK_PHONE", "35 01 95 00"),
        ("INQUIRY_RETENTION_DAYS", 0),
        ("INQUIRY_RETENTION_DAYS", -5),
        ("QUARANTINE_RETENTION_DAYS", 0),
        ("TOMBSTONE_RETENTION_DAYS", 1),
        ("AUDIT_RETENTION_DAYS", 30),
        ("INQUIRIES_PER_HOUR", 0),
        ("SET_APART_PER_HOUR", -1),
        ("TRUSTED_PROXIES", 0),
        ("BACKUP_KEY", ""),
        ("BACKUP_KEY", "zzz"),
        ("KEY_DIR", "{DATA_DIR}/keys"),
        ("AUDIT_HEADS", ""),
        ("AUDIT_HEADS", "{KEY_DIR}/audit_heads"),
        ("AUDIT_HEADS", "{DATA_DIR}/audit_heads"),
    ],
)
def test_one_unsafe_setting_is_one_reason(name, unsafe):
    value = unsafe.format_map(SAFE) if isinstance(unsafe, str) else unsafe
    assert len(startup_errors(SAFE | {name: value})) == 1


@pytest.mark.parametrize("name", ["DATA_DIR", "KEY_DIR"])
def test_a_folder_that_is_not_there_is_refused_and_not_begun_anew(name, tmp_path):
    """A slip of the hand, or a disk that is not mounted: no site with new keys comes up in its place."""
    (reason,) = startup_errors(SAFE | {name: str(tmp_path / "missing")})
    assert reason.startswith(f"{name} must be a folder that is there")


@pytest.mark.parametrize("name", ["DATA_DIR", "KEY_DIR"])
def test_a_folder_that_others_can_read_is_refused(name, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o700)
    assert startup_errors(SAFE | {name: str(folder)}) == []
    folder.chmod(0o755)
    assert len(startup_errors(SAFE | {name: str(folder)})) == 1


@pytest.mark.parametrize("name", ["DATA_DIR", "KEY_DIR"])
@pytest.mark.parametrize(("mode", "alone", "apart"), [
    (0o700, True, True), (0o710, False, True), (0o701, False, False), (0o730, False, False), (0o750, False, False),
])  # fmt: skip
def test_a_folder_is_passed_through_by_its_group_only_where_the_deliverer_s_key_is_kept_apart(
    name, mode, alone, apart, tmp_path
):
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.chmod(mode)
    assert (startup_errors(SAFE | {name: str(folder)}) == []) is alone
    assert (startup_errors(SAFE | {name: str(folder), "DELIVERER_KEY": "/etc/site/deliverer.key"}) == []) is apart


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
@pytest.mark.parametrize("name", ["DATA_DIR", "KEY_DIR"])
def test_a_command_of_another_user_than_the_folders_owner_is_refused(name, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o700)
    os.chown(folder, 65534, -1)
    (reason,) = startup_errors(SAFE | {name: str(folder)})
    assert reason.startswith(f"{name} belongs to another user")


@pytest.mark.parametrize("mode", ["demo", "live"])
def test_a_setting_that_cannot_be_read_stops_the_start(mode):
    assert "PORT must be a whole number." in startup_errors(
        SAFE | {"MODE": mode, "UNREADABLE": ["PORT must be a whole number."]}
    )


def test_an_own_mail_server_on_this_machine_needs_no_tls():
    assert startup_errors(SAFE | {"EMAIL_HOST": "localhost", "EMAIL_USE_TLS": False}) == []


@pytest.mark.parametrize("host", [
    "www.mestringshusene.no", "demo.mestringshusene.no", "*", ".no", "192.0.2.7", "localhost.example.no",
    "127.0.0.1.example.no",
])  # fmt: skip
def test_a_demo_that_the_public_can_reach_is_refused(host):
    demo = SAFE | {"MODE": "demo", "BEHIND_HTTPS": False}
    ours = ["127.0.0.1", "localhost", "[::1]", "::1", "demo.localhost"]
    assert startup_errors(demo | {"ALLOWED_HOSTS": ours}) == []
    assert len(startup_errors(demo | {"ALLOWED_HOSTS": [*ours, host]})) == 1


DEMO = SAFE | {"MODE": "demo", "ALLOWED_HOSTS": ["127.0.0.1"]}


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("INQUIRY_NOTIFY", ["a@klinikk.no;b@klinikk.no"]),  # as Outlook writes a list
        ("INQUIRY_NOTIFY", ["Inntak", "natt <a@klinikk.no>"]),
        ("INQUIRY_NOTIFY", ["bjørn@klinikk.no"]),
        ("DEFAULT_FROM_EMAIL", "Klinikken, inntak <a@klinikk.no>"),
        ("ANSWER_FROM_EMAIL", "a@klinikk.no;b@klinikk.no"),
    ],
)
def test_an_address_to_which_no_mail_can_go_is_refused_in_a_demo_too(name, wrong):
    assert startup_errors(DEMO) == []
    (reason,) = startup_errors(DEMO | {name: wrong})
    assert "klinikk.no" not in reason


def test_an_address_with_a_port_is_refused_in_words_that_say_so():
    said = startup_errors({**SAFE, "SITE_ADDRESS": "https://www.mestringshusene.no:8443"})
    assert ["no port" in sentence for sentence in said] == [True]


def test_the_deployment_checks_of_django_name_nothing_that_is_no_fault():
    said = {
        one.id for one in run_checks(tags=["security"], include_deployment_checks=True) if not one.is_silenced()
    }
    assert not said & {"security.W003", "security.W021"}


def test_so_many_office_hours_that_no_calendar_has_them_are_refused():
    assert len(startup_errors(DEMO | {"INQUIRY_ANSWER_HOURS": 9_000})) == 1


def test_an_unknown_mode_is_refused():
    assert startup_errors(SAFE | {"MODE": "production"})


def test_the_process_ends_with_every_reason_and_no_traceback_of_a_request(tmp_path):
    environment = {**os.environ, "MODE": "live", "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", "import mestring.wsgi"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "SECRET_KEY must be set" in done.stderr
    assert "EMAIL_URL must name a mail server" in done.stderr
    assert list(tmp_path.iterdir()) == []  # live mode makes no secrets of its own


def test_a_command_is_refused_in_sentences_alone(tmp_path):
    environment = {**os.environ, "MODE": "live", "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The site does not start:\n  - ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["migrate", "setup_site"])
def test_a_command_without_a_database_ends_with_one_sentence_that_quotes_no_password(command, tmp_path):
    away = "postgresql://site:canary@127.0.0.1:1/site"
    environment = {**os.environ, "MODE": "demo", "DATA_DIR": str(tmp_path), "DATABASE_URL": away}
    done = subprocess.run(
        [sys.executable, "manage.py", command], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "Databasen svarer ikke" in done.stderr
    assert "canary" not in done.stdout + done.stderr


@pytest.mark.parametrize(("choice", "covered"), [({}, True), ({"HSTS_SUBDOMAINS": "false"}, False)])
def test_names_below_the_site_s_own_are_covered_unless_the_operator_says_no(choice, covered, tmp_path):
    environment = {**os.environ, "MODE": "demo", "BEHIND_HTTPS": "true", "DATA_DIR": str(tmp_path), **choice}
    asked = (  # both in one process: to start Django is all that this costs
        "import django; django.setup(); from django.conf import settings; from django.core import management;"
        "print(settings.SECURE_HSTS_INCLUDE_SUBDOMAINS, flush=True);"
        "management.call_command('check', '--deploy', '--tag=security')"
    )
    said = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert said.stdout.startswith(f"{covered}\n")
    assert "System check identified" in said.stdout + said.stderr
    assert "security.W005" not in said.stdout + said.stderr
