"""The font as the browser draws it."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("visit")]
WIDTHS = """async () => {
    await document.fonts.load('700 100px "Hanken Grotesk"')
    const pen = document.createElement('canvas').getContext('2d')
    pen.font = '700 100px "Hanken Grotesk"'
    return ['«', '»'].map(mark => pen.measureText(mark).width)
}"""


def test_a_closing_quotation_mark_is_as_wide_as_the_opening_one_in_bold(visitor, every_kind_site):
    visitor.goto(every_kind_site.url)
    opening, closing = visitor.evaluate(WIDTHS)
    assert closing == pytest.approx(opening, rel=0.02)
