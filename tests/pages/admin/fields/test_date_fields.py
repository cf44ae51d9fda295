"""Times in forms are taken as they were meant, or refused in words."""

import pytest
from django.core.exceptions import ValidationError

from pages.admin.fields.date_fields import MomentField


@pytest.mark.parametrize("typed", ["i morgen", "2027-02-30T08:00", "1. mars kl. 8"])
def test_what_is_no_time_is_refused_and_not_taken_for_no_time(typed):
    with pytest.raises(ValidationError, match="2027-03-01T08:00"):
        MomentField(required=False).clean(typed)
