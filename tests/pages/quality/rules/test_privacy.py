"""An identity number stops a publication, wherever it stands on the page."""

import pytest
from django.core.exceptions import ValidationError

from pages.editions.publishing import publish, save_draft
from tests.factories import clinic, draft, front
from tests.pages.quality.reading_of import findings, text

NUMBER = "01810012311"  # made for tests of systems, no person's


def is_found(*body, **texts):
    return [
        (found.place.name, found.hard) for found in findings(*body, **texts) if found.rule == "identity-number"
    ]


@pytest.mark.parametrize("written", [
    NUMBER, "018100 12311", "01.81.00 12311", "<strong>018100</strong>12311", "<em>0</em>1\u00ad810012311",
    f'<a href="page:1">{NUMBER}</a>',
])  # fmt: skip
def test_an_identity_number_in_a_text_is_a_hard_error_however_it_is_written(written):
    assert is_found(text(f"<p>Gjelder {written}.</p>")) == [("body", True)]


def test_it_is_found_in_every_field_and_its_number_is_not_repeated():
    rows = {"type": "table", "caption": {"nb": "Tider"}, "rows": {"nb": f"Hvem|Når\n{NUMBER}|i dag"}}
    assert is_found(rows) == [("rows", True)]
    assert is_found(title={"nb": f"Om {NUMBER}"}, slug={"nb": NUMBER}) == [("title", True), ("slug", True)]
    advice = {found.advice for found in findings(text(f"<p>{NUMBER}</p>")) if found.hard}
    assert advice == {
        "Ta det bort. Et annet tall som ser ut som et fødselsnummer, kan heller ikke stå her: "
        "Si det med ord, eller utelat det."
    }
    assert NUMBER not in "".join(str(found) for found in findings(text(f"<p>{NUMBER}</p>")) if found.hard)


@pytest.mark.parametrize("written", ["22 33 44 55 900 12 345", "01810012312", "018100<br>12311"])
def test_other_numbers_are_left_alone(written):
    assert is_found(text(f"<p>{written}</p>")) == []


@pytest.mark.django_db
def test_a_page_with_one_is_saved_and_never_published(administrator):
    clinic()
    front()
    edition = save_draft(draft(body=f"<p>Ring Kari, {NUMBER}</p>"), by=administrator, note="")
    with pytest.raises(ValidationError) as caught:
        publish(edition, by=administrator)
    assert "11 sifre" in str(caught.value)
    assert NUMBER not in str(caught.value)
