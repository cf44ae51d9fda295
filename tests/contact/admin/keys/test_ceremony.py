"""The ceremony in the admin: numbered steps, from a server that opens everything to colleagues with keys."""

from copy import copy
from datetime import timedelta

import html5lib
import pytest
import time_machine
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contact.keys import colleagues, key_holders, recovery
from contact.keys.generations import remove_server
from contact.keys.recovery_paper import new_paper
from contact.models import AccessEntry, Grant, InboxKey, StaffKey
from mestring.roles import INQUIRY_STAFF, KEYHOLDERS
from mestring.staff.dashboard import waiting_lines
from tests.cast import PASSWORD, logged_in
from tests.contact.conftest import CANARY, PASSPHRASE, code_of, with_paper

pytestmark = pytest.mark.django_db
PAGE = "/admin/contact/grant/"
OTHER = "fem blå ballonger over fjorden"
STEPS = ["delete-paper-file", "let-in", "remove-server", "delete-key-file", "new-key", "prove-again"]


def next_step(client):
    """Return the number of the step that the page says comes next."""
    page = html5lib.parse(client.get(PAGE).content, namespaceHTMLElements=False)
    for heading in page.iter("h2"):
        if any("ceremony__state--next" in span.get("class", "") for span in heading.iter("span")):
            return heading.text.strip()[0]
    return None


@pytest.fixture
def head_nurse(cast):
    """A keyholder who is no administrator: reads inquiries, and lets others in."""
    user = User.objects.create_user("hanne", password=PASSWORD, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=(INQUIRY_STAFF, KEYHOLDERS)))
    return user


def test_the_ceremony_from_the_first_to_the_last_step(inquiry, printed, head_nurse, inquiry_staff):
    hanne, ivar = logged_in(head_nurse), logged_in(inquiry_staff)
    assert next_step(hanne) == "1"
    hanne.post(PAGE, {"typed": printed})
    assert next_step(hanne) == "1"  # a finder of the file reads everything
    hanne.post(f"{PAGE}delete-paper-file/")
    assert next_step(hanne) == "2"
    assert not key_holders.paper_file().exists()
    for client, phrase in ((hanne, OTHER), (ivar, PASSPHRASE)):
        client.post("/admin/contact/staffkey/", {"new": phrase, "again": phrase})
    assert next_step(hanne) == "3"
    first, second = (code_of(StaffKey.objects.get(user=user)) for user in (head_nurse, inquiry_staff))
    text = hanne.get(PAGE).text
    for code in (first, second):
        assert not any(code[field] in text for field in code)  # it is read out, and typed
    hanne.post(f"{PAGE}let-in/", first | {"typed": printed})
    hanne.post("/admin/contact/inquiry/unlock/?then=keys", {"passphrase": OTHER})
    hanne.post(f"{PAGE}let-in/", second)
    assert next_step(hanne) == "4"
    hanne.post(f"{PAGE}remove-server/")
    assert next_step(hanne) is None
    assert not key_holders.server_key_file().exists()
    assert CANARY not in ivar.get(f"/admin/contact/inquiry/{inquiry.pk}/change/").text
    ivar.post("/admin/contact/inquiry/unlock/", {"passphrase": PASSPHRASE})
    assert CANARY in ivar.get(f"/admin/contact/inquiry/{inquiry.pk}/change/").text
    done = list(AccessEntry.objects.order_by("id").values_list("action", "username", "about"))
    assert ("granted", "hanne", "ivar") in done
    assert ("server_gone", "hanne", "") in done
    assert [row for row in done if row[0] in ("paper_gone", "server_file")] == [
        ("paper_gone", "hanne", ""), ("server_file", "hanne", "")
    ]  # fmt: skip
    assert "hanne slapp ivar inn i innboksen." in ivar.get("/admin/contact/accessentry/").text


def test_the_paper_that_was_typed_serves_for_ten_minutes_in_this_browser_alone(
    inquiry, printed, head_nurse, inquiry_staff, settings
):
    hanne, ivar = logged_in(head_nurse), logged_in(inquiry_staff)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        hanne.post(PAGE, {"typed": printed})
        ivar.post("/admin/contact/staffkey/", {"new": PASSPHRASE, "again": PASSPHRASE})
        code = code_of(StaffKey.objects.get())
        stranger = logged_in(head_nurse)
        stranger.cookies = copy(hanne.cookies)
        name = settings.SESSION_COOKIE_NAME
        stranger.cookies[name] = logged_in(head_nurse).cookies[name].value
        assert stranger.post(f"{PAGE}let-in/", code).status_code == 422, "a cookie without its session"
        cookie = hanne.cookies.pop("__Host-paper")
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Strict")
        assert hanne.post(f"{PAGE}let-in/", code).status_code == 422, "a session without its cookie"
        hanne.cookies["__Host-paper"] = cookie.value
        clock.shift(timedelta(minutes=10))
        assert hanne.post(f"{PAGE}let-in/", code).status_code == 403, "the login is asked for anew first"
        hanne.post("/admin/login/again/", {"password": PASSWORD})
        assert hanne.post(f"{PAGE}let-in/", code).status_code == 422, "ten minutes later"
        assert not Grant.objects.filter(principal="staff").exists()
        hanne.post(PAGE, {"typed": printed})
        clock.shift(timedelta(minutes=9))
        assert "gjelder til kl." in hanne.get(PAGE).text
        assert hanne.post(f"{PAGE}let-in/", code).status_code == 302
        hanne.post("/admin/contact/staffkey/", {"new": OTHER, "again": OTHER})
        assert Grant.objects.filter(staff_key__user=head_nurse).exists(), "with the paper at hand, in at once"


@pytest.mark.parametrize("step", ["keep-old-paper", "delete-key-file", "delete-paper-file"])
@pytest.mark.parametrize("line", ["1) no paper", "of another inbox"])
def test_a_step_that_looks_at_no_paper_keeps_none_open(administrator_client, keyring, printed, step, line):
    recovery.prove_paper(printed)
    Grant.objects.filter(principal="server").delete()
    typed = new_paper() if line == "of another inbox" else line
    answer = administrator_client.post(f"{PAGE}{step}/", {"typed": typed})
    assert (answer.status_code, "__Host-paper" in answer.cookies) == (302, False)
    assert "gjelder til kl." not in administrator_client.get(PAGE).text


def test_locking_the_inbox_ends_the_paper_that_was_typed(administrator_client, administrator, enrolled, printed):
    administrator_client.post(PAGE, {"typed": printed})
    assert "gjelder til kl." in administrator_client.get(PAGE).text
    administrator_client.post("/admin/contact/inquiry/lock/")
    assert "gjelder til kl." not in administrator_client.get(PAGE).text
    administrator_client.post("/admin/contact/staffkey/", {"new": OTHER, "again": OTHER})
    assert StaffKey.objects.filter(user=administrator).exists()
    assert not Grant.objects.filter(staff_key__user=administrator).exists(), "not let in by a paper of before"


def test_the_picture_says_who_opens_now_and_after_the_next_step(administrator_client, enrolled, printed):
    def picture():
        page = html5lib.parse(administrator_client.get(PAGE).text, namespaceHTMLElements=False)
        rows = page.find(".//table[@class='holders']/tbody")
        said = [["".join(cell.itertext()).split() for cell in row] for row in rows]
        return {row[0][0]: [" ".join(cell) for cell in row[1:]] for row in said}

    recovery.prove_paper(printed)
    key_holders.paper_file().unlink()
    colleagues.enrol(User.objects.get(username="kari"), OTHER)
    assert picture() == {
        "ivar": ["Åpner", "Åpner"], "kari": ["Åpner ikke", "Åpner"],
        "Arket": ["Åpner", "Åpner"], "Serveren": ["Åpner", "Åpner"],
    }  # fmt: skip
    administrator_client.post(
        f"{PAGE}let-in/", code_of(StaffKey.objects.get(user__username="kari")) | {"typed": printed}
    )
    assert picture()["Serveren"] == ["Åpner", "Åpner ikke"]


def test_the_page_shows_what_to_do_now_and_no_step_before_its_time(
    administrator_client, administrator, inquiry_staff, keyring, printed
):
    own = "/admin/contact/staffkey/"

    def main(address=PAGE):
        page = html5lib.parse(administrator_client.get(address).text, namespaceHTMLElements=False)
        return page.find(".//div[@id='content-main']")

    def forms(address=PAGE):
        assert len(" ".join(main(address).itertext()).split()) < 150, "a tired reader reads no more"
        return [form.get("action").removeprefix(PAGE) for form in main(address).iter("form")]

    assert forms() == ["show-first-paper/", ""]
    administrator_client.post(PAGE, {"typed": printed})
    assert forms() == ["delete-paper-file/"]
    key_holders.delete_paper_file(administrator)
    assert forms() == []
    assert own in [link.get("href") for link in main().iter("a")]
    administrator_client.post(own, {"new": OTHER, "again": OTHER})
    assert forms() == ["remove-server/"], "with a warning that one is few"
    assert own not in [link.get("href") for link in main().iter("a")], "chosen"
    waiting = colleagues.enrol(inquiry_staff, PASSPHRASE)
    assert forms() == ["let-in/"]
    administrator_client.post(f"{PAGE}let-in/", code_of(waiting))
    assert forms() == ["remove-server/"]
    administrator_client.post(f"{PAGE}remove-server/")
    assert forms() == []
    assert forms(f"{PAGE}paper/") == ["prove-again/"], "the inbox is locked"
    assert forms(f"{PAGE}key/") == ["new-key/"]
    administrator_client.post("/admin/contact/inquiry/unlock/", {"passphrase": OTHER})
    assert forms(f"{PAGE}paper/") == ["print-new-paper/", "prove-again/"]
    administrator_client.post(f"{PAGE}print-new-paper/")
    assert forms(f"{PAGE}paper/") == ["replace-paper/", "keep-old-paper/", "print-new-paper/"]


def test_the_paper_is_proven_again_and_what_is_wrong_stands_on_the_page_of_its_step(
    administrator_client, enrolled, printed
):
    recovery.prove_paper(printed)
    for step, title in (("prove-again", "Gjenopprettingsarket"), ("let-in", "Hvem kan åpne innboksen")):
        answer = administrator_client.post(f"{PAGE}{step}/", {"typed": new_paper()})
        assert (answer.status_code, answer.context["title"]) == (422, title)
    before = Grant.objects.get(principal="recovery").proven_at
    assert administrator_client.post(f"{PAGE}prove-again/", {"typed": printed}).status_code == 302
    assert Grant.objects.get(principal="recovery").proven_at > before


def test_on_a_live_site_the_page_says_that_the_forms_are_closed_until_all_is_done(
    administrator_client, keyring, settings
):
    words = "er skjemaene stengt"
    assert words not in administrator_client.get(PAGE).text
    settings.MODE = "live"
    assert words in administrator_client.get(PAGE).text


def test_only_keyholders_take_a_step(editor, inquiry_staff, roleless, enrolled, printed, undrawn_refusals):
    before = list(Grant.objects.values_list("pk", flat=True))
    typed = {"typed": printed} | code_of(enrolled)
    for client in (logged_in(editor), logged_in(inquiry_staff), logged_in(roleless)):
        for step in (*STEPS, "colleague/1/remove", "key", "paper"):
            for ask in (client.get, client.post):
                assert ask(f"{PAGE}{step}/", typed).status_code == 403, (step, ask)
                assert list(Grant.objects.values_list("pk", flat=True)) == before, (step, ask)


def test_a_step_takes_a_post_only(administrator_client, enrolled):
    statuses = {step: administrator_client.get(f"{PAGE}{step}/").status_code for step in STEPS}
    assert statuses == dict.fromkeys(STEPS, 302)


def test_a_keyholder_who_has_not_unlocked_is_told_what_to_do(administrator_client, enrolled, administrator):
    waiting = colleagues.enrol(administrator, OTHER)
    answer = administrator_client.post(f"{PAGE}let-in/", code_of(waiting))
    assert answer.status_code == 422
    assert "Lås opp innboksen først" in answer.text
    assert not waiting.grants.exists()


def test_a_wrong_paper_lets_in_no_colleague_is_logged_and_not_sent_back(
    administrator_client, keyring, inquiry_staff
):
    waiting, wrong = colleagues.enrol(inquiry_staff, PASSPHRASE), new_paper()
    answer = administrator_client.post(f"{PAGE}let-in/", code_of(waiting) | {"typed": wrong})
    assert answer.status_code == 422
    assert not any(line.strip()[4:] in answer.text for line in wrong.splitlines() if line[5:6] == ")")
    assert not waiting.grants.exists()
    assert AccessEntry.objects.first().action == "paper_wrong"


def test_the_paper_is_shown_once_to_be_printed_and_its_file_goes(administrator_client, keyring, printed):
    assert "Vis arket én gang" in administrator_client.get(PAGE).text
    administrator_client.get(f"{PAGE}show-first-paper/")  # a look is no button
    assert key_holders.paper_file().exists()
    shown = administrator_client.post(f"{PAGE}show-first-paper/")
    assert "no-store" in shown["Cache-Control"]
    secret = [line.strip() for line in printed.splitlines() if line[5:6] == ")"]
    assert len(secret) == 4
    assert all(line in shown.text for line in secret)
    assert not key_holders.paper_file().exists()
    assert (
        "kari fikk gjenopprettingsarket vist én gang"
        in administrator_client.get("/admin/contact/accessentry/").text
    )
    again = administrator_client.post(f"{PAGE}show-first-paper/")
    assert again.status_code == 422
    assert not any(line in again.text for line in secret)
    assert "Vis arket én gang" not in administrator_client.get(PAGE).text
    administrator_client.post(PAGE, {"typed": "\n".join(secret)})
    assert key_holders.is_paper_proven()


def test_a_keyholder_who_may_not_read_is_not_shown_the_paper(roleless, keyring):
    roleless.user_permissions.add(Permission.objects.get(codename="change_grant"))
    keyholder = logged_in(roleless)
    assert "Vis arket én gang" not in keyholder.get(PAGE).text
    assert keyholder.post(f"{PAGE}show-first-paper/").status_code == 422
    assert key_holders.paper_file().exists()


def test_an_invented_colleague_or_code_is_a_clear_sentence(administrator_client, keyring, printed, inquiry_staff):
    waiting = colleagues.enrol(inquiry_staff, PASSPHRASE)
    ours = f"code-{inquiry_staff.pk}"
    for field, typed in ((ours, " "), (ours, "x"), (ours, "\u0663" * 400), ("code-999999", "x"), ("code-x", "x")):
        answer = administrator_client.post(f"{PAGE}let-in/", {field: typed, "typed": printed})
        assert answer.status_code == 422, typed
    assert not waiting.grants.exists()


def test_a_colleague_who_may_not_read_is_not_let_in(administrator_client, keyring, printed, roleless):
    outsider = colleagues.enrol(roleless, OTHER)
    answer = administrator_client.post(f"{PAGE}let-in/", code_of(outsider) | {"typed": printed})
    assert answer.status_code == 422
    assert not outsider.grants.exists()


def test_the_server_s_key_is_not_taken_too_early(administrator_client, enrolled, printed):
    Grant.objects.update(proven_at=None)
    assert administrator_client.post(f"{PAGE}remove-server/").status_code == 422
    assert administrator_client.post(f"{PAGE}delete-key-file/").status_code == 422
    assert administrator_client.post(f"{PAGE}delete-paper-file/").status_code == 422
    assert key_holders.paper_file().exists()
    assert key_holders.server_can_open()


def test_removing_a_colleague_asks_first_and_works_without_unlocking(administrator_client, enrolled, printed):
    address = f"{PAGE}colleague/{enrolled.pk}/remove/"
    assert "Fjern ivar" in administrator_client.get(address).text
    assert StaffKey.objects.exists()
    administrator_client.post(address)
    assert not StaffKey.objects.exists()
    assert InboxKey.objects.count() == 2  # in the demo the server makes the new generation


def test_once_the_server_is_out_a_removal_still_works_at_once_and_asks_for_a_new_key(
    administrator_client, administrator, head_nurse, enrolled, printed
):
    for user in (administrator, head_nurse):
        colleagues.let_in([colleagues.enrol(user, OTHER)], with_paper(printed))
    recovery.prove_paper(printed)
    remove_server(with_paper(printed))
    administrator_client.post(f"{PAGE}colleague/{enrolled.pk}/remove/")
    assert not StaffKey.objects.filter(pk=enrolled.pk).exists()
    assert "trenger ny nøkkel" in str([line.words for line in waiting_lines(administrator)])
    assert administrator_client.post(f"{PAGE}new-key/").status_code == 422
    administrator_client.post("/admin/contact/inquiry/unlock/", {"passphrase": OTHER})
    administrator_client.post(f"{PAGE}new-key/")
    assert InboxKey.objects.count() == 3
    assert "trenger ny nøkkel" not in str([line.words for line in waiting_lines(administrator)])


def test_a_keyholder_cannot_remove_themself_by_a_slip(administrator_client, administrator, enrolled, printed):
    mine = colleagues.enrol(administrator, OTHER)
    assert administrator_client.post(f"{PAGE}colleague/{mine.pk}/remove/").status_code == 422
    assert StaffKey.objects.filter(pk=mine.pk).exists()


def test_a_colleague_who_lost_the_right_and_still_holds_a_key_is_pointed_out(administrator_client, enrolled):
    enrolled.user.groups.clear()
    assert "skal ikke lenger lese" in administrator_client.get(PAGE).text


def test_the_page_asks_the_database_as_little_for_many_colleagues_as_for_few(
    administrator_client, enrolled, printed
):
    counts = []
    for number in range(2):
        for more in range(1 + 4 * number):
            user = User.objects.create_user(f"ny{number}{more}", is_staff=True)
            user.groups.add(Group.objects.get(name=INQUIRY_STAFF))
            colleagues.let_in([colleagues.enrol(user, OTHER)], with_paper(printed))
        administrator_client.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            administrator_client.get(PAGE)
        counts.append(len(captured))
    assert counts[0] == counts[1]


# --- the first page -------------------------------------------------------------------------------


def test_keyholders_are_told_when_fewer_than_two_hold_a_key_and_when_a_colleague_waits(
    enrolled, head_nurse, administrator, printed
):
    said = str([line.words for line in waiting_lines(head_nurse)])
    assert "Bare 1 kollega har egen nøkkel" in said
    assert "Velg passordsetningen din" in said
    waiting = colleagues.enrol(head_nurse, OTHER)
    said = str([line.words for line in waiting_lines(head_nurse)])
    assert "1 kollega venter" in said
    assert "Velg passordsetningen" not in said
    assert "Les opp koden din for en nøkkelansvarlig" in said
    colleagues.let_in([waiting], with_paper(printed))
    assert "nøkkel" not in str([line.words for line in waiting_lines(head_nurse)]), "nor the code: let in"


def test_a_demo_tells_inquiry_staff_nothing_of_keys_before_the_ceremony_has_begun(keyring, inquiry_staff):
    assert waiting_lines(inquiry_staff) == []


def test_a_live_site_asks_inquiry_staff_for_a_passphrase_from_the_first_login_on(keyring, inquiry_staff, settings):
    settings.MODE = "live"
    (line,) = waiting_lines(inquiry_staff)
    assert (line.words, line.url) == ("Velg passordsetningen din til innboksen.", "/admin/contact/staffkey/")


def test_once_the_server_is_out_those_who_hold_a_key_are_counted_for_the_launch_list_and_keyholders(
    enrolled, printed, administrator_client, administrator
):
    recovery.prove_paper(printed)
    remove_server(with_paper(printed))
    launch = "/admin/pages/launchconfirmation/"
    assert "1 person kan åpne innboksen." in administrator_client.get(launch).text
    assert "Færre enn to kolleger kan åpne innboksen." in administrator_client.get(PAGE).text
    colleagues.let_in([colleagues.enrol(administrator, OTHER)], with_paper(printed))
    assert "2 personer kan åpne innboksen." in administrator_client.get(launch).text
    assert "Færre enn to kolleger" not in administrator_client.get(PAGE).text
