"""A case is free or has one owner: it is taken, given back, handed on, and never lost with a colleague."""

import threading

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection

from contact.cases import ownership
from contact.cases.ownership import CannotOpen, OwnerChanged
from contact.keys.inbox_openers import inbox_openers_by_name
from contact.keys.key_holders import server_key_file
from contact.models import AccessEntry, Grant, Inquiry
from tests.cast import logged_in

pytestmark = pytest.mark.django_db
LIST = "/admin/contact/inquiry/"


@pytest.fixture
def liv(cast):
    """A second colleague who reads inquiries."""
    user = User.objects.create_user("liv", is_staff=True, first_name="Liv", last_name="Berg")
    user.groups.add(Group.objects.get(name="Innboks"))
    return user


def press(client, inquiry, verb, **sent):
    return client.post(f"{LIST}{inquiry.pk}/{verb}/", sent, follow=True).text


def owner(inquiry):
    return Inquiry.objects.get(pk=inquiry.pk).owner


def log():
    entries = AccessEntry.objects.exclude(action__in=("received", "opened", "listed", "names_seen")).order_by("id")
    return [(entry.username, entry.action, entry.about) for entry in entries]


def test_a_case_is_taken_and_given_back_with_one_press_each_and_both_are_logged(inquiry_client, inquiry):
    assert "Du har henvendelse" in press(inquiry_client, inquiry, "take", list="")
    assert owner(inquiry).username == "ivar"
    assert "Ingen har henvendelse" in press(inquiry_client, inquiry, "give-back", list="")
    assert owner(inquiry) is None
    assert log() == [("ivar", "taken", ""), ("ivar", "given_back", "")]


def test_a_second_press_changes_nothing_and_is_not_logged_twice(inquiry_client, inquiry):
    for _twice in range(2):
        press(inquiry_client, inquiry, "take", list="")
    assert log() == [("ivar", "taken", "")]


def test_the_colleague_who_comes_second_is_told_who_has_the_case(inquiry_client, inquiry, liv):
    ownership.take(inquiry, liv)
    assert "Liv Berg har henvendelse" in press(inquiry_client, inquiry, "take", list="")
    assert owner(inquiry) == liv
    assert log() == [("liv", "taken", "")]


def test_a_colleague_who_does_not_own_a_case_may_hand_it_over(inquiry_client, inquiry, liv, administrator):
    ownership.take(inquiry, administrator)
    press(inquiry_client, inquiry, "hand-over", to=liv.pk, seen=administrator.pk)
    assert owner(inquiry) == liv
    assert log()[-1] == ("ivar", "handed_over", "liv")


def test_a_case_that_changed_its_owner_meanwhile_is_not_handed_over(inquiry_client, inquiry, liv, administrator):
    ownership.take(inquiry, administrator)
    page = press(inquiry_client, inquiry, "hand-over", to=liv.pk, seen="")
    assert "kari har henvendelsen" in page
    assert owner(inquiry) == administrator


@pytest.mark.plain
def test_taking_over_from_a_colleague_is_logged_as_taking(inquiry_client, inquiry_staff, inquiry, liv):
    ownership.take(inquiry, liv)
    press(inquiry_client, inquiry, "hand-over", to=inquiry_staff.pk, seen=liv.pk)
    assert owner(inquiry) == inquiry_staff
    assert log()[-1] == ("ivar", "taken", "")


@pytest.mark.plain
@pytest.mark.parametrize("to", ["astrid", "olav"])
def test_a_case_is_never_handed_to_a_user_who_may_not_read_it(inquiry, inquiry_staff, to):
    with pytest.raises(CannotOpen):
        ownership.hand_over(inquiry, User.objects.get(username=to).pk, inquiry_staff, seen=None)
    assert owner(inquiry) is None


@pytest.mark.plain
@pytest.mark.parametrize("sent", [{}, {"to": ""}, {"to": "x"}, {"to": "1", "seen": "x"}, {"to": "9" * 30}])
def test_what_no_form_sends_hands_nothing_over(inquiry_client, inquiry, sent):
    assert "Velg en kollega" in press(inquiry_client, inquiry, "hand-over", **sent)
    assert owner(inquiry) is None


@pytest.mark.plain
def test_an_owner_that_no_page_has_shown_hands_nothing_over(inquiry_client, inquiry, inquiry_staff):
    for seen in ("9" * 30, "x", "12345"):
        press(inquiry_client, inquiry, "hand-over", to=inquiry_staff.pk, seen=seen)
        assert owner(inquiry) is None


@pytest.mark.plain
@pytest.mark.parametrize("verb", ["take", "give-back", "hand-over"])
def test_nothing_changes_hands_by_a_link(inquiry_client, inquiry, verb):
    assert inquiry_client.get(f"{LIST}{inquiry.pk}/{verb}/").status_code == 302


def test_only_those_who_may_read_can_be_chosen(inquiry_client, inquiry, liv):
    page = inquiry_client.get(f"{LIST}{inquiry.pk}/change/").text
    assert "Liv Berg" in page
    assert "astrid" not in page


@pytest.mark.plain
def test_two_colleagues_of_one_name_are_told_apart_wherever_one_is_shown_or_chosen(inquiry_client, inquiry, liv):
    other = User.objects.create_user("liv2", is_staff=True, first_name="Liv", last_name="BERG")
    other.groups.add(Group.objects.get(name="Innboks"))
    Inquiry.objects.update(owner=other)
    page = inquiry_client.get(f"{LIST}{inquiry.pk}/change/").text
    assert page.count("Liv Berg (liv)</option>") == 2  # to hand the case over to, and for the next step
    table = b"".join(inquiry_client.post(f"{LIST}export/", {"content": "without"})).decode()
    for shown in (page, inquiry_client.get(LIST).text, table):
        assert "Liv BERG (liv2)" in shown


def test_the_case_of_a_colleague_whose_account_is_deleted_is_free(inquiry, liv, inquiry_client):
    ownership.take(inquiry, liv)
    liv.delete()
    assert owner(inquiry) is None
    assert log() == [("liv", "taken", ""), ("", "freed", "liv")]
    assert inquiry.reference in inquiry_client.get(f"{LIST}?owner=nobody").text


def test_accounts_that_are_deleted_together_free_their_cases_and_no_other(inquiry, liv, inquiry_staff):
    ownership.take(inquiry, inquiry_staff)
    User.objects.filter(username__in=["liv", "olav"]).delete()
    assert owner(inquiry) == inquiry_staff
    assert log() == [("ivar", "taken", "")]
    User.objects.filter(username__in=["ivar", "astrid"]).delete()
    assert log()[1:] == [("", "freed", "ivar")]


def test_a_case_that_was_taken_over_a_moment_ago_is_not_freed_from_its_new_owner(
    inquiry, liv, inquiry_staff, monkeypatch
):
    ownership.take(inquiry, liv)
    liv.groups.clear()
    monkeypatch.setattr(ownership.Inquiry.objects, "filter", taken_over_before_the_change(inquiry, inquiry_staff))
    ownership.free_orphaned_cases()
    monkeypatch.undo()
    assert owner(inquiry) == inquiry_staff
    assert log() == [("liv", "taken", "")]


def taken_over_before_the_change(inquiry, user):
    """Let another colleague take the case between the look at the rows and the change of one."""
    real = Inquiry.objects.filter

    def find(**wanted):
        if "pk" in wanted:
            real(pk=inquiry.pk).update(owner=user)
        return real(**wanted)

    return find


@pytest.fixture(params=["role", "active", "staff"])
def case_of_a_former_reader(request, inquiry, liv):
    """A case whose owner has just lost the right to read it, in one of three ways."""
    ownership.take(inquiry, liv)
    if request.param == "role":
        liv.groups.clear()
    User.objects.filter(pk=liv.pk).update(is_active=request.param != "active", is_staff=request.param != "staff")
    return inquiry


def test_the_case_of_a_colleague_who_loses_the_right_is_shown_as_free_at_once(
    case_of_a_former_reader, inquiry_client
):
    for_taking = f"{LIST}{case_of_a_former_reader.pk}/take/"
    assert for_taking in inquiry_client.get(f"{LIST}?owner=nobody").text
    assert for_taking in inquiry_client.get(LIST).text
    assert for_taking in inquiry_client.get(f"{LIST}{case_of_a_former_reader.pk}/change/").text


@pytest.mark.plain
def test_looking_at_an_orphaned_case_changes_nothing(case_of_a_former_reader, liv, inquiry_client):
    for address in (LIST, f"{LIST}?owner=nobody", f"{LIST}{case_of_a_former_reader.pk}/change/"):
        inquiry_client.get(address)
    assert owner(case_of_a_former_reader) == liv
    assert log() == [("liv", "taken", "")]


def test_an_orphaned_case_is_taken_like_any_free_one_and_the_log_says_whose_it_was(
    case_of_a_former_reader, inquiry_client, inquiry_staff
):
    press(inquiry_client, case_of_a_former_reader, "take", list="")
    assert owner(case_of_a_former_reader) == inquiry_staff
    assert log()[1:] == [("", "freed", "liv"), ("ivar", "taken", "")]


def test_an_orphaned_case_is_handed_over_like_any_free_one(case_of_a_former_reader, inquiry_client, administrator):
    press(inquiry_client, case_of_a_former_reader, "hand-over", to=administrator.pk, seen="")
    assert owner(case_of_a_former_reader) == administrator
    assert log()[1:] == [("", "freed", "liv"), ("ivar", "handed_over", "kari")]


def test_the_next_round_frees_an_orphaned_case_and_its_history_says_so(case_of_a_former_reader, inquiry_client):
    call_command("deliver", "--once")
    assert owner(case_of_a_former_reader) is None
    assert log()[-1] == ("", "freed", "liv")
    page = inquiry_client.get(f"{LIST}{case_of_a_former_reader.pk}/change/").text
    assert "liv kan ikke åpne henvendelser lenger" in page


def test_the_case_of_a_colleague_who_may_read_is_not_free(inquiry, liv, inquiry_client):
    ownership.take(inquiry, liv)
    assert ownership.free_orphaned_cases() == 0
    assert inquiry.reference not in inquiry_client.get(f"{LIST}?owner=nobody").text
    assert "Liv Berg har henvendelse" in press(inquiry_client, inquiry, "take", list="")
    assert owner(inquiry) == liv


@pytest.mark.plain
def test_a_press_in_the_list_leads_back_to_the_list_with_its_filters(inquiry_client, inquiry):
    answer = inquiry_client.post(f"{LIST}{inquiry.pk}/take/", {"list": "show=open&role=patient"})
    assert answer["Location"] == f"{LIST}?show=open&role=patient"
    answer = inquiry_client.post(f"{LIST}{inquiry.pk}/take/", {"list": "//evil.example/?show=open"})
    assert answer["Location"] == LIST
    assert inquiry_client.post(f"{LIST}{inquiry.pk}/take/")["Location"] == f"{LIST}{inquiry.pk}/change/"


def test_of_two_colleagues_who_take_a_free_case_one_wins_and_the_other_is_told(inquiry, inquiry_staff, liv):
    both = [Inquiry.objects.get(pk=inquiry.pk) for _person in range(2)]
    ownership.take(both[0], liv)
    with pytest.raises(OwnerChanged, match="Liv Berg"):
        ownership.take(both[1], inquiry_staff)
    assert owner(inquiry) == liv
    assert log() == [("liv", "taken", "")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_of_two_who_press_at_once_one_wins_and_the_other_is_told(inquiry, inquiry_staff, administrator):
    told, both = [], threading.Barrier(2)

    def take(user):
        row = Inquiry.objects.get(pk=inquiry.pk)
        both.wait()
        try:
            ownership.take(row, user)
        except OwnerChanged as error:
            told.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(user,)) for user in (inquiry_staff, administrator)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(told) == 1
    assert told[0].startswith(owner(inquiry).username)
    assert [entry[1] for entry in log()] == ["taken"]


def test_the_openers_are_asked_for_in_two_queries(django_assert_num_queries, keyring, liv, inquiry_staff):
    with django_assert_num_queries(2):
        assert [user.username for user in inbox_openers_by_name()] == ["ivar", "kari", "liv"]


@pytest.mark.plain
def test_a_visitor_who_is_not_logged_in_takes_no_case(client, inquiry, editor):
    assert client.post(f"{LIST}{inquiry.pk}/take/").status_code == 302
    assert logged_in(editor).post(f"{LIST}{inquiry.pk}/take/").status_code == 403
    assert owner(inquiry) is None


@pytest.mark.plain
def test_only_a_colleague_who_can_open_the_inbox_owns_a_case(inquiry_client, enrolled, inquiry, liv):
    ownership.take(inquiry, liv)  # while the server opens the inbox for her
    Grant.objects.filter(principal="server").delete()
    assert list(Inquiry.objects.filter(ownership.is_free())) == [inquiry]
    with pytest.raises(CannotOpen):
        ownership.take(inquiry, liv)
    with pytest.raises(CannotOpen):
        ownership.hand_over(inquiry, liv.pk, enrolled.user, seen=None)
    press(inquiry_client, inquiry, "take", list="")
    assert owner(inquiry) == enrolled.user


@pytest.mark.plain
def test_a_delivery_process_that_cannot_read_the_server_s_key_frees_no_case(keyring, inquiry, liv):
    """It cannot know that the server opens the inbox for the owner; the pages, which can, go by what is so."""
    ownership.take(inquiry, liv)
    key, hidden = server_key_file(), server_key_file().with_name("hidden")
    key.rename(hidden)
    assert ownership.free_orphaned_cases() == 0
    assert owner(inquiry) == liv
    hidden.rename(key)
    Grant.objects.filter(principal="server").delete()
    assert ownership.free_orphaned_cases() == 1
