"""In live mode the forms stay closed until the launch list is complete and the recovery paper proven."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import OperationalError, connection

from contact.keys import key_holders, recovery
from contact.keys.first_generation import make_keyring
from contact.keys.keyring import pin
from contact.models import Grant, InboxKey, Inquiry
from mestring.launch import gate as launch_gate
from mestring.launch.gate import forms_are_open
from pages.models import LaunchConfirmation
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESSES = ["/kontakt/pasient/", "/kontakt/parorende/", "/kontakt/henviser/"]


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """Forget what the gate remembers, so that no test sees another one's answer."""
    monkeypatch.setitem(launch_gate._open, "until", 0.0)


@pytest.fixture
def live(settings):
    settings.MODE = "live"
    factories.clinic()


def confirm(items=LaunchConfirmation.Item):
    for item in items:
        LaunchConfirmation.objects.create(item=item)


def prove():
    make_keyring()
    recovery.prove_paper(key_holders.paper_file().read_text(encoding="utf-8"))
    Grant.objects.filter(principal="server").delete()


def test_the_demo_is_always_open_and_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert forms_are_open()


def test_live_and_nothing_done_is_closed(live):
    assert not forms_are_open()


def test_the_launch_list_alone_does_not_open(live):
    make_keyring()
    confirm()
    assert not forms_are_open()


def test_the_proven_paper_alone_does_not_open(live):
    prove()
    confirm(list(LaunchConfirmation.Item)[1:])
    assert not forms_are_open()


def test_a_server_that_can_open_the_inbox_keeps_them_closed(live):
    confirm()
    make_keyring()
    recovery.prove_paper(key_holders.paper_file().read_text(encoding="utf-8"))
    assert not forms_are_open()
    Grant.objects.filter(principal="server").delete()
    assert forms_are_open()


def test_both_open(live):
    confirm()
    prove()
    assert forms_are_open()


def test_the_proof_of_an_older_generation_does_not_open(live):
    confirm()
    prove()
    newer = InboxKey.objects.create(generation=2, public_key=bytes(32))
    Grant.objects.create(key=newer, principal="recovery", sealed_private=b"")
    pin(newer)
    assert not forms_are_open()


def test_an_inbox_key_that_an_intruder_put_there_closes_nothing(live):
    confirm()
    prove()
    InboxKey.objects.create(generation=2, public_key=bytes(32))
    assert forms_are_open()


def test_what_an_administrator_opens_is_open_at_once(live):
    confirm()
    assert not forms_are_open()
    prove()
    assert forms_are_open()


def test_what_is_taken_back_closes_when_the_memory_is_over(live, monkeypatch):
    confirm()
    prove()
    assert forms_are_open()
    LaunchConfirmation.objects.first().delete()
    assert forms_are_open()
    later = launch_gate.time.monotonic() + launch_gate.REMEMBER_FOR + 1
    monkeypatch.setattr(launch_gate.time, "monotonic", lambda: later)
    assert not forms_are_open()


def test_a_database_that_is_away_leaves_the_form_open_to_say_so_itself_and_is_not_remembered(client, live):
    make_keyring()
    with connection.execute_wrapper(away):
        assert forms_are_open()
        address = client.get(ADDRESSES[0])["Location"]
        assert "<textarea" in client.get(address).text
        answer = client.post(address, {"step": "send", "message": "Kan dere ringe meg?"})
    assert answer.status_code == 503
    assert "Kan dere ringe meg?" in answer.text
    assert not forms_are_open()


def away(*_arguments):
    raise OperationalError("away")


def test_a_closed_site_takes_no_inquiry_and_an_open_one_does(client, live):
    make_keyring()
    for address in ADDRESSES:
        assert client.get(address).status_code == 200
        assert "<textarea" not in client.get(address).text
        assert client.post(address, {"message": "hei"}).status_code == 503
    assert not Inquiry.objects.exists()
    confirm()
    prove()
    for address in ADDRESSES:
        answer = client.get(address)
        assert answer.status_code == 302
        assert client.post(answer["Location"], {"step": "send", "message": "hei"}).status_code == 200
    assert Inquiry.objects.count() == 3


@pytest.mark.parametrize("address", ["/kontakt/", *ADDRESSES])
@pytest.mark.parametrize("done", ["nothing", "launch list", "all"])
def test_no_page_takes_more_than_three_queries(client, live, django_assert_max_num_queries, address, done):
    make_keyring()
    for kind in ("contact", "contact_patient", "contact_relative", "contact_referrer"):
        factories.live(kind, kind=kind)
    if done != "nothing":
        confirm()
    if done == "all":
        prove()
        assert forms_are_open()
    form = client.get(address, follow=False).headers.get("Location", address)
    with django_assert_max_num_queries(3):
        assert client.get(form).status_code == 200


def test_new_items_of_the_list_close_no_site_that_is_launched(live):
    """The upgrades leave the forms of a launched site open; a site before its launch has more to confirm."""
    upgrades = [
        import_module(f"pages.migrations.{name}") for name in ("0019_safety_review", "0024_operators_part")
    ]
    prove()
    new = {item for upgrade in upgrades for item in upgrade.NEW}
    at_first = [item for item in LaunchConfirmation.Item if item not in new]
    confirm(at_first[1:])
    for upgrade in upgrades:
        upgrade.keep_launched_sites_open(apps, None)
    assert LaunchConfirmation.objects.count() == len(at_first) - 1
    confirm(at_first[:1])
    assert not forms_are_open()
    for upgrade in upgrades:
        upgrade.keep_launched_sites_open(apps, None)
    assert forms_are_open()


def test_the_operator_s_part_closes_no_launched_site_and_stands_on_the_list_of_the_others(live):
    upgrade = import_module("pages.migrations.0024_operators_part")
    prove()
    earlier = [item for item in LaunchConfirmation.Item if item not in upgrade.NEW]
    confirm(earlier[1:])
    upgrade.keep_launched_sites_open(apps, None)
    assert LaunchConfirmation.objects.count() == len(earlier) - 1
    confirm(earlier[:1])
    assert not forms_are_open()
    upgrade.keep_launched_sites_open(apps, None)
    assert forms_are_open()
    assert set(LaunchConfirmation.objects.filter(item__in=upgrade.NEW).values_list("confirmed_by", flat=True)) == {
        None
    }
