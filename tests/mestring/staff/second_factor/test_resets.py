"""A lost phone takes two colleagues: an administrator who asks, and a second one who confirms."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User

from contact.models import AccessEntry
from mestring.roles import KEYHOLDERS
from mestring.staff.second_factor.codes import has_second_factor
from mestring.staff.second_factor.resets import NotAllowed, ask_for_reset, confirm_reset, withdraw_reset
from tests.cast import logged_in
from tests.mestring.staff.login.test_throttle import later
from tests.mestring.staff.second_factor.phone import with_app
from tests.mestring.staff.second_factor.test_login import is_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def keyholder(inquiry_staff):
    inquiry_staff.groups.add(Group.objects.get(name=KEYHOLDERS))
    return inquiry_staff


@pytest.fixture
def phoneless(editor):
    with_app(editor)
    return editor


def page_of(person):
    return f"/admin/login/reset/{person.pk}/"


def test_two_colleagues_take_the_second_step_away_and_the_log_names_both(phoneless, administrator, keyholder):
    client = logged_in(phoneless)
    ask_for_reset(phoneless, administrator)
    assert has_second_factor(phoneless)
    confirm_reset(phoneless, keyholder)
    assert not has_second_factor(phoneless)
    assert not is_in(client)
    logged = AccessEntry.objects.filter(about="astrid").order_by("pk").values_list("action", "username")
    assert list(logged) == [("reset_asked", "kari"), ("factor_reset", "ivar")]
    with pytest.raises(NotAllowed):
        confirm_reset(phoneless, keyholder)


def test_no_colleague_is_both_persons_and_none_resets_their_own(phoneless, administrator, keyholder, roleless):
    other = User.objects.create_superuser("anne")
    for by, person in ((administrator, administrator), (keyholder, phoneless), (phoneless, phoneless)):
        with pytest.raises(NotAllowed):
            ask_for_reset(person, by)
    with pytest.raises(NotAllowed):
        confirm_reset(phoneless, other)
    ask_for_reset(phoneless, administrator)
    for by in (administrator, roleless):
        with pytest.raises(NotAllowed):
            confirm_reset(phoneless, by)
    with_app(keyholder)
    ask_for_reset(keyholder, administrator)
    with pytest.raises(NotAllowed):
        confirm_reset(keyholder, keyholder)
    assert has_second_factor(phoneless)
    assert has_second_factor(keyholder)


def test_what_was_asked_counts_for_a_day_and_while_its_administrator_is_one(phoneless, administrator, keyholder):
    ask_for_reset(phoneless, administrator)
    with later(timedelta(days=1)), pytest.raises(NotAllowed):
        confirm_reset(phoneless, keyholder)
    for change in ({"is_superuser": False}, {"is_superuser": True, "is_active": False}):
        User.objects.filter(pk=administrator.pk).update(**change)
        with pytest.raises(NotAllowed):
            confirm_reset(phoneless, keyholder)
    User.objects.filter(pk=administrator.pk).update(is_active=True)
    withdraw_reset(phoneless, keyholder)
    with pytest.raises(NotAllowed):
        confirm_reset(phoneless, keyholder)


def test_the_second_person_finds_it_on_the_first_page_and_each_sees_their_own_buttons(
    phoneless, administrator, keyholder, roleless
):
    asking, confirming = logged_in(administrator), logged_in(keyholder)
    assert page_of(phoneless) in asking.get(f"/admin/auth/user/{phoneless.pk}/change/").text
    assert "Ingenting venter her" in confirming.get(page_of(phoneless)).text
    assert asking.post(page_of(phoneless), {"ask": "1"}).status_code == 302
    assert page_of(phoneless) in confirming.get("/admin/").text
    assert page_of(phoneless) not in asking.get("/admin/").text
    assert 'name="confirm"' in confirming.get(page_of(phoneless)).text
    assert 'name="confirm"' not in asking.get(page_of(phoneless)).text
    for client in (logged_in(roleless), logged_in(User.objects.get(username="ragna"))):
        assert client.get(page_of(phoneless)).status_code == 403
        assert client.post(page_of(phoneless), {"confirm": "1"}).status_code == 403
    asking.post(page_of(phoneless), {"confirm": "1"})
    assert has_second_factor(phoneless)
    confirming.post(page_of(phoneless), {"confirm": "1"})
    assert not has_second_factor(phoneless)
    assert page_of(phoneless) not in confirming.get("/admin/").text
