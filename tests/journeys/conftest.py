"""Windows that several tests of a file look through."""

import pytest

from tests.conftest import visiting


@pytest.fixture(scope="module")
def window(chromium):
    """One window for a file: it has read the stylesheets and compiled axe when the second page comes."""
    with visiting(chromium) as window:
        yield window


@pytest.fixture
def reader(window):
    """The same, as a first-time visitor's phone has it; what a visit leaves behind has tests of its own."""
    window.set_viewport_size({"width": 360, "height": 740})
    window.emulate_media(media="null", color_scheme="null", forced_colors="null")
    return window
