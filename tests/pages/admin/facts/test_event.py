"""Editors set the dates of gatherings, and see only those that are not over."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.pages.admin.forms import read_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    factories.clinic()
    return factories.event(starts_in=None)


def save(client, event, **dates):
    address = reverse("admin:pages_event_change", args=[event.pk])
    return client.post(address, read_form(client, address, "event_form") | dates)


def test_a_new_date_is_saved_in_oslo_time(editor_client, event):
    day = timezone.localdate() + timedelta(days=30)
    save(editor_client, event, **{"dates-0-starts_at": f"{day}T11:00", "dates-0-ends_at": f"{day}T15:00"})
    assert timezone.localtime(event.dates.get().starts_at).hour == 11


def test_an_end_before_the_beginning_is_refused(editor_client, event):
    day = timezone.localdate() + timedelta(days=30)
    answer = save(editor_client, event, **{"dates-0-starts_at": f"{day}T11:00", "dates-0-ends_at": f"{day}T10:00"})
    assert "Den må slutte etter at den har begynt." in answer.text
    assert not event.dates.exists()


def test_dates_that_are_over_are_not_in_the_form_and_stay_stored(editor_client, event):
    factories.event_date(event, timedelta(days=-400))
    address = reverse("admin:pages_event_change", args=[event.pk])
    assert 'name="dates-INITIAL_FORMS" value="0"' in editor_client.get(address).text
    save(editor_client, event)
    assert event.dates.count() == 1


def test_a_date_that_has_been_is_saved_and_said_to_be_over(editor_client, event):
    answer = save(
        editor_client, event, **{"dates-0-starts_at": "2025-05-01T11:00", "dates-0-ends_at": "2025-05-01T15:00"}
    )
    assert event.dates.exists()
    assert "Tiden er allerede ute" in editor_client.get(answer["Location"]).text
