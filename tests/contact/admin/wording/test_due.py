"""Deadlines are said in words: the day and the time, or for how long a case has been over time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from contact.admin.wording.due import format_deadline

WEDNESDAY = datetime(2026, 11, 18, 9, tzinfo=UTC)  # ten o'clock in Oslo


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (4, "i dag kl. 14"), (4.5, "i dag kl. 14.30"), (24, "i morgen kl. 10"), (48, "fredag kl. 10"),
        (24 * 12, "30. november kl. 10"), (0, "under en time over fristen"), (-0.5, "under en time over fristen"),
        (-1, "1 time over fristen"), (-2.9, "2 timer over fristen"), (-24, "1 dag over fristen"),
        (-60, "2 dager over fristen"),
    ],
)  # fmt: skip
def test_until_when_is_said_in_words(hours, words):
    with translation.override("nb"):
        assert format_deadline(WEDNESDAY + timedelta(hours=hours), WEDNESDAY) == words
