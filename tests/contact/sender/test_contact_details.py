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
    "copied",
    [
        "Kari Nordmann <kari@example.org>",
        '"Nordmann, Kari" <mailto:kari@example.org> ',
        "<kari@example.org>",
        "MAILTO:kari@example.org",
        "ｋａｒｉ＠example.org",
    ],
)
def test_an_address_is_taken_as_a_mail_program_or_another_keyboard_writes_it(copied):
    form = PatientForm({"message": "hei", "email": copied})
    assert form.is_valid(), form.errors
    assert form.answers["email"] == form["email"].value() == "kari@example.org"


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
    for phone in ("hjemme", "123", "12345"):
        assert "telefonnummer" in errors(reach="phone", phone=phone)["phone"][0]
        assert not errors(phone=phone)
    for phone in ("+46 70 123 45 67", "900 12 345 etter fire", "02800", "412\u201334\u2013567"):
        assert not errors(reach="phone", phone=phone)


def test_digits_of_other_scripts_are_stored_as_staff_dial_them():
    for typed in ("\uff0b\uff14\uff17 \uff14\uff11\uff12 34 567", "+٤٧ ٤١٢ ٣٤ ٥٦٧"):
        form = PatientForm({"message": "hei", "reach": "phone", "phone": typed})
        assert form.is_valid()
        assert form.answers["phone"] == form["phone"].value() == "+47 412 34 567"


def test_marks_that_turn_the_direction_of_writing_are_taken_out_of_every_text():
    """What stands behind such a mark is mirrored, also words of others on the same page."""
    joined = "\u200d".join("👩👧") + "\ufe0f می\u200cخواهم"  # joiners belong to emoji and to Persian
    turning = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
    for name in ("message", "name", "if_other", "when"):
        for form in (PatientForm(typed := {"message": "hei", name: turning + joined}), PatientForm(initial=typed)):
            assert form[name].value() == joined
        sent = PatientForm(typed)
        assert sent.is_valid()
        assert sent.answers[name] == joined
    assert "message" in PatientForm({"message": turning}).errors


@pytest.mark.parametrize(
    ("wishes", "asked_about"),
    [
        ({"reach": "phone", "may_call": "no"}, ["may_call"]),
        ({"reach": "phone", "may_call": "no", "may_leave_message": "yes"}, ["may_call"]),
        ({"reach": "code", "may_call": "yes"}, ["may_call"]),
        ({"reach": "code", "may_call": "no", "may_text": "yes"}, ["may_text"]),
        ({"reach": "code", "may_leave_message": "yes", "may_text": "yes"}, ["may_leave_message", "may_text"]),
        ({"reach": "code", "may_call": "no", "may_leave_message": "yes"}, ["may_leave_message"]),
        ({"reach": "email", "may_call": "no", "may_leave_message": "yes"}, ["may_leave_message"]),
        ({"may_call": "no", "may_leave_message": "yes"}, ["may_leave_message"]),
        ({"reach": "phone", "may_call": "yes", "may_leave_message": "yes", "may_text": "no"}, []),
        ({"reach": "email", "may_call": "no", "may_text": "yes"}, []),
        ({"reach": "code", "may_call": "no", "may_leave_message": "no", "may_text": "no"}, []),
    ],
)
def test_wishes_that_contradict_each_other_are_asked_about(wishes, asked_about):
    found = errors(phone="900 12 345", email="a@b.no", **wishes)
    assert sorted(found) == asked_about
    assert all(len(told) == 1 and "Hva er riktig?" in told[0] for told in found.values())
