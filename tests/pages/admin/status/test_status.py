"""A page says what will happen to it by itself."""

from datetime import UTC, datetime, timedelta

import pytest

from pages.admin.status.status import PageStatus
from pages.models import Edition

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (NOON + HOUR, ["Tas ned", "En nyere utgave"]),
        (NOON + 2 * HOUR, ["En nyere utgave"]),
        (None, ["En nyere utgave"]),
    ],
)
def test_an_end_is_said_when_it_comes_before_the_waiting_edition(ends, said):
    live, waiting = Edition(live_from=NOON, live_until=ends), Edition(live_from=NOON + 2 * HOUR)
    coming = PageStatus(live=live, waiting=waiting, newest=waiting, was_live=True).coming
    assert [sentence.startswith(words) for sentence, words in zip(coming, said, strict=True)] == [True] * len(said)
