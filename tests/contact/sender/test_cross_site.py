import pytest
from django.test import RequestFactory

from contact.sender.cross_site import is_cross_site


def post(host="site.example", **headers):
    return RequestFactory(headers={"host": host, **headers}).post("/")


@pytest.fixture(autouse=True)
def hosts(settings):
    settings.ALLOWED_HOSTS = ["site.example", "[::1]"]


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"origin": "https://evil.example"},
        {"origin": "https://site.example.evil.example"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"origin": "null", "sec-fetch-site": "same-site"},
        {"origin": "https://evil.site.example", "sec-fetch-site": "same-site"},
        {"origin": "http://["},
        {"origin": ""},
        {"origin": "http://site.example", "sec-fetch-site": "cross-site"},
    ],
)
def test_another_site_is_refused(headers):
    assert is_cross_site(post(**headers))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://site.example"},
        {"origin": "http://SITE.example:8000"},
        {"origin": "https://site.example", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"origin": "null", "sec-fetch-site": "same-origin"},  # a browser that sends no referrer
        {"origin": "null"},  # an old one
    ],
)
def test_our_own_site_and_silent_phones_are_let_in(headers):
    assert not is_cross_site(post(**headers))


def test_an_address_in_numbers_is_compared_too():
    assert not is_cross_site(post("[::1]:8000", origin="http://[::1]:8000"))
