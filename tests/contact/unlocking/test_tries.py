"""Tries of passphrases are counted for each colleague alone."""

import pytest

from contact.unlocking.tries import FREE_TRIES, TooManyTries, forget_tries, take_try

pytestmark = pytest.mark.django_db


def test_the_right_passphrase_of_one_colleague_gives_another_no_try(inquiry_staff, editor):
    for _try in range(FREE_TRIES):
        take_try(editor)
    forget_tries(inquiry_staff)
    with pytest.raises(TooManyTries):
        take_try(editor)
