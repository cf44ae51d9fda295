"""Which addresses of the admin ask anew who it is: all are listed, so that a new one is not forgotten."""

import pytest
import time_machine
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse
from django.utils import timezone

from contact.models import AccessEntry
from mestring.staff.reauthentication.addresses import BUTTONS, PAGES
from mestring.staff.reauthentication.confirmed import PATIENCE
from mestring.staff.unsent.writer import FIELD, stamp
from tests.cast import PASSWORD, logged_in
from tests.contact.conftest import CANARY
from tests.mestring.staff.second_factor.phone import code_of, with_app
from tests.mestring.staff.test_unsent_forms import hidden

pytestmark = pytest.mark.django_db
CONFIRM, CODE = "/admin/login/again/", "/admin/login/code/"
EXPORT, NEW_COLLEAGUE = "/admin/contact/inquiry/export/", "/admin/auth/user/add/"
CASE = "/admin/contact/inquiry/00000000-0000-0000-0000-000000000001/"
# Those that need no more than the login. What is new stands here, or in one of the two sets.
NOT_ASKED = {
    "index", "login", "logout", "jsi18n", "view_on_site", "app_list", "password_change_done", "guide",
    "inbox_guide", "second_step", "second_factor", "after_set_up", "confirm_login", "own_logins",
    "forgotten_password", "choose_password",
    "sign_on", "sign_on_again", "sign_on_back", "sign_on_connect_go", "signed_on", "sign_on_out",
    "autocomplete", "contact_erasinground_changelist",
    "contact_accessentry_changelist", "contact_accessentry_inquiry", "contact_accessentry_colleague",
    "contact_replytemplate_add", "contact_replytemplate_change",
    "contact_replytemplate_changelist", "contact_replytemplate_delete", "contact_replytemplate_history",
    "auth_user_history", "auth_group_history",
    "contact_inquiry_changelist",
    # What they show says nothing of a person but who did a drill, and a drill that is noted opens nothing.
    *(f"backup_{model}_{name}" for model in ("backupnight", "restoredrill") for name in (
        "changelist", "add", "change", "delete", "history",
    )),
    *(
        f"contact_inquiry_{name}" for name in (
            "unlock", "lock", "search", "statistics", "change", "again", "lock_case", "draft", "reply", "template",
            "note", "outside", "next_step", "step_done", "close", "reopen", "take", "give_back", "hand_over",
            "hold", "release", "spam", "not_spam", "keep",
        )
    ),
}  # fmt: skip
OF_PAGES = "pages_"  # what these show and change is public, or about to be


def names(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name
        else:
            yield from names(pattern.url_patterns)


def address_of(name):
    numbered = {
        "contact_inquiry_erase": ["00000000-0000-0000-0000-000000000001"],
        "contact_inquiry_copy": ["00000000-0000-0000-0000-000000000001"],
    }
    for args in (numbered.get(name, []), ["1"]):
        try:
            return reverse(f"admin:{name}", args=args)
        except NoReverseMatch:
            continue
    raise AssertionError(name)


@pytest.fixture
def later():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield lambda: clock.shift(PATIENCE)


def asks(response):
    location = response.headers.get("Location", "")
    return location.startswith(CONFIRM) or (response.status_code == 403 and f'action="{CONFIRM}"' in response.text)


def test_every_address_of_the_admin_is_listed_as_one_that_asks_or_one_that_does_not():
    found = {name for name in names(admin.site.get_urls()) if name and not name.startswith(OF_PAGES)}
    assert found == PAGES | BUTTONS | NOT_ASKED
    assert not (PAGES | BUTTONS) & NOT_ASKED
    assert not PAGES & BUTTONS


@pytest.mark.parametrize("name", sorted(PAGES | BUTTONS))
def test_it_asks_when_ten_minutes_have_passed_since_the_login_and_does_nothing(name, administrator, later):
    address = address_of(name)
    assert not asks(logged_in(administrator).post(address, {"code": "x"}))
    client, before = logged_in(administrator), AccessEntry.objects.count()
    later()
    assert asks(client.post(address, {FIELD: stamp(administrator.pk)}))
    assert asks(client.get(address)) is (name in PAGES)
    assert AccessEntry.objects.count() == before


def test_the_password_answers_for_ten_minutes_in_this_session_alone(administrator, later):
    here, elsewhere = logged_in(administrator), logged_in(administrator)
    later()
    asked = here.get(EXPORT, follow=True)
    wrong = here.post(CONFIRM, hidden(asked) | {"password": "feil", "username": "astrid"})
    assert "Dette er ikke passordet ditt." in wrong.text
    assert asks(here.get(EXPORT))
    assert here.post(CONFIRM, hidden(wrong) | {"password": PASSWORD})["Location"] == EXPORT
    assert here.get(EXPORT).status_code == 200
    assert asks(elsewhere.get(EXPORT))
    later()
    assert asks(here.get(EXPORT))


def test_another_colleague_s_password_confirms_nothing(administrator, editor, later):
    editor.set_password(CANARY)
    editor.save()
    client = logged_in(administrator)
    later()
    client.post(CONFIRM, {"next": EXPORT, "username": "astrid", "password": CANARY})
    assert asks(client.get(EXPORT))


def test_another_colleague_s_second_step_confirms_nothing(administrator, editor, later):
    _secret, codes = with_app(administrator)
    _hers, hers = with_app(editor)
    client = Client()
    for person, code in ((administrator, codes[0]), (editor, hers[0])):
        client.post("/admin/login/", {"username": person.username, "password": PASSWORD})
        client.post(CODE, {"code": code})
        assert client.session["_auth_user_id"] == str(person.pk)
        later()


def test_a_clock_that_is_set_back_confirms_nothing(administrator):
    client = logged_in(administrator)
    with time_machine.travel(timezone.now().timestamp() - 60, tick=False):
        assert asks(client.get(EXPORT))


def test_it_leads_to_no_other_site(administrator_client):
    for leads_to in ("https://evil.example/", "//evil.example/admin/", "/kontakt/"):
        answer = administrator_client.post(CONFIRM, {"next": leads_to, "password": PASSWORD})
        assert answer["Location"] == "/admin/"


def test_the_second_step_is_asked_too_and_the_session_keeps_its_key_and_its_beginning(administrator, later):
    secret, codes = with_app(administrator)
    client = logged_in(administrator)
    client.post("/admin/login/", {"username": "kari", "password": PASSWORD})
    client.post(CODE, {"code": codes[0]})
    key, begun = client.session.session_key, client.session["login"]["since"]
    later()
    step = client.post(CONFIRM, {"next": EXPORT, "password": PASSWORD})
    assert asks(client.get(EXPORT))
    assert "Bekreft at det er deg" in step.text
    assert client.post(CODE, {"code": "000000"}).status_code == 200
    assert asks(client.get(EXPORT))
    assert client.post(CODE, {"code": code_of(secret)})["Location"] == EXPORT
    assert client.get(EXPORT).status_code == 200
    assert (client.session.session_key, client.session["login"]["since"]) == (key, begun)


def test_what_was_typed_comes_back_and_is_not_carried_out_unasked(administrator, later):
    client = logged_in(administrator)
    later()
    typed = {FIELD: stamp(administrator.pk), "username": "turid", "first_name": CANARY, "password1": PASSWORD}
    asked = client.post(NEW_COLLEAGUE, typed)
    assert CANARY not in asked.text
    wrong = client.post(CONFIRM, hidden(asked) | {"password": "feil"})
    back = client.post(CONFIRM, hidden(wrong) | {"password": PASSWORD})
    assert hidden(back)["first_name"] == CANARY
    assert "password1" not in hidden(back)
    assert f'action="{NEW_COLLEAGUE}"' in back.text
    assert not User.objects.filter(username="turid").exists()
    assert CANARY not in str(client.session.items())


def test_words_on_a_case_come_back_to_the_case_when_a_copy_is_asked_for(inquiry_staff, later):
    client = logged_in(inquiry_staff)
    later()
    asked = client.post(f"{CASE}copy/", {FIELD: stamp(inquiry_staff.pk), "reply-text": CANARY})
    back = client.post(CONFIRM, hidden(asked) | {"password": PASSWORD})
    assert hidden(back)["reply-text"] == CANARY
    assert f'action="{CASE}again/"' in back.text


def test_a_passphrase_or_a_paper_is_never_carried_along_and_its_page_is_shown_anew(inquiry_staff, later):
    client = logged_in(inquiry_staff)
    later()
    own = "/admin/contact/staffkey/"
    asked = client.post(own, {FIELD: stamp(inquiry_staff.pk), "new": CANARY, "again": CANARY})
    assert "unsent" not in hidden(asked)
    assert client.post(CONFIRM, hidden(asked) | {"password": PASSWORD})["Location"] == own


def test_passwords_are_tried_no_oftener_than_at_the_login(administrator):
    client = logged_in(administrator)
    statuses = [client.post(CONFIRM, {"password": "feil"}).status_code for _try in range(6)]
    assert statuses == [200] * 5 + [429]
    assert Client().post("/admin/login/", {"username": "kari", "password": PASSWORD}).status_code == 429


def test_without_a_login_it_asks_for_one():
    assert 'id="login-form"' in Client().post(CONFIRM, {"password": PASSWORD}).text
