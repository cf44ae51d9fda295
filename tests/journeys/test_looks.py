"""The looks that are dealt out over the kinds of page leave no pair out."""

from collections import Counter

import pytest

from tests.journeys.kinds import ALWAYS, KINDS
from tests.journeys.looks import DRESSES, NARROW, SIZES, WHEN_OPEN, dealt, whole

dresses_worn = pytest.mark.parametrize("dresses", [DRESSES, WHEN_OPEN])


@dresses_worn
def test_every_dress_meets_every_size(dresses):
    kinds = Counter(look for kind in range(len(ALWAYS)) for look in dealt(kind, dresses))
    assert set(kinds) == set(whole(dresses))
    assert len(kinds) == len(dresses) * len(SIZES)


@dresses_worn
def test_every_kind_is_seen_in_every_dress_and_in_a_narrow_and_a_wide_window(dresses):
    for kind in range(len(KINDS)):
        seen = list(dealt(kind, dresses))
        assert [look.dress for look in seen] == list(dresses)
        sizes = [(look.width, look.height) for look in seen]
        assert len(set(sizes)) == len(sizes)
        assert {size in NARROW for size in sizes} == {True, False}
