"""A block of every type in the form of a page, in a real browser with the strict policy in force."""

import pytest
from modeltranslation.translator import translator

from pages.models import BLOCKS
from tests.pages.admin.page.test_editing_in_a_browser import add, choose, languages_shown, open_page

pytestmark = [pytest.mark.browser, pytest.mark.proof("editors"), pytest.mark.xdist_group("admin-blocks-browser")]


def test_the_form_with_a_new_block_of_every_type_has_no_fault(staff_window, site_server, judged):
    window = staff_window()
    open_page(window, site_server, "Slik foregår avrusning")
    choose(window, "nb")
    for model in BLOCKS:
        block = add(window, model._meta.model_name)
        worded = translator.get_options_for_model(model).all_fields
        assert languages_shown(block) == ({"nb"} if worded else set()), model
    assert judged(window) == []
