"""The recovery paper stays open for ten minutes, whatever a clock said before."""

from django.utils import timezone

from contact.unlocking.open_paper import LASTS, SECRET, UNTIL, open_until


def test_a_paper_that_a_clock_kept_open_for_longer_is_closed_and_its_secret_forgotten():
    session = {SECRET: "half of a key", UNTIL: (timezone.now() + 2 * LASTS).timestamp()}
    assert open_until(session) is None
    assert session == {}
