"""What leaves the site names the address that visitors use, whichever host name its reader has asked for."""

import pytest

from pages.editions.publishing import save_draft
from tests import factories
from tests.pages.previews.test_share_links import press_share

pytestmark = pytest.mark.django_db
HOST = {"SERVER_NAME": "intern.example"}


@pytest.fixture(autouse=True)
def two_hosts(settings):
    settings.SITE_ADDRESS, settings.ALLOWED_HOSTS = "https://www.example.no", ["www.example.no", "intern.example"]


def test_pages_and_files_name_it(client):
    factories.live(slug="avrusning")
    event = factories.event()
    files = ("/sitemap.xml", "/robots.txt", "/.well-known/security.txt", f"/kalender/{event.pk}.ics")
    for path in ("/avrusning-nb/", *files):
        answer = client.get(path, **HOST)
        assert answer.status_code == 200, path
        assert "www.example.no" in answer.text, path
        assert "intern" not in answer.text, path


def test_a_link_that_an_editor_gives_away_names_it(editor_client):
    editor_client.defaults |= HOST
    link = press_share(editor_client, save_draft(factories.draft(), by=None)).context["new_link"]
    assert link.startswith("https://www.example.no/del/")
