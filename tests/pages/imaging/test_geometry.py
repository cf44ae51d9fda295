"""Renditions keep the ratio and are never larger than the picture; crops keep the focal point."""

from hypothesis import given
from hypothesis import strategies as st

from pages.imaging.geometry import WIDTHS, height_at, landscape_box, widths_for

side = st.integers(100, 12_000)
share = st.floats(0, 1)


@given(width=side)
def test_no_rendition_is_wider_than_the_picture_or_than_1600(width):
    widths = widths_for(width)
    assert widths == sorted(set(widths))
    assert widths[-1] == min(width, WIDTHS[-1])
    assert set(widths) - {width} <= set(WIDTHS)


@given(width=side, height=side)
def test_every_rendition_keeps_the_ratio_within_a_pixel(width, height):
    for wanted in widths_for(width):
        assert abs(height_at(wanted, width, height) - height * wanted / width) <= 1


@given(width=side, height=side, x=share, y=share)
def test_a_crop_is_inside_the_picture_has_the_ratio_and_shows_the_focal_point(width, height, x, y):
    box = landscape_box(width, height, x, y)
    assert 0 <= box.left <= box.left + box.width <= width
    assert 0 <= box.top <= box.top + box.height <= height
    assert abs(box.width - box.height * 3 / 2) <= 1
    assert box.left - 1 <= x * width <= box.left + box.width + 1
    assert box.top - 1 <= y * height <= box.top + box.height + 1
    assert width in (box.width, box.width + 1) or height in (box.height, box.height + 1)


def test_the_usual_widths():
    assert widths_for(4000) == [400, 800, 1200, 1600]
    assert widths_for(1000) == [400, 800, 1000]
    assert widths_for(800) == [400, 800]
    assert widths_for(240) == [240]


def test_a_picture_that_is_3_to_2_is_not_cut():
    box = landscape_box(3000, 2000, 0.1, 0.9)
    assert (box.left, box.top, box.width, box.height) == (0, 0, 3000, 2000)
