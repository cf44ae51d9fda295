"""The launch list is ticked by administrators."""

import pytest

from pages.models import LaunchConfirmation

pytestmark = pytest.mark.django_db
LIST = "/admin/pages/launchconfirmation/"


def test_a_tick_records_who_confirmed(administrator_client, administrator):
    administrator_client.post(LIST, {"confirmed": ["helplines", "two_staff"]})
    assert set(LaunchConfirmation.objects.values_list("item", "confirmed_by")) == {
        ("helplines", administrator.pk),
        ("two_staff", administrator.pk),
    }


def test_saving_again_keeps_who_confirmed_first(administrator_client, editor):
    LaunchConfirmation.objects.create(item="helplines", confirmed_by=editor)
    administrator_client.post(LIST, {"confirmed": ["helplines"]})
    assert LaunchConfirmation.objects.get().confirmed_by == editor


def test_taking_a_tick_away_withdraws_the_confirmation(administrator_client, editor):
    LaunchConfirmation.objects.create(item="helplines", confirmed_by=editor)
    administrator_client.post(LIST, {})
    assert not LaunchConfirmation.objects.exists()


def test_an_item_that_does_not_exist_is_refused(administrator_client):
    assert administrator_client.post(LIST, {"confirmed": ["free_coffee"]}).status_code == 200
    assert not LaunchConfirmation.objects.exists()


def test_an_editor_cannot_confirm_anything(editor_client):
    assert editor_client.post(LIST, {"confirmed": ["helplines"]}).status_code == 403
    assert not LaunchConfirmation.objects.exists()
