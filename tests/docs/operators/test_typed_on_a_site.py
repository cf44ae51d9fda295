"""What docs/operators.md tells an operator to type, typed on one site: each line as it stands there."""

from contextlib import contextmanager

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import connection

from contact.audit import triggers
from contact.keys import key_holders
from contact.keys.first_generation import make_keyring
from contact.models import InboxKey, Inquiry
from contact.sender.intake import receive
from mestring.roles import INQUIRY_STAFF, KEYHOLDERS, ensure_roles
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)  # SQLite copies no file in the middle of a write
PASSPHRASE = "gul traktor ved sjøen 7 kråker {}"


@pytest.fixture
def colleagues(db):
    """Two who read inquiries and keep the keys."""
    ensure_roles()
    groups = Group.objects.filter(name__in=(INQUIRY_STAFF, KEYHOLDERS))
    for name in ("nina", "ole"):
        User.objects.create_user(name, is_staff=True, email=f"{name}@klinikken.no").groups.set(groups)


@pytest.fixture
def inquiry(db):
    make_keyring()
    return Inquiry.objects.get(locator=receive("patient", "nb", {"message": "hei"}, bytes(32)).locator)


@contextmanager
def empty_site(inquiry):
    """The site has lost everything; after the block it has this inquiry again."""
    triggers.remove_triggers(connection)
    call_command("flush", interactive=False, verbosity=0)
    yield
    assert Inquiry.objects.get().reference == inquiry.reference


def test_a_site_is_set_up_and_looked_after(as_told, settings, tmp_path):
    settings.OPERATOR_MAIL = "drift@klinikken.no"
    as_told("check")
    as_told("migrate")
    as_told("setup_site")
    factories.clinic()
    factories.live("kafe")
    as_told("copy_pages FOLDER", FOLDER=tmp_path / "copies")
    assert any((tmp_path / "copies").rglob("*.html"))
    assert "pages written" in as_told("load_starter")
    assert "/admin/login/choose/" in as_told(
        "invite_administrator NAME ADDRESS", NAME="ada", ADDRESS="ada@klinikken.no"
    )
    as_told(
        "createsuperuser --noinput --username NAME --email ADDRESS", NAME="drift", ADDRESS="drift@klinikken.no"
    )
    as_told("reset_second_factor NAME", NAME="ada")
    with pytest.raises(CommandError):  # there is none
        as_told("unlink_sign_on NAME", NAME="ada")
    as_told("deliver --once")
    as_told("erase_expired --dry-run")
    as_told("erase_expired")
    as_told("erase_expired --even-so")
    settings.WRITES_PAUSED = True
    assert "Skipped" in as_told("rehearse")
    assert "Skipped" in as_told("rehearse --patience SECONDS", SECONDS=5)
    with pytest.raises(CommandError, match="to mend"):  # a site of tests is never well
        as_told("doctor")
    with pytest.raises(CommandError, match="to mend"):
        as_told("doctor --mail ADDRESS", ADDRESS="ada@klinikken.no")
    as_told("tell_operator UNIT", UNIT="mestringshusene-web.service")
    as_told("check_links")
    as_told("check_links --most NUMBER", NUMBER=10)
    as_told("papers FOLDER", FOLDER=tmp_path / "papers")
    assert len(list((tmp_path / "papers").iterdir())) == 3
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = (
        [tmp_path / "papers"],
        tmp_path / "static",
    )  # a few files are enough
    as_told("collectstatic --noinput")


def test_the_inbox_is_handed_to_colleagues_and_kept(as_told, inquiry, colleagues, tmp_path):
    as_told("inbox setup")
    paper = key_holders.paper_file()
    printed = paper.read_text()
    as_told("inbox prove", typed=printed)
    for name in ("nina", "ole"):
        code = (
            as_told("inbox enrol NAME", typed=f"{PASSPHRASE.format(name)}\n" * 2, NAME=name).split(":")[1].strip()
        )
        as_told("inbox grant NAME", typed=f"{code}\n{printed}", NAME=name)
    assert "1" in as_told("inbox check --paper FILE", FILE=paper)
    assert "hei" in as_told("inbox open REFERENCE --paper FILE", REFERENCE=inquiry.reference, FILE=paper)
    as_told("inbox remove-server-grant", typed=printed)
    as_told("inbox delete-server-key")
    as_told("inbox new-generation", typed=printed)
    InboxKey.objects.update(link=None)  # as an earlier version left them
    for number in (2, 3):
        as_told("inbox link NUMBER", typed=printed, NUMBER=number)
    own = PASSPHRASE.format("nina")
    as_told("inbox new-paper FILE --colleague NAME", typed=own, FILE=tmp_path / "new", NAME="nina")
    newer = (tmp_path / "new").read_text()
    as_told("inbox replace-paper --colleague NAME", typed=f"{own}\n{newer}", NAME="nina")
    as_told("inbox revoke NAME", typed=newer, NAME="ole")
    assert "nina" in as_told("inbox status")
    as_told("deliver --once")
    assert "slik den ble skrevet" in as_told("inbox audit --verify")
    assert as_told("inbox audit")


def test_backups_are_made_and_restored(as_told, inquiry, settings, tmp_path):
    key, signer, backup = tmp_path / "offline.key", tmp_path / "signer.txt", tmp_path / "a.backup"
    settings.BACKUP_KEY = as_told("backup --new-key FILE", FILE=key).split("BACKUP_KEY=")[1].split()[0]
    settings.BACKUP_DIR = str(tmp_path / "backups")
    (tmp_path / "backups").mkdir(mode=0o700)
    as_told("backup --signer FILE", FILE=signer)
    as_told("backup FILE", FILE=backup)
    as_told("nightly_backup")
    as_told("note_drill --who NAME", NAME="nina")
    as_told("note_drill --who NAME --on DAY", NAME="nina", DAY="2026-11-01")
    files = {"BACKUP": backup, "KEY": key, "SIGNER": signer, "LIST": settings.ERASURE_LIST}
    as_told("restore BACKUP --key KEY --signer SIGNER --check", **files)
    with empty_site(inquiry):
        as_told("restore BACKUP --key KEY --signer SIGNER --erased LIST", **files)
    with empty_site(inquiry):
        as_told("restore BACKUP --key KEY --signer SIGNER --nothing-erased", **files)
    with empty_site(inquiry):
        as_told("restore BACKUP --key KEY --unsigned --erased LIST", **files)
