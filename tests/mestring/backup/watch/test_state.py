"""What is known of the backups reaches the operator's monitoring, and the colleagues who can tell the operator."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from mestring.backup.watch import first_page
from mestring.backup.watch.drills import remind_operator
from mestring.backup.watch.models import BackupNight, Fault, RestoreDrill
from mestring.backup.watch.state import backup_state
from mestring.readiness.checks import readiness
from mestring.staff.dashboard import waiting_lines

pytestmark = pytest.mark.django_db
DRILLS = "/admin/backup/restoredrill/"


@pytest.fixture(autouse=True)
def watched(settings, tmp_path):
    """A site whose backups are made at night, and whose drill is not due."""
    settings.BACKUP_DIR = str(tmp_path)
    settings.OPERATOR_MAIL = "drift@klinikken.no"
    RestoreDrill.objects.create(who="Dag Drift")


def night(hours, *faults, **more):
    return BackupNight.objects.create(at=timezone.now() - timedelta(hours=hours), faults=list(faults), **more)


def about_backups(user):
    return [line.words for line in waiting_lines(user) if "sikkerhetskopi" in line.words]


def said_by_monitoring():
    return [line for line in readiness()[1] if "backup" in line]


def test_a_good_night_is_one_quiet_line_for_who_administers_accounts(accounts, editor, inquiry_staff, client):
    night(3, size=48_000_000, copies=1)
    assert about_backups(accounts) == []
    assert said_by_monitoring() == []
    client.force_login(accounts)
    assert ", 45,8\xa0MB, kopiert bort</a>" in client.get("/admin/").text
    for colleague in (editor, inquiry_staff):
        client.force_login(colleague)
        assert "ikkerhetskopi" not in client.get("/admin/").text


@pytest.mark.parametrize(
    ("hour", "said"), [(2, "i natt kl. 02.10"), (14, "i dag kl. 14.10"), (26, "29. november kl. 02.10")]
)
def test_the_time_is_said_as_people_say_it(at_hour, hour, said):
    assert first_page.when(at_hour(hour)) == said


@pytest.fixture
def at_hour(monkeypatch):
    """Let it be 30 November; return a function that gives an hour of that day, or of the day before."""
    today = date(2026, 11, 30)
    monkeypatch.setattr(first_page.timezone, "localdate", lambda: today)

    def at(hour):
        day = today - timedelta(days=hour // 24)
        zone = timezone.get_default_timezone()
        return timezone.datetime(day.year, day.month, day.day, hour % 24, 10, tzinfo=zone)

    return at


def test_one_bad_night_is_told_to_monitoring_and_to_who_administers_accounts_alone(
    accounts, editor, inquiry_staff
):
    night(27)
    night(3, Fault.NOT_COPIED)
    (line,) = about_backups(accounts)
    assert line == "Siste sikkerhetskopi er ikke god: den ble ikke kopiert bort. Si fra til drift@klinikken.no."
    assert about_backups(editor) == about_backups(inquiry_staff) == []
    (said,) = said_by_monitoring()
    assert said.startswith("yellow: the last nightly backup was not copied away")


def test_after_two_nights_without_a_good_one_every_colleague_is_asked_to_tell_the_operator(
    accounts, editor, inquiry_staff
):
    night(51)
    night(27, Fault.NOT_COPIED)
    night(3, Fault.NOT_COPIED)
    for colleague in (editor, inquiry_staff):
        (line,) = about_backups(colleague)
        assert line.startswith("Det har ikke vært en god sikkerhetskopi på to netter.")
        assert "drift@klinikken.no" in line
    assert len(about_backups(accounts)) == 1
    night(1)
    assert about_backups(editor) == about_backups(accounts) == []


def test_nights_that_were_never_good_count_from_the_first(editor):
    night(51, Fault.FAILED)
    night(3, Fault.FAILED)
    assert len(about_backups(editor)) == 1


def test_a_timer_that_stands_still_is_found(accounts):
    assert backup_state().faults == [Fault.LATE]
    night(25)
    assert backup_state().faults == []
    BackupNight.objects.update(at=timezone.now() - timedelta(hours=27))
    assert backup_state().faults == [Fault.LATE]
    assert len(about_backups(accounts)) == len(said_by_monitoring()) == 1


def test_a_night_that_is_still_to_come_hides_nothing():
    night(-9)
    assert backup_state().faults == [Fault.LATE]


def test_a_site_without_nightly_backups_says_nothing_on_the_first_page(accounts, settings):
    settings.BACKUP_DIR = ""
    RestoreDrill.objects.all().delete()
    assert about_backups(accounts) == []
    assert first_page.good_backup(accounts) is None


def test_a_drill_is_asked_for_twice_a_year(accounts, editor):
    night(3)
    assert about_backups(accounts) == []
    RestoreDrill.objects.update(done_on=timezone.localdate() - timedelta(days=184))
    lines = [line.words for line in waiting_lines(accounts) if "sist øvd" in line.words]
    assert len(lines) == 1
    RestoreDrill.objects.all().delete()
    (line,) = about_backups(accounts)
    assert line.startswith("Ingen har øvd på å gjenopprette en sikkerhetskopi ennå.")
    assert about_backups(editor) == []


def test_the_operator_is_reminded_by_mail_once_a_month_until_a_drill_is_noted():
    remind_operator(night(3))
    assert mail.outbox == []
    RestoreDrill.objects.all().delete()
    first = night(2)
    remind_operator(first)
    remind_operator(night(1))
    (sent,) = mail.outbox
    assert sent.to == ["drift@klinikken.no"]
    assert sent.subject == "På tide å øve på gjenoppretting"
    BackupNight.objects.filter(pk=first.pk).update(at=timezone.now() - timedelta(days=31))
    remind_operator(night(0))
    assert len(mail.outbox) == 2


def test_a_drill_is_noted_in_the_admin_with_who_wrote_it_down_and_is_not_changed(client, accounts, editor_client):
    client.force_login(accounts)
    to_come = {"done_on": str(timezone.localdate() + timedelta(days=1)), "who": "Kari"}
    assert "Denne dagen har ikke vært ennå." in client.post(f"{DRILLS}add/", to_come).text
    client.post(f"{DRILLS}add/", {"done_on": "2026-11-02", "who": "Kari Nes"})
    drill = RestoreDrill.objects.get(who="Kari Nes")
    assert drill.noted_by == accounts
    assert "Kari Nes" in client.get(DRILLS).text
    assert client.post(f"{DRILLS}{drill.pk}/change/", {"who": "Ole"}).status_code == 403
    assert editor_client.get(DRILLS).status_code == 403


def test_a_drill_that_was_noted_by_mistake_is_deleted_and_asked_for_again(client, accounts):
    client.force_login(accounts)
    [drill] = RestoreDrill.objects.all()
    link = re.search(rf'href="({DRILLS}{drill.pk}/change/)', client.get(DRILLS).text)[1]
    delete = re.search(r'href="([^"]*/delete/)', client.get(link).text)[1]
    client.post(delete, {"post": "yes"})
    assert not RestoreDrill.objects.exists()
    assert "gjenoppretting" in client.get("/admin/").text


def test_the_day_of_a_drill_is_chosen_in_the_browser_s_own_field_and_a_slip_of_the_keyboard_is_refused(
    client, accounts
):
    client.force_login(accounts)
    assert '<input type="date" name="done_on"' in client.get(f"{DRILLS}add/").text
    assert client.post(f"{DRILLS}add/", {"done_on": "0202-11-02", "who": "Kari"}).status_code == 200
    with pytest.raises(CommandError):
        call_command("note_drill", who="Kari", on=date(202, 11, 2))
    assert RestoreDrill.objects.count() == 1


def test_a_drill_is_noted_at_a_terminal():
    call_command("note_drill", who="Ole Vik", on=date(2026, 11, 1))
    assert RestoreDrill.objects.get(who="Ole Vik").done_on == date(2026, 11, 1)
    with pytest.raises(CommandError, match="ikke vært ennå"):
        call_command("note_drill", who="Ole Vik", on=timezone.localdate() + timedelta(days=1))


def test_the_nights_are_listed_in_plain_words(client, accounts):
    night(27, Fault.CHANGED, Fault.SHRUNK, size=5_000)
    night(3, size=48_000_000)
    client.force_login(accounts)
    text = client.get("/admin/backup/backupnight/").text
    assert "filen er skadet, den er mindre enn halvparten så stor som den forrige" in text
    assert client.get("/admin/backup/backupnight/add/").status_code == 403
