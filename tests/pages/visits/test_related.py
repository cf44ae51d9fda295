"""Pages for the same readers lead to each other."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def house():
    factories.clinic()
    factories.front()


def related(client, address):
    text = client.get(address).text
    return text.partition('class="related"')[2].partition("</nav>")[0]


def test_a_page_for_relatives_leads_to_other_pages_for_relatives_only(client):
    factories.live("familieuke", audience="relative")
    factories.live("barn", audience="relative")
    factories.live("avrusning", audience="patient")
    factories.live("ordliste")
    found = related(client, "/familieuke-nb/")
    assert "/barn-nb/" in found
    assert "avrusning" not in found
    assert "ordliste" not in found
    assert "familieuke" not in found


def test_a_page_for_everyone_leads_nowhere_by_itself(client):
    factories.live("ordliste")
    factories.live("om")
    assert related(client, "/ordliste-nb/") == ""


def test_pages_beside_it_come_before_pages_elsewhere_and_there_are_few(client):
    overview = factories.live("behandling", kind="overview")
    for number in range(6):
        factories.live(f"annet{number}", audience="patient", position=1)
    factories.live("ved-siden", audience="patient", parent=overview, position=500)
    factories.live("her", audience="patient", parent=overview)
    found = related(client, "/her-nb/")
    assert found.count("<li>") == 4
    assert found.index("ved-siden") < found.index("annet")


def test_a_page_missing_in_a_language_is_not_offered_in_it(client):
    factories.live("en", audience="patient")
    factories.live("to", audience="patient", languages=("nb",))
    assert related(client, "/en/en-en/") == ""


def test_related_pages_cost_no_query(client, django_assert_max_num_queries):
    for number in range(5):
        factories.live(f"side{number}", audience="patient")
    with django_assert_max_num_queries(3):
        client.get("/side1-nb/")


def test_the_page_above_is_not_among_them_as_the_way_up_leads_there(client):
    overview = factories.live("behandling", kind="overview", audience="patient")
    factories.live("ved-siden", audience="patient", parent=overview)
    factories.live("her", audience="patient", parent=overview)
    found = related(client, "/her-nb/")
    assert "/ved-siden-nb/" in found
    assert "/behandling-nb/" not in found
