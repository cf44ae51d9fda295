"""An intruder who writes an inbox key into the database gains nothing but what is sealed until it is noticed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.db import connection
from django.utils import timezone

from contact.cases.reading import unseal
from contact.crypto.sealing import SealBroken, seal
from contact.keys import chain, colleagues, generations, recovery, staff_keys
from contact.keys.chain import link_to, open_generation
from contact.keys.grants import holder_mac, open_grant
from contact.keys.key_holders import is_paper_proven
from contact.keys.keyring import KeyringRefused, fingerprint_file, is_pinned, newest_key, pin
from contact.models import AccessEntry, Grant, InboxKey, Inquiry, StaffKey
from contact.notifications.heartbeat import beat
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from tests.contact.conftest import CANARY, PASSPHRASE, with_paper, with_passphrase

pytestmark = pytest.mark.django_db
OTHER = "fem blå ballonger over fjorden"
KEYRING = "/admin/contact/grant/"


def public_half(private):
    return private.public_key().public_bytes_raw()


def plant(thief, evil, generation):
    """Put a generation of the intruder's own there, sealed to all real holders, and their key as the paper's."""
    last = newest_key()
    planted = InboxKey.objects.create(generation=generation, public_key=public_half(evil))
    for grant in last.grants.all():
        row, holder = uuid4(), bytes(grant.holder_public)
        named = public_half(thief) if grant.principal == "recovery" else holder
        user = grant.staff_key.user_id if grant.staff_key else None
        Grant.objects.create(
            id=row, key=planted, principal=grant.principal, staff_key=grant.staff_key, holder_public=named,
            sealed_private=seal(evil.private_bytes_raw(), X25519PublicKey.from_public_bytes(holder), row, "grant"),
            voucher=holder_mac(evil, grant.principal, user, named), proven_at=grant.proven_at,
        )  # fmt: skip
    return planted


@pytest.fixture
def thief(launched):
    """The paper's key that the intruder named in a generation of their own."""
    thief = X25519PrivateKey.generate()
    plant(thief, X25519PrivateKey.generate(), newest_key().generation + 1)
    return thief


def highest_number():
    return connection.ops.integer_field_range("PositiveIntegerField")[1]


def send():
    receipt = receive("relative", "nb", {"message": CANARY}, nonce_of(new_token()))
    return Inquiry.objects.get(locator=receipt.locator)


def test_nothing_that_comes_in_is_sealed_to_it(thief, enrolled):
    meanwhile = send()
    assert is_pinned(meanwhile.key)
    assert unseal(meanwhile, with_passphrase(enrolled)(meanwhile.key))["message"] == CANARY


@pytest.mark.parametrize("above", [1, 2, 500, None])
def test_whatever_its_number_a_new_key_is_made_and_is_the_newest(launched, enrolled, client, above):
    beat()
    last = newest_key().generation
    plant(X25519PrivateKey.generate(), X25519PrivateKey.generate(), last + above if above else highest_number())
    assert "not the pinned one" in client.get("/readyz").text
    new = generations.new_generation(with_passphrase(enrolled))
    assert new.generation == last + 2
    assert newest_key() == send().key == InboxKey.objects.order_by("generation").last() == new
    assert client.get("/readyz").text == "ready\n"
    generations.new_generation(with_passphrase(enrolled))


def test_the_new_key_that_answers_it_goes_to_the_holders_of_the_last_pinned_one(thief, enrolled, printed):
    meanwhile = send()
    generations.new_generation(with_passphrase(enrolled))
    new = newest_key()
    assert is_pinned(new)
    assert is_paper_proven()
    with pytest.raises(SealBroken):
        open_grant(new.grants.get(principal="recovery"), thief)
    open_generation(with_paper(printed), new)
    assert unseal(meanwhile, with_passphrase(enrolled)(meanwhile.key))["message"] == CANARY


def test_it_can_be_made_with_the_paper_alone(thief, printed):
    generations.new_generation(recovery.paper_opener(printed))
    open_generation(with_paper(printed), newest_key())


STEPS = {
    "let in": lambda key, paper, other: colleagues.let_in([other], with_passphrase(key)),
    "change": lambda key, paper, other: staff_keys.change_passphrase(
        key, staff_keys.open_private_key(key, PASSPHRASE), OTHER
    ),
    "enrol": lambda key, paper, other: colleagues.enrol(other.user, OTHER),
    "remove server": lambda key, paper, other: generations.remove_server(with_paper(paper)),
    "prove": lambda key, paper, other: recovery.prove_paper(paper),
    "print": lambda key, paper, other: recovery.print_new_paper(with_passphrase(key)),
    "replace": lambda key, paper, other: recovery.replace_paper(paper, with_passphrase(key)),
}


@pytest.mark.plain
@pytest.mark.parametrize("step", STEPS)
def test_until_then_no_other_step_is_taken_and_the_refusal_says_what_to_do(
    enrolled, printed, administrator, request, step
):
    waiting = colleagues.enrol(administrator, OTHER)
    request.getfixturevalue("thief")
    before = list(Grant.objects.order_by("pk").values()) + list(StaffKey.objects.values())
    with pytest.raises(KeyringRefused, match="Lag så en ny nøkkel"):
        STEPS[step](enrolled, printed, waiting)
    assert list(Grant.objects.order_by("pk").values()) + list(StaffKey.objects.values()) == before


def test_a_removal_waits_for_nothing_and_tidying_up_touches_nothing(enrolled, printed, administrator, request):
    colleagues.let_in([colleagues.enrol(administrator, OTHER)], with_paper(printed))
    request.getfixturevalue("thief")
    InboxKey.objects.update(created="2020-01-01T00:00Z")
    assert generations.delete_unused_grants() == 0
    colleagues.remove(enrolled)
    assert not StaffKey.objects.filter(pk=enrolled.pk).exists()
    assert colleagues.is_generation_due()


def test_a_newest_key_that_was_taken_away_is_said_until_a_new_one_is_made(
    launched, enrolled, client, administrator_client
):
    beat()
    generations.new_generation(with_passphrase(enrolled))
    assert client.get("/readyz").text == "ready\n"
    assert not colleagues.is_generation_due()
    Grant.objects.filter(key=newest_key()).delete()
    newest_key().delete()
    assert "newer than all in the database" in client.get("/readyz").text
    assert colleagues.is_generation_due()
    for address in (KEYRING, "/admin/"):
        assert "mangler i databasen" in administrator_client.get(address).text
    generations.new_generation(with_passphrase(enrolled))
    assert client.get("/readyz").text == "ready\n"
    assert not colleagues.is_generation_due()


# --- one who can write to the file of fingerprints too ----------------------------------------------


def without_a_link(last, enrolled):
    pin(plant(X25519PrivateKey.generate(), X25519PrivateKey.generate(), last + 1))


def with_a_link_of_their_own(last, enrolled):
    without_a_link(last, enrolled)
    InboxKey.objects.filter(generation=last + 1).update(link=bytes(32))


def behind_a_second_planted_one(last, enrolled):
    evil = X25519PrivateKey.generate()
    pin(plant(X25519PrivateKey.generate(), evil, last + 1))
    second = plant(X25519PrivateKey.generate(), X25519PrivateKey.generate(), last + 2)
    second.link = link_to(evil, second)
    second.save()
    pin(second)


def with_the_highest_number(last, enrolled):
    pin(plant(X25519PrivateKey.generate(), X25519PrivateKey.generate(), highest_number()))


def where_the_keys_before_open_for_no_holder(last, enrolled):
    behind_a_second_planted_one(last, enrolled)
    Grant.objects.filter(key__generation__lte=last).delete()


def where_the_fingerprints_before_are_gone(last, enrolled):
    fingerprint_file().write_text("")
    behind_a_second_planted_one(last, enrolled)


def in_the_place_of_the_first(last, enrolled):
    InboxKey.objects.filter(generation=1).update(generation=500)
    evil = X25519PrivateKey.generate()
    first = plant(X25519PrivateKey.generate(), evil, 1)
    pin(first)
    without_a_link(last, enrolled)


BOTH = [
    without_a_link,
    with_a_link_of_their_own,
    behind_a_second_planted_one,
    with_the_highest_number,
    where_the_keys_before_open_for_no_holder,
    where_the_fingerprints_before_are_gone,
    in_the_place_of_the_first,
]
HANDING_ON = {
    "new key": lambda key, paper, other: generations.new_generation(with_passphrase(key)),
    "let in": lambda key, paper, other: colleagues.let_in([other], with_passphrase(key)),
    "print": lambda key, paper, other: recovery.print_new_paper(with_passphrase(key)),
    "remove server": lambda key, paper, other: generations.remove_server(with_passphrase(key)),
}


@pytest.mark.parametrize("planting", BOTH)
def test_a_planted_key_that_is_pinned_too_is_handed_on_to_no_one_and_stops_no_sender(
    launched, enrolled, printed, administrator, planting
):
    generations.new_generation(with_passphrase(enrolled))
    new_paper = recovery.print_new_paper(with_passphrase(enrolled))
    waiting = colleagues.enrol(administrator, OTHER)
    planting(newest_key().generation, enrolled)
    before = list(Grant.objects.order_by("pk").values())
    replace = {"replace": lambda key, paper, other: recovery.replace_paper(new_paper, with_passphrase(key))}
    for step in (HANDING_ON | replace).values():
        with pytest.raises(KeyringRefused):
            step(enrolled, printed, waiting)
    assert list(Grant.objects.order_by("pk").values()) == before
    assert Inquiry.objects.filter(pk=send().pk).exists()
    colleagues.remove(waiting)


def test_the_refusal_says_what_to_do_and_a_colleague_is_removed_all_the_same(
    launched, enrolled, printed, administrator
):
    other = colleagues.enrol(administrator, OTHER)
    colleagues.let_in([other], with_paper(printed))
    without_a_link(newest_key().generation, enrolled)
    with pytest.raises(KeyringRefused, match="inbox status"):
        generations.new_generation(with_paper(printed))
    colleagues.remove(other, opener=with_passphrase(enrolled))
    assert not StaffKey.objects.filter(pk=other.pk).exists()
    assert colleagues.is_generation_due()


def test_a_key_from_before_there_were_links_is_linked_once_a_person_has_compared_it(
    launched, enrolled, printed, administrator
):
    generations.new_generation(with_passphrase(enrolled))
    InboxKey.objects.update(link=None)
    for number in (2, 3):
        with pytest.raises(KeyringRefused, match=f"nummer {number} "):
            generations.new_generation(with_passphrase(enrolled))
        chain.link(number, with_paper(printed), administrator)
    assert AccessEntry.objects.filter(action="linked", user=administrator).count() == 2
    generations.new_generation(with_passphrase(enrolled))
    for number in (1, 9):
        with pytest.raises(KeyringRefused):
            chain.link(number, with_paper(printed), administrator)


# --- a colleague who was removed --------------------------------------------------------------------


@pytest.mark.parametrize("gone", ["removed", "forgotten", "changed"])
def test_rows_that_were_taken_away_and_put_back_are_handed_no_new_key(
    launched, enrolled, printed, administrator, gone
):
    other = colleagues.enrol(administrator, OTHER)
    colleagues.let_in([other], with_paper(printed))
    kept = list(StaffKey.objects.filter(pk=other.pk)), list(other.grants.all())
    private = staff_keys.open_private_key(other, OTHER)
    match gone:
        case "removed":
            colleagues.remove(other)
        case "forgotten":
            colleagues.enrol(administrator, PASSPHRASE)
        case "changed":
            staff_keys.change_passphrase(other, private, PASSPHRASE)
    StaffKey.objects.filter(user=administrator).delete()
    for row in [*kept[0], *kept[1]]:
        row.save(force_insert=True)
    with pytest.raises(KeyringRefused, match="ny passordsetning"):
        colleagues.let_in(kept[0], with_paper(printed))
    new = generations.new_generation(with_passphrase(enrolled))
    assert not new.grants.filter(staff_key=other).exists()
    assert new.grants.count() == 2


@pytest.mark.parametrize("gone", ["server", "recovery"])
def test_a_server_s_key_and_a_paper_that_were_taken_away_and_put_back_are_handed_no_new_key(
    inquiry, enrolled, printed, gone
):
    recovery.prove_paper(printed)
    opener, kept = with_passphrase(enrolled), newest_key().grants.get(principal=gone)
    if gone == "server":
        generations.remove_server(opener)
    else:
        recovery.replace_paper(recovery.print_new_paper(opener), opener)
    Grant.objects.filter(key=newest_key()).delete()
    newest_key().delete()
    newest_key().grants.filter(principal=gone).delete()
    kept.save(force_insert=True)
    new = generations.new_generation(opener)
    assert not new.grants.filter(principal=gone).exists()
    assert new.grants.filter(staff_key=enrolled).exists()


@pytest.mark.plain
def test_a_new_key_stays_due_whatever_day_an_intruder_writes_on_the_last(
    launched, enrolled, printed, administrator
):
    other = colleagues.enrol(administrator, OTHER)
    colleagues.let_in([other], with_paper(printed))
    colleagues.remove(other)
    InboxKey.objects.update(created=timezone.now() + timedelta(days=3650))
    assert colleagues.is_generation_due()
    generations.new_generation(with_passphrase(enrolled))
    assert not colleagues.is_generation_due()


@pytest.mark.plain
def test_the_admin_says_so_with_what_to_do(administrator_client, inquiry_client, thief):
    page = administrator_client.get(KEYRING).text
    assert "Den nyeste nøkkelen til innboksen ble ikke laget her" in page
    assert "Alt er gjort" not in page
    assert "er fjernet" not in page
    assert "Den nyeste nøkkelen til innboksen ble ikke laget her" in administrator_client.get("/admin/").text
    assert "ble ikke laget her" not in inquiry_client.get("/admin/").text
