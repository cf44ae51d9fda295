"""Who may open what in the admin."""

import pytest
from django.urls import reverse

from pages.models import Clinic
from tests.cast import logged_in
from tests.factories import clinic, draft
from tests.pages.admin.forms import read_form

pytestmark = pytest.mark.django_db

CONTACT = [
    "/admin/contact/", "/admin/contact/inquiry/", "/admin/contact/inquiry/add/",
    "/admin/contact/inquiry/1/change/", "/admin/contact/inquiry/1/history/",
    "/admin/contact/inquiry/1/delete/", "/admin/contact/inquiry/nothing/",
    "/admin/contact/accessentry/", "/admin/contact/what/ever/",
]  # fmt: skip


@pytest.mark.parametrize("address", CONTACT)
def test_an_editor_is_refused_on_every_address_of_the_inbox(editor_client, address):
    assert editor_client.get(address).status_code == 403
    assert editor_client.post(address).status_code == 403


@pytest.mark.parametrize("address", CONTACT)
def test_a_stranger_is_asked_to_log_in(client, address):
    response = client.get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/admin/login/")


@pytest.mark.parametrize(
    "address",
    [
        "/admin/pages/",
        "/admin/pages/page/",
        "/admin/pages/page/1/history/",
        "/admin/pages/picture/add/",
        "/admin/auth/",
    ],
)
def test_inquiry_staff_are_refused_on_the_pages(inquiry_client, address):
    assert inquiry_client.get(address).status_code == 403


@pytest.mark.parametrize("model", ["clinic", "helpline", "launchconfirmation"])
def test_editors_do_not_see_what_administrators_keep(editor_client, model):
    assert editor_client.get(f"/admin/pages/{model}/").status_code == 403


def test_the_first_page_offers_an_editor_what_stands_on_the_pages_and_nothing_else(editor_client):
    context = editor_client.get("/admin/").context
    assert [task.url for task in context["daily"]] == [
        "/admin/pages/page/",
        "/admin/pages/picture/",
        "/admin/pages/page/translations/",
    ]
    assert {task.url for task in context["seldom"]} == {
        f"/admin/pages/{fact}/" for fact in ("claim", "event", "notice")
    }


def test_a_colleague_without_a_role_is_told_so(roleless):
    context = logged_in(roleless).get("/admin/").context
    assert not context["daily"]
    assert not context["seldom"]


def test_the_clinic_leads_straight_to_its_form(administrator_client):
    clinic()
    response = administrator_client.get("/admin/pages/clinic/")
    assert response.headers["Location"] == reverse("admin:pages_clinic_change", args=[Clinic.objects.get().pk])


@pytest.mark.parametrize("path", ["add/", "1/delete/"])
def test_no_role_adds_or_removes_the_clinic(administrator_client, path):
    clinic()
    assert administrator_client.post(f"/admin/pages/clinic/{path}", {"post": "yes"}).status_code == 403
    assert Clinic.objects.count() == 1


def test_an_administrator_edits_a_helpline_in_every_language(administrator_client):
    line = clinic().helplines.first()
    address = reverse("admin:pages_helpline_change", args=[line.pk])
    data = read_form(administrator_client, address, "helpline_form")
    administrator_client.post(address, data | {"name_nn": "Naudtelefon"})
    line.refresh_from_db()
    assert line.name_nn == "Naudtelefon"


def test_the_section_of_the_pages_stays_open_to_editors(editor_client):
    draft()
    assert editor_client.get("/admin/pages/").status_code == 200
