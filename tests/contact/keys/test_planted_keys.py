"""An intruder who writes an inbox key into the database gains nothing but what is sealed until it is noticed."""

from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from contact.cases.reading import unseal
from contact.crypto.sealing import SealBroken, seal
from contact.keys import colleagues, generations, recovery, staff_keys
from contact.keys.grants import holder_mac, open_grant
from contact.keys.key_holders import is_paper_proven
from contact.keys.keyring import KeyringRefused, KeysMissing, is_pinned, newest_key, open_generation
from contact.models import Grant, InboxKey, Inquiry, StaffKey
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from tests.contact.conftest import CANARY, PASSPHRASE, with_paper, with_passphrase

pytestmark = pytest.mark.django_db
OTHER = "fem blå ballonger over fjorden"
KEYRING = "/admin/contact/grant/"


def public_half(private):
    return private.public_key().public_bytes_raw()


@pytest.fixture
def thief(launched):
    """The paper's key that the intruder named in a generation of their own, sealed to all real holders."""
    thief, evil, last = X25519PrivateKey.generate(), X25519PrivateKey.generate(), newest_key()
    planted = InboxKey.objects.create(generation=last.generation + 1, public_key=public_half(evil))
    for grant in last.grants.all():
        row, holder = uuid4(), bytes(grant.holder_public)
        named = public_half(thief) if grant.principal == "recovery" else holder
        user = grant.staff_key.user_id if grant.staff_key else None
        Grant.objects.create(
            id=row, key=planted, principal=grant.principal, staff_key=grant.staff_key, holder_public=named,
            sealed_private=seal(evil.private_bytes_raw(), X25519PublicKey.from_public_bytes(holder), row, "grant"),
            voucher=holder_mac(evil, grant.principal, user, named), proven_at=grant.proven_at,
        )  # fmt: skip
    return thief


def test_the_new_key_that_answers_it_goes_to_the_holders_of_the_last_pinned_one(thief, enrolled, printed):
    receipt = receive("relative", "nb", {"message": CANARY}, nonce_of(new_token()))
    meanwhile = Inquiry.objects.get(locator=receipt.locator)
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


def test_a_generation_that_no_holder_of_the_one_before_made_does_not_open_though_it_is_pinned(launched, enrolled):
    key = generations.new_generation(with_passphrase(enrolled))
    open_generation(with_passphrase(enrolled), key)
    key.link = bytes(32)
    with pytest.raises(KeysMissing):
        open_generation(with_passphrase(enrolled), key)


def test_the_admin_says_so_with_what_to_do(administrator_client, inquiry_client, thief):
    page = administrator_client.get(KEYRING).text
    assert "Den nyeste nøkkelen til innboksen ble ikke laget her" in page
    assert "Alt er gjort" not in page
    assert "er fjernet" not in page
    assert "Den nyeste nøkkelen til innboksen ble ikke laget her" in administrator_client.get("/admin/").text
    assert "ble ikke laget her" not in inquiry_client.get("/admin/").text
