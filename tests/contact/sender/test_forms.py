import pytest

from contact.sender.forms.inquiry import TRAP
from contact.sender.forms.private import PatientForm, RelativeForm
from contact.sender.forms.referrer import ReferrerForm

FORMS = [PatientForm, RelativeForm, ReferrerForm]
each = pytest.mark.parametrize("form_class", FORMS)
IDENTITY_NUMBER = "578201 00192"  # synthetic: no person's


@each
def test_the_message_is_the_only_thing_needed(form_class):
    assert form_class({"message": "hei"}).is_valid()
    assert list(form_class({}).errors) == ["message"]


@each
def test_a_message_of_spaces_is_no_message(form_class):
    assert "message" in form_class({"message": " \r\n\t "}).errors


def test_only_relatives_are_asked_whom_it_is_about():
    assert "relation" in RelativeForm().fields
    assert "relation" not in PatientForm().fields


def test_referrers_are_asked_where_they_work_and_not_what_matters_at_a_phone_at_home():
    assert list(ReferrerForm().fields) == [
        "message", "workplace", "name", "reach", "phone", "when", "email", TRAP,
    ]  # fmt: skip
    assert "workplace" not in PatientForm().fields


def test_referrers_are_told_beside_the_message_to_write_of_no_patient():
    shown = ReferrerForm()
    assert shown.warning
    assert shown["message"].help_text != PatientForm()["message"].help_text
    assert not PatientForm.warning


@each
@pytest.mark.parametrize("typed", [IDENTITY_NUMBER, f"Hun heter Sol,\n{IDENTITY_NUMBER}.", "57.82.01-00192"])
def test_an_identity_number_is_refused_in_every_field_kept_and_never_repeated(form_class, typed):
    written = [name for name, field in form_class.base_fields.items() if not hasattr(field, "choices")]
    for name in set(written) - {TRAP}:
        form = form_class({"message": "hei"} | {name: f"{typed}@x.no" if name == "email" else typed})
        assert list(form.errors) == [name]
        assert "00192" not in str(form.errors)
        assert typed in form[name].value()


@each
def test_a_number_in_the_trap_or_a_phone_number_is_no_reason_to_refuse(form_class):
    assert form_class({"message": "hei", "phone": "22 33 44 55 / 900 12 345", TRAP: IDENTITY_NUMBER}).is_valid()


def test_answers_are_what_was_given_in_words_that_no_language_changes():
    typed = {"message": " hei\r\nder\rnå ", "may_call": "yes", "relation": "child", "name": "", TRAP: ""}
    form = RelativeForm(typed)
    assert form.is_valid()
    assert form.answers == {"message": "hei\nder\nnå", "may_call": "yes", "relation": "child"}


@each
def test_ten_thousand_characters_fit_whatever_the_browser_makes_of_line_breaks(form_class):
    assert form_class({"message": "a\r\n" * 4999 + "ab"}).is_valid()
    assert "message" in form_class({"message": "a" * 10_001}).errors


@each
def test_a_text_that_is_too_long_is_kept_and_never_cut_by_the_page(form_class):
    form = form_class({"message": "a" * 10_001})
    assert form["message"].value() == "a" * 10_001
    assert "maxlength" not in str(form["message"])


@pytest.mark.parametrize("name", ["message", "name", "phone", "email", "when"])
def test_nothing_else_is_looked_for_in_a_text_that_is_too_long(name):
    errors = PatientForm({"message": "hei", name: "01010112345 " * 1000}).errors.as_data()[name]
    assert [error.code for error in errors] == ["max_length"]


@pytest.mark.parametrize("name", ["message", "name", "phone", "email", "when"])
def test_nul_is_refused_and_the_rest_is_kept(name):
    form = PatientForm({"message": "hei", name: "a\x00b@c.no"})
    assert name in form.errors
    assert "\x00" not in str(form.errors)
    assert form[name].value() == "ab@c.no"


@pytest.mark.parametrize("name", ["reach", "may_call", "may_leave_message", "may_text"])
def test_an_invented_choice_is_refused_without_repeating_it(name):
    errors = str(PatientForm({"message": "hei", name: "<b>\x00"}).errors)
    assert name in errors
    assert "<b>" not in errors
    assert "\x00" not in errors


def test_a_crooked_address_is_refused_and_kept():
    form = PatientForm({"message": "hei", "email": "kari at example"})
    assert "email" in form.errors
    assert form["email"].value() == "kari at example"


@pytest.mark.parametrize("filled", ["http://spam.example", "\x00", "x" * 5000])
def test_the_trap_makes_suspicious_and_never_refuses(filled):
    form = PatientForm({"message": "hei", TRAP: filled})
    assert form.is_valid()
    assert form.is_suspicious
    assert form.answers == {"message": "hei"}


def test_an_empty_trap_is_not_suspicious():
    form = PatientForm({"message": "hei", TRAP: ""})
    assert form.is_valid()
    assert not form.is_suspicious


def test_hints_and_errors_are_tied_to_their_fields():
    shown = str(PatientForm({"email": "x"})["email"])
    assert 'aria-describedby="id_email_helptext id_email_error"' in shown
    assert 'aria-invalid="true"' in shown


@pytest.mark.parametrize(("name", "token"), [("name", "nickname"), ("phone", "tel"), ("email", "email")])
def test_browsers_may_fill_in_what_they_know(name, token):
    assert f'autocomplete="{token}"' in str(PatientForm()[name])


@each
@pytest.mark.parametrize(("way", "missing"), [("phone", ["phone"]), ("email", ["email"]), ("code", []), ("", [])])
def test_the_chosen_way_needs_its_number_or_address_and_the_code_needs_nothing(form_class, way, missing):
    assert list(form_class({"message": "hei", "reach": way}).errors) == missing
    assert form_class({"message": "hei", "reach": way, "phone": "90012345", "email": "a@b.no"}).is_valid()


@each
def test_a_crooked_address_gets_one_error_and_not_two(form_class):
    assert len(form_class({"message": "hei", "reach": "email", "email": "x"}).errors["email"]) == 1


@each
def test_only_fields_that_are_typed_into_have_a_placeholder(form_class):
    """HTML allows the attribute nowhere else; the style asks it whether a field is empty."""
    shown = form_class()
    placeholders = {name for name in shown.fields if "placeholder=" in str(shown[name])}
    assert placeholders == {"phone", "when", "if_other", "email"} & set(shown.fields)
