"""Until people have confirmed the launch list, the site calls itself a demo and asks not to be indexed."""

import pytest

from pages.models import LaunchConfirmation
from tests import factories

pytestmark = pytest.mark.django_db


def confirm(items):
    for item in items:
        LaunchConfirmation.objects.create(item=item)


def test_a_new_site_is_a_demo_and_noindex(client):
    factories.clinic()
    factories.front()
    text = client.get("/").text
    assert 'content="noindex"' in text
    assert "demo-banner" in text


def test_one_missing_item_keeps_the_gate_closed(client):
    factories.clinic()
    factories.front()
    confirm(list(LaunchConfirmation.Item)[1:])
    assert 'content="noindex"' in client.get("/").text


def test_the_whole_list_opens_the_gate(client):
    factories.clinic()
    factories.front()
    confirm(LaunchConfirmation.Item)
    text = client.get("/").text
    assert "noindex" not in text
    assert "demo-banner" not in text
