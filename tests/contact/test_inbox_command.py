import io

import pytest
from django.core.management import CommandError, call_command

from contact import keys
from contact.models import AccessEntry, Inquiry
from contact.paper import new_paper
from tests.contact.conftest import CANARY

pytestmark = pytest.mark.django_db


def run(*arguments, stderr=None):
    out = io.StringIO()
    call_command("inbox", *map(str, arguments), stdout=out, stderr=stderr or io.StringIO())
    return out.getvalue()


def test_setup_says_where_the_paper_lies_and_never_what_stands_on_it(db):
    said = run("setup")
    assert str(keys.paper_file()) in said
    secret_lines = [
        line
        for line in keys.paper_file().read_text(encoding="utf-8").splitlines()
        if line[4:6] in ("1)", "2)", "3)", "4)")
    ]
    assert len(secret_lines) == 4
    assert not any(line.strip()[4:] in said for line in secret_lines)


def test_setup_can_be_repeated(keyring):
    run("setup")
    run("setup")
    assert keys.InboxKey.objects.count() == 1


def test_open_prints_one_inquiry_and_logs_it(inquiry):
    assert CANARY in run("open", inquiry.reference.lower(), "--paper", keys.paper_file())
    assert AccessEntry.objects.filter(action=AccessEntry.Action.OPENED_WITH_PAPER).count() == 1


def test_open_with_another_paper_prints_nothing(inquiry, tmp_path):
    wrong = tmp_path / "wrong.txt"
    wrong.write_text(new_paper(), encoding="utf-8")
    with pytest.raises(CommandError):
        run("open", inquiry.reference, "--paper", wrong)


def test_open_with_an_unknown_reference_is_a_clear_error(inquiry):
    with pytest.raises(CommandError):
        run("open", "0000-0000", "--paper", keys.paper_file())


def test_a_missing_paper_file_is_a_clear_error(inquiry, tmp_path):
    with pytest.raises(CommandError):
        run("check", "--paper", tmp_path / "nowhere.txt")


def test_check_counts_what_opens_shows_nothing_and_logs_nothing(inquiry):
    said = run("check", "--paper", keys.paper_file())
    assert CANARY not in said
    assert said.count("1") == 2
    assert AccessEntry.objects.count() == 1


def test_check_names_the_inquiries_that_do_not_open(inquiry):
    Inquiry.objects.update(sealed=b"\x01broken")
    errors = io.StringIO()
    said = run("check", "--paper", keys.paper_file(), stderr=errors)
    assert "0" in said
    assert inquiry.reference in errors.getvalue()


def test_a_broken_seal_is_a_clear_error(inquiry):
    Inquiry.objects.update(sealed=b"\x01broken")
    with pytest.raises(CommandError):
        run("open", inquiry.reference, "--paper", keys.paper_file())
