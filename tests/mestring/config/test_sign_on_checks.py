"""Settings of single sign-on that are half set, or take other accounts than the clinic's, are refused."""

import pytest

from mestring.config.sign_on_checks import sign_on_errors
from mestring.config.startup_checks import startup_errors
from tests.mestring.config.test_startup_checks import SAFE

RIGHT = {
    "MODE": "live",
    "SIGN_ON_ISSUER": "https://login.microsoftonline.com/9f4c0f0e-0000-4000-8000-3c1d5a1b2c3d/v2.0",
    "SIGN_ON_CLIENT": "5d9d0d5e",
    "SIGN_ON_SECRET": "s3cret",
    "SIGN_ON_NAME": "Microsoft",
    "SIGN_ON_TWO_STEPS": "",
}


def test_whole_settings_and_none_are_taken():
    assert startup_errors(SAFE | RIGHT) == []
    assert list(sign_on_errors({"MODE": "live"})) == []


@pytest.mark.parametrize("name", ["SIGN_ON_ISSUER", "SIGN_ON_CLIENT", "SIGN_ON_SECRET", "SIGN_ON_NAME"])
def test_half_set_says_what_is_missing(name):
    (error,) = startup_errors(SAFE | RIGHT | {name: ""})
    assert error.startswith(f"Single sign-on is half set: {name} must be set too")


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("SIGN_ON_ISSUER", "login.example.no"),
        ("SIGN_ON_ISSUER", "http://login.example.no"),
        ("SIGN_ON_ISSUER", "http://127.0.0.1:9000"),
        ("SIGN_ON_ISSUER", "https://login.example.no/?tenant=1"),
        ("SIGN_ON_ISSUER", "https://login.example.no/#x"),
        ("SIGN_ON_ISSUER", "https://user:s3cret@login.example.no"),
        ("SIGN_ON_ISSUER", "https://login.example.no:x"),
        ("SIGN_ON_ISSUER", "https://login.microsoftonline.com/common/v2.0"),
        ("SIGN_ON_ISSUER", "https://login.microsoftonline.com/organizations/v2.0"),
        ("SIGN_ON_NAME", "x" * 31),
        ("SIGN_ON_TWO_STEPS", "mfa"),
        ("SIGN_ON_TWO_STEPS", "sub=astrid"),
        ("SIGN_ON_TWO_STEPS", "amr="),
    ],
)
def test_each_wrong_one_is_refused_in_one_sentence_that_names_it_and_quotes_no_value(name, wrong):
    (error,) = sign_on_errors(RIGHT | {name: wrong})
    assert error.startswith(name)
    assert "s3cret" not in error


def test_two_steps_without_a_provider_are_refused():
    assert list(sign_on_errors({"MODE": "live", "SIGN_ON_TWO_STEPS": "amr=mfa"}))


def test_in_a_demo_the_provider_may_be_on_this_machine():
    assert not list(sign_on_errors(RIGHT | {"MODE": "demo", "SIGN_ON_ISSUER": "http://127.0.0.1:9000/x"}))
    assert list(sign_on_errors(RIGHT | {"MODE": "demo", "SIGN_ON_ISSUER": "http://10.0.0.9/x"}))
