"""A held inquiry is not erased by any round until a colleague releases it."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from contact.cases import status
from contact.models import AccessEntry, Hold, Inquiry
from contact.retention import legal_holds, schedule
from contact.retention.erasing_round import count_due, erase_expired
from contact.retention.erasure import Erased, erase
from tests.contact.retention.test_schedule import after

pytestmark = pytest.mark.django_db


def test_what_is_held_is_not_erased_until_it_is_released(inquiry, inquiry_staff):
    status.close(inquiry, inquiry_staff, "recorded")
    legal_holds.hold(inquiry, "complaint", inquiry_staff)
    legal_holds.hold(inquiry, "claim", inquiry_staff)
    with after(days=31):
        assert (count_due().held, count_due().closed) == (1, 0)
        assert erase_expired() == 0
        legal_holds.release(inquiry, inquiry_staff)
        legal_holds.release(inquiry, inquiry_staff)
        assert erase_expired() == 1
    actions = list(AccessEntry.objects.order_by("id").values_list("action", flat=True))
    assert actions == ["received", "closed", "journaled", "held", "released", "erased"]


def test_an_open_inquiry_that_is_held_is_counted_as_held_at_once(inquiry, inquiry_staff):
    assert count_due().held == 0
    legal_holds.hold(inquiry, "complaint", inquiry_staff)
    assert count_due().held == 1


def test_a_reason_is_a_word_from_the_list_and_never_a_text(inquiry, inquiry_staff):
    with pytest.raises(ValueError, match="no such reason"):
        legal_holds.hold(inquiry, "Sol har klaget", inquiry_staff)


def test_what_is_held_a_moment_before_it_is_erased_stays(inquiry, inquiry_staff):
    status.close(inquiry, inquiry_staff, "recorded")
    with after(days=31):
        rows = schedule.expired_closed(timezone.now())
        legal_holds.hold(inquiry, "claim", inquiry_staff)
        with pytest.raises(Erased):
            erase(inquiry, AccessEntry.Action.ERASED, rows=rows)
    assert Inquiry.objects.exists()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_what_is_held_while_the_round_waits_for_it_stays(inquiry, inquiry_staff):
    status.close(inquiry, inquiry_staff, "recorded")
    Inquiry.objects.update(closed_at=timezone.now() - timedelta(days=31))
    rounds = []

    def erase_meanwhile():
        rounds.append(erase_expired())
        connection.close()

    with transaction.atomic():
        legal_holds.hold(inquiry, "claim", inquiry_staff)
        waiting = threading.Thread(target=erase_meanwhile)
        waiting.start()
        waiting.join(timeout=1)
        assert waiting.is_alive()
    waiting.join()
    assert (rounds, Inquiry.objects.count()) == ([0], 1)


def test_its_sender_erases_also_what_is_held(inquiry, inquiry_staff):
    legal_holds.hold(inquiry, "claim", inquiry_staff)
    erase(inquiry, AccessEntry.Action.SENDER_ERASED)
    assert not Hold.objects.exists()


def test_what_is_erased_while_a_colleague_wants_to_hold_it_is_said_to_be_erased(inquiry_client, inquiry):
    erase(inquiry, AccessEntry.Action.SENDER_ERASED)
    answer = inquiry_client.post(f"/admin/contact/inquiry/{inquiry.pk}/hold/", {"reason": "claim"})
    assert answer.status_code == 410


def test_colleagues_hold_and_release_on_the_inquiry_s_page(inquiry_client, editor_client, inquiry):
    page = f"/admin/contact/inquiry/{inquiry.pk}/"
    for verb in ("hold", "release", "not-spam"):
        assert inquiry_client.get(f"{page}{verb}/").status_code == 302
        assert editor_client.post(f"{page}{verb}/", {"reason": "claim"}).status_code == 403
    inquiry_client.post(f"{page}hold/", {"reason": "Sol har klaget"})
    assert not Hold.objects.exists()
    inquiry_client.post(f"{page}hold/", {"reason": "claim"})
    answer = inquiry_client.get(f"{page}change/")
    assert "Grunn: erstatningskrav eller rettssak. Bestemt av ivar" in answer.text
    inquiry_client.post(f"{page}release/")
    assert "velg hvorfor" in inquiry_client.get(f"{page}change/").text
    assert Hold.objects.get().released_by.username == "ivar"
