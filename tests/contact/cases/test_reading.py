import pytest

from contact.cases import reading
from contact.crypto.sealing import SealBroken
from contact.keys import key_holders
from contact.keys.keyring import KeysMissing
from contact.keys.recovery_paper import PaperWrong, new_paper
from contact.models import AccessEntry, Inquiry
from tests.contact.conftest import CANARY

pytestmark = pytest.mark.django_db


def actions():
    return list(AccessEntry.objects.order_by("id").values_list("action", "username"))


def test_opening_shows_the_answers_and_writes_down_who_looked(inquiry, inquiry_staff):
    assert reading.open_inquiry(inquiry, inquiry_staff)["message"] == CANARY
    assert actions()[1:] == [("opened", "ivar")]


def test_what_cannot_be_logged_is_not_shown(inquiry, inquiry_staff, monkeypatch):
    def fail(**_fields):
        raise RuntimeError("the log is full")

    monkeypatch.setattr(AccessEntry.objects, "create", fail)
    with pytest.raises(RuntimeError):
        reading.open_inquiry(inquiry, inquiry_staff)


def test_without_the_server_s_key_nothing_opens_and_no_look_is_written_down(inquiry, inquiry_staff):
    key_holders.server_key_file().unlink()
    with pytest.raises(KeysMissing):
        reading.open_inquiry(inquiry, inquiry_staff)
    assert len(actions()) == 1


def test_a_text_moved_to_another_inquiry_does_not_open_there(inquiry, inquiry_staff):
    other = Inquiry.objects.create(
        reference="AAAA-AAAA", locator="x", role="patient", language="nb", key=inquiry.key, sealed=inquiry.sealed
    )
    with pytest.raises(SealBroken):
        reading.open_inquiry(other, inquiry_staff)


def test_the_recovery_paper_opens_and_the_log_says_so(inquiry):
    key_holders.server_key_file().unlink()
    paper = key_holders.paper_file().read_text(encoding="utf-8")
    assert reading.open_with_paper(inquiry, paper)["message"] == CANARY
    assert actions()[1:] == [("opened_paper", "")]


def test_another_inbox_s_paper_opens_nothing(inquiry):
    with pytest.raises(PaperWrong):
        reading.open_with_paper(inquiry, new_paper())


def test_an_inquiry_calls_itself_by_its_reference_only(inquiry):
    assert str(inquiry) == inquiry.reference
    assert CANARY not in repr(inquiry)
