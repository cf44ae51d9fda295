"""Staff forms are taken from a browser that sends no referrer, and from no other site."""

import re

import pytest
from django.test import Client

LOGIN = "/admin/login/"
NO_REFERRER = {"origin": "null", "sec-fetch-site": "same-origin"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headers", "token", "status"),
    [
        (NO_REFERRER, True, 200),
        (NO_REFERRER, False, 403),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, True, 403),
        ({"origin": "null"}, True, 403),
        ({"origin": "https://evil.example", "sec-fetch-site": "same-origin"}, True, 403),
    ],
)
def test_only_our_own_pages_send_staff_forms(headers, token, status):
    client = Client(enforce_csrf_checks=True)
    field = re.search('name="csrfmiddlewaretoken" value="(.+?)"', client.get(LOGIN).text)[1]
    typed = {"username": "nobody", "password": "wrong"} | ({"csrfmiddlewaretoken": field} if token else {})
    assert client.post(LOGIN, typed, headers=headers).status_code == status
