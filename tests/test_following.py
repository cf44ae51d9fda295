"""A test that reads straight after a click that leads to another page is caught."""

import pytest

from tests.following import follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("visit")]


def test_a_page_that_a_test_does_not_wait_for_is_noted(visitor, every_kind_site):
    visitor.goto(every_kind_site.url + "/avrusning/")
    home = visitor.locator(".breadcrumb a").first
    follow(home)
    visitor.go_back()
    visitor.reload()
    assert visitor.unfollowed == []
    home.click()
    visitor.wait_for_url(every_kind_site.url + "/")
    assert visitor.unfollowed == [every_kind_site.url + "/"]
    visitor.unfollowed.clear()
