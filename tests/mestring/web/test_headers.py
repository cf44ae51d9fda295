"""Every response carries the security headers, errors and static files included."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PASSKEYS = ("publickey-credentials-create", "publickey-credentials-get")


def directives(policy: str) -> set[str]:
    return {part.strip() for part in policy.split(";") if part.strip()}


@pytest.mark.parametrize(
    "path", ["/", "/nope/", "/kontakt/", "/kontakt/parorende/", "/healthz", "/robots.txt", "/sitemap.xml"]
)
def test_a_public_response_carries_every_header(client, path):
    factories.clinic()
    factories.front()
    answer = client.get(path)
    assert directives(answer["Content-Security-Policy"]) == directives(CSP)
    for name, value in EXPECTED.items():
        assert answer[name] == value, name
    assert {"camera=()", *(f"{one}=()" for one in PASSKEYS)} <= set(answer["Permissions-Policy"].split(", "))


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/"])
def test_the_admin_carries_them_too_and_is_never_stored(client, path):
    answer = client.get(path)
    for name, value in EXPECTED.items():
        assert answer[name] == value, name
    assert {"camera=()", *(f"{one}=(self)" for one in PASSKEYS)} <= set(answer["Permissions-Policy"].split(", "))
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]
    assert "'unsafe-eval'" not in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/nope/", "/healthz", "/readyz", "/kontakt/", "/kontakt/pasient/", "/admin/login/"]
)
def test_a_response_without_fresh_until_is_asked_for_again_each_time(client, path):
    factories.clinic()
    answer = client.get(path)
    assert answer.fresh_until is None
    assert "no-cache" in answer["Cache-Control"] or "no-store" in answer["Cache-Control"]


def test_a_refused_request_carries_them(client):
    answer = client.get("/", headers={"host": "somewhere.example"})
    assert answer.status_code == 400
    assert answer["X-Frame-Options"] == "DENY"
    assert directives(answer["Content-Security-Policy"]) == directives(CSP)
