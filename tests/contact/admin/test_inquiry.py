"""Who may enter the inbox at which address, what a link may do there, and what one inquiry's page shows."""

from datetime import timedelta
from uuid import uuid4

import html5lib
import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from contact.admin.inquiry import InboxAdmin
from contact.keys import key_holders
from contact.models import AccessEntry, Grant, Inquiry
from contact.retention.erasure import erase
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from tests.cast import logged_in
from tests.contact.conftest import CANARY

pytestmark = pytest.mark.django_db
LIST = "/admin/contact/inquiry/"
LOG = "/admin/contact/accessentry/"


def page_of(inquiry, verb="change"):
    return f"{LIST}{inquiry.pk}/{verb}/"


def text_of(answer):
    return answer.content.decode()


# --- who may enter -----------------------------------------------------------------------------

OWN_VIEWS = {name: LIST + address.replace("<uuid:pk>", "{pk}") for address, _view, name in InboxAdmin.views}
EVERY_ADDRESS = [
    LIST, f"{LIST}add/", f"{LIST}?show=open", f"{LIST}?reference__regex=x", LOG, "/admin/contact/",
    *OWN_VIEWS.values(),
    *(f"{LIST}{{pk}}/{verb}" for verb in ("", "history/", "delete/", "nonsense/")),
    *(f"{LOG}{{pk}}/{verb}" for verb in ("change/", "history/", "delete/")),
    f"{LOG}inquiry/{{pk}}/",
]  # fmt: skip
# What a link may lead to: pages that only show, the question before erasing, and the list instead of a search.
BY_LINK = {"change", "erase", "export", "search", "statistics", "unlock"}


def not_refused(client, inquiry, addresses, methods=("get", "post")):
    """Return what does not answer 403, for an inquiry that exists and for one that does not."""
    named = {address.format(pk=pk) for address in addresses for pk in (inquiry.pk, uuid4())}
    asked = [(method, address) for address in sorted(named) for method in methods]
    statuses = {(method, address): getattr(client, method)(address).status_code for method, address in asked}
    return {one: status for one, status in statuses.items() if status != 403}


def test_an_editor_gets_403_everywhere_whether_the_inquiry_exists_or_not(editor_client, inquiry, undrawn_refusals):
    assert not_refused(editor_client, inquiry, EVERY_ADDRESS) == {}
    assert AccessEntry.objects.count() == 1


def test_a_colleague_without_a_role_gets_403_everywhere(roleless, inquiry, undrawn_refusals):
    assert not_refused(logged_in(roleless), inquiry, EVERY_ADDRESS, ["get"]) == {}


def test_a_stranger_is_sent_to_the_login(client, inquiry):
    for address in EVERY_ADDRESS:
        answer = client.get(address.format(pk=inquiry.pk))
        assert answer.status_code == 302, address
        assert "/admin/login/" in answer["Location"], address


def test_the_right_to_read_the_access_log_opens_no_inquiry(roleless, inquiry, undrawn_refusals):
    roleless.user_permissions.add(Permission.objects.get(codename="view_accessentry"))
    client = logged_in(roleless)
    assert client.get(LOG).status_code == 200
    of_inquiries = [address for address in EVERY_ADDRESS if address.startswith(LIST)]
    assert not_refused(client, inquiry, of_inquiries) == {}


def test_even_inquiry_staff_can_neither_delete_nor_see_django_s_history(inquiry_client, inquiry):
    for verb in ("history", "delete", "nonsense"):
        assert inquiry_client.get(page_of(inquiry, verb)).status_code == 404, verb
        assert inquiry_client.post(page_of(inquiry, verb), {"post": "yes"}).status_code == 404, verb
    assert Inquiry.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_even_an_administrator_adds_no_inquiry_by_hand(administrator_client, method):
    assert getattr(administrator_client, method)(f"{LIST}add/").status_code == 404


def test_an_inquiry_that_does_not_exist_is_404_for_those_who_may_look(inquiry_client, inquiry):
    assert inquiry_client.get(f"{LIST}{uuid4()}/change/").status_code == 404
    assert inquiry_client.get(f"{LIST}1/change/").status_code == 404


# --- the list ----------------------------------------------------------------------------------


def test_the_list_shows_harmless_columns_only_while_it_cannot_be_opened(inquiry_client, inquiry):
    key_holders.server_key_file().unlink()
    page = text_of(inquiry_client.get(LIST))
    assert inquiry.reference in page
    assert CANARY not in page
    assert inquiry.locator not in page


def test_the_list_offers_neither_django_s_search_nor_bulk_actions_nor_add(inquiry_client, inquiry):
    page = text_of(inquiry_client.get(LIST))
    assert 'name="q"' not in page
    assert 'name="action"' not in page
    assert "addlink" not in page


def test_of_all_open_ones_the_newest_come_first(inquiry_client, inquiry):
    newer = receive("relative", "en", {"message": "x"}, nonce_of(new_token()))
    Inquiry.objects.filter(reference=newer.reference).update(received_at=timezone.now() + timedelta(minutes=1))
    page = text_of(inquiry_client.get(f"{LIST}?show=open"))
    assert page.index(newer.reference) < page.index(inquiry.reference)


@pytest.mark.parametrize("query", ["show=open", "role=patient", "language=nb", "owner=nobody"])
def test_the_list_can_be_narrowed(inquiry_client, inquiry, query):
    field = query.split("=")[0]
    other = {"show": "closed", "role": "relative", "language": "en", "owner": "mine"}[field]
    assert inquiry.reference in text_of(inquiry_client.get(f"{LIST}?{query}"))
    assert inquiry.reference not in text_of(inquiry_client.get(f"{LIST}?{field}={other}"))


INVENTED = [
    "reference__regex=(a%2B)%2B$", "reference__startswith=A", "locator=x", "key__grants__principal=server",
    "status__regex=o", "status__exact=%00", "status__exact=nonsense", "status__in=open", "id__exact=1",
    "received_at__gte=x", "sealed__contains=a", "_sealed__=1", "p=999999", "p=x", "o=99.-1.x", "all=1", "q=x",
    "_facets=True", "_popup=1", "_to_field=sealed", "pk=1", "show=nonsense", "owner=1", "after=1", "before=x",
    "after=99999999999999999-0123456789abcdef0123456789abcdef", "after=%00", "words=x",
]  # fmt: skip


def test_an_invented_query_is_a_4xx_or_ignored_and_never_a_failure(inquiry_client, inquiry):
    for query in INVENTED:
        answer = inquiry_client.get(f"{LIST}?{query}")
        assert answer.status_code in (200, 302, 400), query
        if "regex" in query or "locator" in query or "grants" in query:
            assert answer.status_code in (302, 400), query


# --- one inquiry -------------------------------------------------------------------------------


def test_an_inquiry_is_shown_in_clear_and_the_look_is_logged(inquiry_client, inquiry):
    answer = inquiry_client.get(page_of(inquiry))
    assert answer.status_code == 200
    assert CANARY in text_of(answer)
    assert "no-store" in answer["Cache-Control"]
    entry = AccessEntry.objects.get(action=AccessEntry.Action.OPENED)
    assert (entry.inquiry_id, entry.username) == (inquiry.pk, "ivar")
    assert "ivar" in text_of(answer)


def test_the_number_can_be_pressed_and_what_is_allowed_stands_beside_it(inquiry_client, inquiry):
    page = html5lib.parse(inquiry_client.get(page_of(inquiry)).content, namespaceHTMLElements=False)
    cell = next(cell for cell in page.iter("dd") if cell.find(".//a[@href='tel:+4790000000']") is not None)
    assert cell.find(".//strong").text


def test_what_a_person_wrote_is_text_and_never_markup(inquiry_client, keyring):
    nasty = '<script>alert(1)</script>" onload="x'
    answers = {"message": nasty, "phone": nasty, "email": f"{nasty}@x.no", "unknown": nasty}
    receipt = receive("relative", "nb", answers, nonce_of(new_token()))
    page = text_of(inquiry_client.get(page_of(Inquiry.objects.get(reference=receipt.reference))))
    assert "<script>alert" not in page
    assert '" onload="x' not in page


def test_a_look_takes_no_post(inquiry_client, inquiry):
    assert inquiry_client.post(page_of(inquiry)).status_code == 405
    assert AccessEntry.objects.count() == 1


def test_nothing_is_done_by_a_link(inquiry_client, inquiry):
    for name in sorted(set(OWN_VIEWS) - BY_LINK):
        assert inquiry_client.get(OWN_VIEWS[name].format(pk=inquiry.pk)).status_code == 302, name
        assert AccessEntry.objects.count() == 1, name


def test_a_link_to_the_other_pages_changes_no_case(inquiry_client, inquiry):
    before = Inquiry.objects.filter(pk=inquiry.pk).values().get()
    for name in sorted(BY_LINK):
        assert inquiry_client.get(OWN_VIEWS[name].format(pk=inquiry.pk)).status_code in (200, 302), name
        assert Inquiry.objects.filter(pk=inquiry.pk).values().get() == before, name


def test_a_case_that_never_was_is_404_at_every_address_and_one_that_is_erased_is_410(
    inquiry_client, inquiry, inquiry_staff
):
    def statuses(pk):
        for name, address in OWN_VIEWS.items():
            if "{pk}" in address:
                ask = inquiry_client.get if name in BY_LINK else inquiry_client.post
                yield name, ask(address.format(pk=pk)).status_code

    assert [one for one in statuses(uuid4()) if one[1] != 404] == []
    erase(inquiry, AccessEntry.Action.STAFF_ERASED, user=inquiry_staff)
    assert [one for one in statuses(inquiry.pk) if one[1] != 410] == []


def test_closing_and_reopening(inquiry_client, inquiry):
    inquiry_client.get(page_of(inquiry))
    assert inquiry_client.post(page_of(inquiry, "close"), {"close-journal": "recorded"}).status_code == 302
    inquiry.refresh_from_db()
    assert inquiry.status == "closed"
    assert inquiry_client.post(page_of(inquiry, "reopen")).status_code == 302
    inquiry.refresh_from_db()
    assert inquiry.status == "open"


def test_closing_needs_the_csrf_token(inquiry_staff, inquiry):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(inquiry_staff)
    assert strict.post(page_of(inquiry, "close")).status_code == 403
    inquiry.refresh_from_db()
    assert inquiry.status == "open"


def test_django_s_own_log_learns_nothing(inquiry_client, inquiry):
    inquiry_client.get(page_of(inquiry))
    inquiry_client.post(page_of(inquiry, "close"), {"close-journal": "recorded"})
    assert not any(CANARY in f"{e.object_repr}{e.change_message}" for e in LogEntry.objects.all())


def test_without_the_server_s_key_staff_get_an_honest_sentence(inquiry_client, inquiry):
    key_holders.server_key_file().unlink()
    answer = inquiry_client.get(page_of(inquiry))
    assert answer.status_code == 200
    assert "errornote" in text_of(answer)
    assert CANARY not in text_of(answer)


def test_a_broken_seal_is_an_honest_sentence_too(inquiry_client, inquiry):
    Inquiry.objects.update(sealed=b"\x01" + bytes(400))
    answer = inquiry_client.get(page_of(inquiry))
    assert answer.status_code == 200
    assert "errornote" in text_of(answer)


def test_while_the_server_can_open_the_inbox_staff_are_told(inquiry_client, inquiry):
    paper = key_holders.paper_file().read_text(encoding="utf-8")
    for address in (LIST, page_of(inquiry)):
        page = text_of(inquiry_client.get(address))
        assert "Gjenopprettingsarket ligger der også." in page
        assert not any(line[8:22] in page for line in paper.splitlines() if line[5:6] == ")")


def test_the_banner_goes_with_the_server_s_grant(inquiry_client, inquiry):
    Grant.objects.filter(principal="server").delete()
    assert "Gjenopprettingsarket ligger der også." not in text_of(inquiry_client.get(LIST))
