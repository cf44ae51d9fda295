"""The access log to read: everything that happened to an inquiry, or that a colleague did, in sentences."""

from datetime import timedelta
from uuid import UUID

import html5lib
import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from contact.admin.wording.log_sentences import SENTENCES, describe_entry
from contact.cases import reading, status
from contact.models import AccessEntry
from contact.retention.erasing_round import erase_expired
from tests.contact.conftest import CANARY
from tests.queries import queries

pytestmark = pytest.mark.django_db
Action = AccessEntry.Action
LOG = "/admin/contact/accessentry/"


def of_inquiry(inquiry):
    return f"{LOG}inquiry/{inquiry.pk}/"


def of_colleague(user):
    return f"{LOG}colleague/{user.pk}/"


def lines(answer):
    assert answer.status_code == 200
    page = html5lib.parse(answer.text, namespaceHTMLElements=False)
    return [" ".join(line.find("span").text.split()) for line in page.findall(".//ol[@class='log-lines']/li")]


def write(number, user, inquiry=None, action=Action.OPENED):
    now = timezone.now()
    AccessEntry.objects.bulk_create(
        AccessEntry(
            user=user, username=user.username, action=action, at=now + timedelta(seconds=second),
            inquiry_id=inquiry.pk if inquiry else None, reference=inquiry.reference if inquiry else "",
        )
        for second in range(number)
    )  # fmt: skip


def test_every_action_has_a_sentence():
    assert set(Action.values) <= set(SENTENCES)


def test_an_action_without_a_sentence_is_still_told():
    assert describe_entry(AccessEntry(action="unheard_of", username="ivar")) == "ivar: unheard_of"


def test_an_inquiry_s_history_is_told_newest_first(inquiry_client, inquiry, inquiry_staff):
    status.close(inquiry, inquiry_staff, "recorded")
    status.reopen(inquiry, inquiry_staff)
    told = [
        line.removesuffix(f" ({inquiry.reference})") for line in lines(inquiry_client.get(of_inquiry(inquiry)))
    ]
    assert told == [
        "ivar åpnet henvendelsen igjen.",
        "ivar svarte at det er ført i pasientjournalen.",
        "ivar lukket henvendelsen.",
        "Henvendelsen kom inn.",
    ]


def test_it_is_there_after_the_inquiry_is_erased(inquiry_client, inquiry, inquiry_staff, settings):
    settings.INQUIRY_RETENTION_DAYS = 0
    status.close(inquiry, inquiry_staff, "recorded")
    assert erase_expired() == 1
    answer = inquiry_client.get(of_inquiry(inquiry))
    assert lines(answer)[0].startswith("Henvendelsen ble slettet")
    assert "Åpne henvendelsen" not in answer.text


def test_the_inquiry_s_own_page_tells_the_newest_and_leads_to_all(inquiry_client, inquiry, inquiry_staff):
    for _round in range(6):
        write(1, inquiry_staff, inquiry)
        write(1, inquiry_staff, inquiry, Action.NOTED)
    answer = inquiry_client.get(f"/admin/contact/inquiry/{inquiry.pk}/change/")
    assert len(lines(answer)) == 10
    assert "Dette er det nyeste." in answer.text
    assert of_inquiry(inquiry) in answer.text


def test_what_was_done_again_and_again_is_told_once_there_and_every_time_in_the_log(
    inquiry_client, inquiry, inquiry_staff
):
    write(1, inquiry_staff, inquiry, Action.REPLIED)
    write(5, inquiry_staff, inquiry)
    page = inquiry_client.get(f"/admin/contact/inquiry/{inquiry.pk}/change/")  # the sixth
    assert "Dette er det nyeste." not in page.text
    assert lines(page) == [
        "ivar åpnet og leste henvendelsen. 6 ganger på rad.", "ivar svarte.", "Henvendelsen kom inn.",
    ]  # fmt: skip
    assert len(lines(inquiry_client.get(of_inquiry(inquiry)))) == 8


def test_a_colleague_s_history_is_for_administrators(
    administrator_client, inquiry_client, editor_client, inquiry, inquiry_staff
):
    reading.open_inquiry(inquiry, inquiry_staff)
    told = lines(administrator_client.get(of_colleague(inquiry_staff)))
    assert told == [f"ivar åpnet og leste henvendelsen. ({inquiry.reference})"]
    assert inquiry_client.get(of_colleague(inquiry_staff)).status_code == 403
    assert editor_client.get(of_colleague(inquiry_staff)).status_code == 403
    assert editor_client.get(of_inquiry(inquiry)).status_code == 403


def test_a_colleague_who_is_gone_still_has_a_history(administrator_client, inquiry, inquiry_staff):
    reading.open_inquiry(inquiry, inquiry_staff)
    address = of_colleague(inquiry_staff)
    inquiry_staff.delete()
    assert len(lines(administrator_client.get(address))) == 1


@pytest.mark.parametrize(
    "address", [f"{LOG}inquiry/{UUID(int=7)}/", f"{LOG}colleague/999/", f"{LOG}colleague/{9**30}/"]
)
def test_what_never_was_has_no_history(administrator_client, address):
    assert administrator_client.get(address).status_code == 404


def test_a_history_is_read_only(administrator_client, inquiry):
    assert administrator_client.post(of_inquiry(inquiry)).status_code == 405


def test_a_long_history_has_pages_and_asks_the_database_no_more(administrator_client, inquiry, inquiry_staff):
    for address in (of_inquiry(inquiry), of_colleague(inquiry_staff), LOG):
        administrator_client.get(address)  # Django remembers content types
    reading.open_inquiry(inquiry, inquiry_staff)
    few = [queries(administrator_client, a) for a in (of_inquiry(inquiry), of_colleague(inquiry_staff), LOG)]
    write(60, inquiry_staff, inquiry)
    many = [queries(administrator_client, a) for a in (of_inquiry(inquiry), of_colleague(inquiry_staff), LOG)]
    assert few == many
    assert len(lines(administrator_client.get(of_inquiry(inquiry)))) == 50
    second = administrator_client.get(f"{of_inquiry(inquiry)}?page=2")
    assert len(lines(second)) == 12
    assert "| Side 2 av 2 |" in second.text.partition("</title>")[0]


@pytest.mark.parametrize(
    "query", ["page=x", "page=-1", "page=999", "action=nonsense", "action=%00", "action=opened"]
)
def test_an_invented_query_shows_a_page_and_never_fails(administrator_client, inquiry, query):
    assert administrator_client.get(f"{of_inquiry(inquiry)}?{query}").status_code == 200


def test_a_history_can_be_narrowed_to_one_action(inquiry_client, inquiry, inquiry_staff):
    reading.open_inquiry(inquiry, inquiry_staff)
    assert len(lines(inquiry_client.get(f"{of_inquiry(inquiry)}?action=opened"))) == 1
    assert len(lines(inquiry_client.get(of_inquiry(inquiry)))) == 2


def test_when_colleagues_come_and_go_is_shown_to_administrators_and_one_s_own_to_oneself(
    administrator_client, inquiry_client, inquiry_staff, administrator
):
    for user in (inquiry_staff, administrator):
        write(1, user, action=Action.LOGGED_IN)
    assert "kari logget inn." in administrator_client.get(LOG).text
    answer = inquiry_client.get(LOG)
    assert "ivar logget inn." in answer.text
    assert "kari logget inn." not in answer.text


def test_a_reader_who_holds_keys_sees_when_colleagues_come_and_go_and_accounts_alone_nothing(
    accounts_client, inquiry_client, inquiry_staff, administrator
):
    write(1, administrator, action=Action.LOGGED_IN)
    inquiry_staff.groups.add(Group.objects.get(name="Nøkkelansvarlige"))
    assert "kari logget inn." in inquiry_client.get(LOG).text
    assert inquiry_client.get(of_colleague(administrator)).status_code == 200
    assert accounts_client.get(LOG).status_code == 403
    assert accounts_client.get(of_colleague(administrator)).status_code == 403


def test_the_list_leads_to_the_history_of_an_inquiry_and_administrators_to_a_colleague_s(
    administrator_client, inquiry_client, inquiry, inquiry_staff
):
    reading.open_inquiry(inquiry, inquiry_staff)
    for client, may in ((administrator_client, True), (inquiry_client, False)):
        page = client.get(LOG).text
        assert of_inquiry(inquiry) in page
        assert (of_colleague(inquiry_staff) in page) is may


def test_the_log_is_a_list_to_read_without_what_was_written(inquiry_client, inquiry):
    inquiry_client.get(f"/admin/contact/inquiry/{inquiry.pk}/change/")
    page = inquiry_client.get(LOG).text
    assert page.count(inquiry.reference) == 2
    assert CANARY not in page
    assert inquiry_client.get(f"{LOG}?username__regex=x").status_code == 400
