"""Room among siblings: the order that was asked for, with as few new numbers as it takes."""

from hypothesis import given
from hypothesis import strategies as st

from pages.tree.positions import LARGEST, make_room

POSITIONS = st.lists(st.one_of(st.integers(0, 40), st.integers(LARGEST - 5, LARGEST)), max_size=12)


@given(positions=POSITIONS, data=st.data())
def test_the_newcomer_stands_where_it_was_asked_to_and_nobody_else_changes_order(positions, data):
    positions.sort()
    at = data.draw(st.integers(0, len(positions)))
    room = make_room(positions, at)
    after = [room.get(n, old) for n, old in enumerate([*positions[:at], None, *positions[at:]])]
    assert all(0 <= position <= LARGEST for position in after)
    assert after == sorted(after)
    for number in room:  # equal numbers are ordered by age, which only those untouched may rely on
        assert after.count(after[number]) == 1


def test_between_two_with_room_one_number_is_written():
    assert make_room([10, 20, 30], 1) == {1: 15}
    assert make_room([10, 20], 2) == {2: 30}
    assert make_room([10, 20], 0) == {0: 5}
    assert make_room([], 0) == {0: 10}


def test_without_room_the_fewer_neighbours_are_pushed():
    assert make_room([10, 10, 10, 10], 3) == {3: 20, 4: 30}
    assert make_room([100, 100, 100, 100], 1) == {1: 90, 0: 80}
    assert make_room([0, 1], 1) == {1: 10, 2: 20}
