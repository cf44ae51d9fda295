"""Numbers and addresses that reach no one are found out while the sender can still mend them."""

import pytest

from contact.sender.forms.private import PatientForm

HIDDEN = "\u202a%s\u202c\u200b"


def errors(**typed):
    return PatientForm({"message": "hei"} | typed).errors


@pytest.mark.parametrize("name", ["email", "phone"])
def test_invisible_signs_are_no_part_of_an_address_or_a_number(name):
    typed = {"email": "kari@example.org", "phone": "900 12 345"}[name]
    form = PatientForm({"message": "hei", name: HIDDEN % typed})
    assert form.is_valid()
    assert form.answers[name] == typed
    assert form[name].value() == typed


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("navn", "mangler @"),
        ("navn@gmail", "Slutten"),
        ("navn @gmail.com", "mellomrom"),
        ("øla@bjørk.no", "æ, ø eller å"),
        ("a@b@c.no", "mer enn én @"),
        ("@gmail.com", "foran @"),
        ("navn@", "etter @"),
        ("navn@gmail.con", "Skal det være .com?"),
        ("navn@gmail,com", "komma"),
        ("navn@gmail..com", "to punktum"),
        ("navn@gmail.com.", "slutter med et tegn"),
        (f"navn@{'a' * 64}.no", "ser ikke ut som en e-postadresse"),
        ("root@localhost", "Slutten"),
        ("root@[127.0.0.1]", "ingen adresse på nettet"),
        ("root@[IPv6:::1]", "Slutten"),
        ("root@10.0.0.10", "ingen adresse på nettet"),
        ("root@１２７.0.0.10", "ingen adresse på nettet"),
        ("root@10。0。0。10", "Slutten"),
        ("root@mail.localhost", "ingen adresse på nettet"),
        ("root@filer.klinikk.LOCAL", "ingen adresse på nettet"),
        ("root@intranett.internal", "ingen adresse på nettet"),
        (f"{'a' * 65}@example.org", "for mange tegn foran @"),
    ],
)
def test_what_is_wrong_with_an_address_is_named(address, words):
    [told] = errors(email=address)["email"]
    assert words in told
    assert "@ i midten" not in told


@pytest.mark.parametrize(
    "address",
    ["kari@example.org", "ola.nordmann+x@bjørk.no", "a@b.co.uk", f"{'a' * 64}@example.org", "a@local.no"],
)
def test_an_address_that_can_get_mail_is_taken(address):
    assert not errors(email=address)


def test_a_number_is_checked_only_when_a_call_is_asked_for():
    for phone in ("hjemme", "123"):
        assert "telefonnummer" in errors(reach="phone", phone=phone)["phone"][0]
        assert not errors(phone=phone)
    for phone in ("+46 70 123 45 67", "900 12 345 etter fire", "02800"):
        assert not errors(reach="phone", phone=phone)


def test_wishes_that_contradict_each_other_are_asked_about():
    number = {"phone": "900 12 345"}
    assert "Hva er riktig?" in errors(reach="phone", may_call="no", **number)["may_call"][0]
    assert "Hva er riktig?" in errors(reach="code", may_call="yes", **number)["may_call"][0]
    assert not errors(reach="phone", may_call="yes", **number)
    assert not errors(reach="email", email="a@b.no", may_call="no", **number)
