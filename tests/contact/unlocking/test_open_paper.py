"""The recovery paper stays open for ten minutes, whatever a clock said before."""

from django.contrib.auth.models import User
from django.utils import timezone

from contact.keys.recovery_paper import new_paper
from contact.unlocking.open_paper import LASTS, SECRET, UNTIL, keep_paper_open, open_paper, open_until


def test_a_paper_that_a_clock_kept_open_for_longer_is_closed_and_its_secret_forgotten():
    session = {SECRET: "half of a key", UNTIL: (timezone.now() + 2 * LASTS).timestamp()}
    assert open_until(session) is None
    assert session == {}


def test_a_paper_that_one_colleague_typed_is_open_for_no_other():
    session = {}
    cookie = keep_paper_open(session, User(pk=1), new_paper())
    assert open_paper(session, User(pk=1), cookie) is not None
    assert open_paper(session, User(pk=2), cookie) is None
