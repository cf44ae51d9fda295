"""A finder of a security hole knows whom to tell (RFC 9116)."""

from datetime import datetime, timedelta

from django.utils import timezone

from tests import factories


def test_security_txt_names_a_contact_and_an_end_within_a_year(client, db):
    factories.clinic()
    answer = client.get("/.well-known/security.txt?from=elsewhere")
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "tel:+4735019500"
    assert timedelta(days=30) < datetime.fromisoformat(fields["Expires"]) - timezone.now() < timedelta(days=365)
    assert fields["Preferred-Languages"] == "nb, nn, en"
    assert fields["Canonical"] == "http://testserver/.well-known/security.txt"
