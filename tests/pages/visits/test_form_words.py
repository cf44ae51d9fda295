"""The pages whose words stand over the forms: one of each, at the form's address, never indexed beside it."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from pages.live.tree import LiveTree
from pages.models import Page
from tests import factories

pytestmark = pytest.mark.django_db
FORM_KINDS = [kind for kind in Page.Kind if kind.startswith("contact_")]
kinds = pytest.mark.parametrize("kind", FORM_KINDS)


@kinds
def test_there_is_one_page_of_a_kind(kind):
    factories.draft("ord", kind=kind)
    assert kind in Page.ONLY_ONE
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.draft("ord", kind=kind)


@kinds
def test_its_words_stand_at_the_form_and_the_form_is_not_in_the_sitemap(client, kind):
    factories.clinic()
    factories.live("ord", kind=kind, body="<p>Ord over skjemaet.</p>")
    name = kind.removeprefix("contact_")
    address = LiveTree.read(at=timezone.now()).of_kind(kind).url("nn")
    assert address == client.get(address)["Location"].partition("?")[0]
    text = client.get(address, follow=True).text
    assert text.index("Ord over skjemaet.") < text.index("<textarea")
    assert reverse(f"contact:{name}") not in client.get("/sitemap.xml").text
