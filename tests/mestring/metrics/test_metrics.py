"""/metrics says what an operator alarms on, in numbers alone, to the inside alone."""

import os
import re
import ssl
import time
from datetime import timedelta
from ipaddress import ip_network

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from contact.audit.verification import verify
from contact.keys.first_generation import make_keyring
from contact.models import AccessEntry, Delivery
from contact.notifications.heartbeat import beat
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from mestring.backup.watch.models import BackupNight
from mestring.operator_mail.faults import note_fault
from tests import factories
from tests.conftest import ROOT

pytestmark = pytest.mark.django_db
CANARY = "kanarifugl-i-gruva"
MOST_QUERIES = 40  # ten more than there are; each check of /readyz may ask for itself, none for each row


@pytest.fixture(autouse=True)
def machine(settings, tmp_path):
    """A site that is well, with a backup of yesterday."""
    settings.BACKUP_DIR = str(tmp_path)
    settings.OPERATOR_MAIL = f"{CANARY}@klinikken.no"
    backup = tmp_path / f"{CANARY}.backup"
    backup.write_bytes(bytes(4711))
    BackupNight.objects.create()
    os.utime(backup, (time.time() - 86_400,) * 2)
    factories.clinic()
    make_keyring()
    beat()


def values(client, **headers):
    """The samples of /metrics by name, and by labels where there are some."""
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/openmetrics-text")
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for found in text_string_to_metric_families(answer.text)
        for sample in found.samples
    }


def later(wait):
    return time_machine.travel(timezone.now() + wait, tick=False)


def send():
    return receive("patient", "nb", {"message": CANARY}, nonce_of(new_token()))


def test_what_waits_is_counted_and_how_long(client):
    before = values(client)
    assert before["mestring_inquiries waiting"] == before["mestring_inquiry_longest_wait_seconds"] == 0
    send()
    with later(timedelta(days=7)):
        send()
        found = values(client)
    assert [found[f"mestring_inquiries {state}"] for state in ("waiting", "overdue", "unread")] == [2, 1, 2]
    assert found["mestring_inquiry_longest_wait_seconds"] == pytest.approx(7 * 86_400, abs=60)
    assert found["mestring_mails_waiting inquiries"] == 2
    assert found["mestring_mail_longest_wait_seconds"] == pytest.approx(7 * 86_400, abs=60)
    # Put off, and as old as before.
    Delivery.objects.update(not_before=timezone.now() + timedelta(hours=1), attempts=3)
    with later(timedelta(days=7)):
        assert values(client)["mestring_mail_longest_wait_seconds"] == pytest.approx(7 * 86_400, abs=60)


def test_the_machine_says_when_each_thing_last_happened(client, settings):
    now = time.time()
    found = values(client)
    assert found["mestring_deliver_timestamp_seconds"] == pytest.approx(now, abs=60)
    assert found["mestring_backup_timestamp_seconds"] == pytest.approx(now - 86_400, abs=60)
    assert found["mestring_backup_bytes"] == 4711
    assert 0 < found["mestring_disk_free_bytes data"] <= found["mestring_disk_bytes data"]
    assert found["mestring_migrations_missing"] == found["mestring_erasing_stopped"] == 0
    assert found["mestring_forms_open"] == found["mestring_release 0.1.0"] == 1
    unknown = ("erasing_timestamp_seconds", "access_log_whole", "fault_timestamp_seconds", "certificate_accepted")
    assert not [name for name in unknown if f"mestring_{name}" in found]
    call_command("deliver", "--once")
    verify()
    note_fault(ValueError(CANARY))
    found = values(client)
    for name in ("erasing", "access_log_verified", "fault"):
        assert found[f"mestring_{name}_timestamp_seconds"] == pytest.approx(now, abs=120)
    assert found["mestring_access_log_whole"] == 1


def test_a_log_that_was_changed_is_said_after_it_was_verified(client):
    AccessEntry.objects.create(action=AccessEntry.Action.OPENED)
    with later(timedelta(hours=2)):  # an entry that no delivery process has linked for so long
        assert verify().broken
        assert values(client)["mestring_access_log_whole"] == 0


def test_every_reason_of_readyz_is_there_as_a_number(client, settings):
    assert {value for name, value in values(client).items() if name.startswith("mestring_readyz")} == {0}
    settings.WRITES_PAUSED = True
    assert values(client)["mestring_readyz paused_writes yellow"] == 1
    MigrationRecorder.Migration.objects.filter(app="pages").order_by("-pk")[0].delete()
    found = values(client)
    assert (found["mestring_readyz migrations red"], found["mestring_migrations_missing"]) == (1, 1)
    assert "mestring_readyz paused_writes yellow" not in found


def test_a_database_that_is_away_is_a_number_too_and_what_needs_none_is_told(client, monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE contact_heartbeat RENAME TO away")
    found = values(client)
    assert found["mestring_readyz database red"] == 1
    assert found["mestring_backup_bytes"] == 4711
    assert "mestring_deliver_timestamp_seconds" not in found


def test_a_database_that_does_not_answer_is_asked_once(client, monkeypatch):
    """Each question waits for five seconds, and Prometheus for ten in all."""
    asked = []

    def wait_in_vain(*_args, **_more):
        asked.append(1)
        raise OperationalError(CANARY)

    monkeypatch.setattr(connection, "cursor", wait_in_vain)
    found = values(client)
    assert len(asked) == 1
    assert found["mestring_readyz database red"] == 1
    assert found["mestring_facts_unread"] == 6
    assert found["mestring_backup_bytes"] == 4711


def test_a_fact_that_cannot_be_read_is_counted_and_costs_no_other(client, settings, tmp_path):
    assert values(client)["mestring_facts_unread"] == 0
    (tmp_path / "gone.backup").symlink_to("/not/there")  # as a backup that is deleted in the moment between
    assert values(client)["mestring_backup_bytes"] == 4711
    settings.BACKUP_DIR = str(tmp_path / ("long" * 99))  # no disk has such a name
    found = values(client)
    assert found["mestring_facts_unread"] == 2
    assert found["mestring_forms_open"] in (0, 1)


def test_what_visitors_ask_for_makes_no_name_or_label(client):
    before = set(values(client))
    for number in range(20):
        client.get(f"/{number}-{CANARY}/?q={CANARY}{number}")
        client.generic(f"ODD{number}", f"/kontakt/{number}/", headers={"user-agent": f"{CANARY}{number}"})
    assert set(values(client)) == before


def test_no_word_address_or_path_stands_in_it_and_many_inquiries_cost_no_more_queries(client, settings):
    for _ in range(2):
        send()
    note_fault(ValueError(CANARY))
    with CaptureQueriesContext(connection) as few:
        text = client.get("/metrics").text
    for told in (CANARY, "klinikken", "@", str(settings.DATA_DIR), "/", "35019500"):
        assert told not in text.replace("/readyz", "")
    for _ in range(8):
        send()
    with CaptureQueriesContext(connection) as many:
        client.get("/metrics")
    assert len(few) == len(many) <= MOST_QUERIES, len(many)


@pytest.mark.parametrize(
    ("remote", "forwarded", "status"),
    [
        ("127.0.0.1", None, 200), ("::1", None, 200), ("", None, 200), ("127.0.0.1", "127.0.0.1", 200),
        ("127.0.0.1", "10.1.2.3", 200), ("127.0.0.1", "203.0.113.9", 404), ("203.0.113.9", None, 404),
        ("203.0.113.9", "127.0.0.1", 404), ("127.0.0.1", "127.0.0.1, 203.0.113.9", 404),
        ("127.0.0.1", "unknown", 404),
    ],
)  # fmt: skip
def test_to_others_than_the_inside_there_is_no_such_page(client, settings, remote, forwarded, status):
    settings.METRICS_FROM = [*settings.METRICS_FROM, ip_network("10.1.2.0/24")]
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    answer = client.get("/metrics", headers=headers, REMOTE_ADDR=remote)
    assert answer.status_code == status
    assert ("mestring_" in answer.text) == (status == 200)


def test_a_certificate_that_browsers_refuse_or_that_no_one_answers_for_is_told_apart(client, monkeypatch):
    def fail_with(error):
        def ask(patience):
            raise error

        monkeypatch.setattr("mestring.metrics.machine.certificate_end", ask)
        return {name: value for name, value in values(client).items() if "certificate" in name}

    assert fail_with(ssl.SSLCertVerificationError()) == {"mestring_certificate_accepted": 0}
    assert fail_with(ConnectionRefusedError()) == {}


def test_every_name_in_the_rules_for_prometheus_is_served_and_explained(client, monkeypatch):
    call_command("deliver", "--once")
    verify()
    note_fault(ValueError(CANARY))
    monkeypatch.setattr("mestring.metrics.machine.certificate_end", lambda patience: time.time())
    served = {name.split(" ")[0] for name in values(client)}
    rules = (ROOT / "deploy" / "prometheus-rules.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"mestring_\w+", rules)) == served
    guide = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`(mestring_\w+)`", guide)) == served


def test_a_scraper_on_the_machine_asks_the_web_process_itself_without_https(client, settings):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["www.example.no"]
    settings.METRICS_FROM = [ip_network("127.0.0.0/8")]
    assert client.get("/metrics", headers={"host": "127.0.0.1:8000"}).status_code == 200
