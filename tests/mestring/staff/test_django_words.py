"""Staff pages speak Norwegian where Django has no Norwegian words of its own."""

import ast
import html
import re
from pathlib import Path

import django
import pytest
from django.utils import translation
from django.utils.translation import gettext

from mestring.staff.django_words import WORDS
from tests import factories

PAGES = (
    "/admin/",
    "/admin/auth/user/",
    "/admin/auth/group/add/",
    "/admin/pages/page/add/",
    "/admin/password_change/",
)


def english_only(language):
    """Return the sentences of Django's staff pages that neither its catalogue nor ours has in a language."""
    found = set()
    for app in ("conf", "contrib/admin", "contrib/auth"):
        catalogue = Path(django.__file__).parent / app / "locale/en/LC_MESSAGES/django.po"
        for lines in re.findall(r'^msgid ((?:".*"\n)+)', catalogue.read_text(encoding="utf-8"), re.MULTILINE):
            found.add("".join(map(ast.literal_eval, lines.splitlines())))
    with translation.override(language):
        return {text for text in found if len(text.split()) > 1 and gettext(text) == text}


@pytest.mark.django_db
def test_no_staff_page_shows_a_sentence_of_django_in_english(administrator_client):
    factories.clinic()
    shown = [administrator_client.get(address) for address in PAGES]
    shown.append(administrator_client.post("/admin/logout/"))
    assert "Du er logget ut." in shown[-1].text
    for page in shown:
        assert page.status_code == 200
        text = html.unescape(page.text)
        assert [sentence for sentence in english_only("nb") if sentence in text] == []


def test_each_listed_sentence_has_both_norwegians():
    for language in ("nb", "nn"):
        with translation.override(language):
            assert [word for word in WORDS if gettext(word) == word] == []
