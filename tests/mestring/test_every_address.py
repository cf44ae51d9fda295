"""One request to every address, public and of staff: none ends in a fault, on either database.

What an address shows is tested where its view lives.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from contact.keys.first_generation import make_keyring
from contact.models import Inquiry, ReplyTemplate
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from pages.models import Edition, Notice, Redaction
from pages.pictures import library
from pages.previews import share_links
from tests import factories
from tests.cast import PASSWORD, logged_in
from tests.picture_files import as_file

# What a GET may get: the page, the way to it, or a refusal that says why.
HONEST = {200, 302, 400, 403, 404, 409, 410, 422}
SHOWN = 60  # at least so many addresses show something to an administrator; the others are for buttons


@pytest.fixture
def arguments(administrator):
    """One of each thing an address can ask for, and what stands for it there."""
    factories.clinic()
    factories.front()
    edition = factories.live().editions.get()
    factories.claim()
    Notice.objects.create(text_nb="Stengt.", ends_at=timezone.now() + timedelta(days=1))
    ReplyTemplate.objects.create(name="Hei", text_nb="Hei")
    picture = library.add(as_file(), name="Fjell", credit="Sol", by=administrator)
    make_keyring()
    receive("patient", "nb", {"message": "Hei"}, nonce_of(new_token()))
    token = share_links.make_link(edition, by=administrator, days=7, at=edition.saved_at)
    return {
        "page_id": edition.page_id, "edition_id": edition.pk, "slug": "avrusning-nb", "language": "nb",
        "token": token, "uidb64": "MQ",
        "link_id": edition.share_links.get().pk, "event_id": factories.event().pk, "key": uuid4(),
        "picture_id": picture.pk, "app_label": "pages", "id": administrator.pk,
        "content_type_id": ContentType.objects.get_for_model(User).pk,
    }  # fmt: skip


def named_addresses(resolver: URLResolver, namespace: str = ""):
    """Give the name of every address, and the names of its arguments."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from named_addresses(pattern, inside)
        elif pattern.name:
            yield namespace + pattern.name, list(pattern.pattern.regex.groupindex)


def every_address(arguments):
    """Give the name of every address, and the address that asks for one of the things above."""
    for name, wanted in named_addresses(get_resolver()):
        given = arguments | arguments_of_a_section(name, arguments)
        if name == "picture_file":  # a name that nothing lies under; tests/pages/visits asks for real ones
            given |= {"key": "0" * 20, "name": "whole-320.webp"}
        yield name, reverse(name, kwargs={one: given[one] for one in wanted})


def test_no_address_ends_in_a_fault(arguments, client, administrator_client):
    got = {}
    for _name, address in every_address(arguments):
        asking = administrator_client if address.startswith("/admin/") else client
        got[address] = asking.get(address).status_code
    assert {address: status for address, status in got.items() if status not in HONEST} == {}
    assert sum(status == 200 for status in got.values()) >= SHOWN, got


def arguments_of_a_section(name, arguments):
    """Give the first row of the section that the address names: admin:pages_claim_change asks for a claim."""
    model_name = name.removeprefix("admin:").split("_")[1:2]
    models = [model for model in apps.get_models() if [model._meta.model_name] == model_name]
    row = models[0]._default_manager.first() if models else None
    about_a_person = not row or "colleague" in name or "remove" in name
    pk = User.objects.get(username="kari").pk if about_a_person else row.pk
    return {"object_id": row.pk if row else 1, "pk": Inquiry.objects.get().pk if "inquiry" in name else pk}


# What each may ask for: names, and beginnings of names, which end in _. Everything else of staff is refused.
# Single sign-on has tests of its own (tests/mestring/staff/sign_on), and is off here.
LOGGING_IN = {"login", "logout", "second_step", "second_factor", "after_set_up", "sign_on", "sign_on_"}
LOGGING_IN |= {"forgotten_password", "choose_password", "confirm_login"}
OWN = LOGGING_IN | {"index", "password_change", "password_change_done", "guide", "inbox_guide", "jsi18n"}
OWN |= {"signed_on", "own_logins", "add_app", "add_passkey", "new_recovery_codes"}
EDITING = OWN | {"pages_page_", "pages_claim_", "pages_event_", "pages_notice_", "pages_picture_"}
EDITING |= {"app_list", "autocomplete", "view_on_site"}
READING = OWN | {"contact_inquiry_", "contact_accessentry_", "contact_replytemplate_", "contact_erasinground_"}
READING |= {"contact_staffkey_"}
ADMINISTERING = OWN | {
    "auth_user_",
    "auth_group_",
    "pages_clinic_",
    "pages_helpline_",
    "pages_launchconfirmation_",
    "backup_backupnight_",
    "backup_restoredrill_",
}
ADMINISTERING |= {"incident", "incident_begin"}
ADMINISTERING |= {"pages_claim_", "pages_page_", "app_list", "autocomplete", "view_on_site", "second_factor_reset"}
REFUSED = {403, 404, 405}


@pytest.fixture
def everyone(editor, inquiry_staff, accounts, roleless, administrator):
    """Who asks, and what each may ask for; two are not logged in, one of them for want of a passkey."""
    waiting = Client()
    Authenticator.objects.create(user=administrator, type=Authenticator.Type.WEBAUTHN, data={"credential": {}})
    waiting.post("/admin/login/", {"username": administrator.username, "password": PASSWORD})
    return {
        "editor": (logged_in(editor), EDITING),
        "inquiry staff": (logged_in(inquiry_staff), READING),
        "accounts": (logged_in(accounts), ADMINISTERING),
        "without a role": (logged_in(roleless), OWN),
        "stranger": (Client(), LOGGING_IN),
        "after the password alone": (waiting, LOGGING_IN),
    }


def is_allowed(name, allowed):
    return name in allowed or name.startswith(tuple(one for one in allowed if one.endswith("_")))


@pytest.mark.plain
def test_by_its_address_alone_no_one_gets_what_is_not_theirs(arguments, everyone, undrawn_refusals):
    """Preview, compare, history, restore, copies, pickers, lists, search: by number, with GET and with POST."""
    got = {}
    for name, address in every_address(arguments):
        for who, (client, allowed) in everyone.items():
            if not name.startswith("admin:") or is_allowed(name.removeprefix("admin:"), allowed):
                continue
            for ask in (client.get, client.post):
                answer = ask(address)
                is_login = answer.status_code == 302 and answer["Location"].startswith("/admin/login/")
                if not is_login if allowed == LOGGING_IN else answer.status_code not in REFUSED:
                    got[who, name, ask.__name__] = answer.status_code
    assert got == {}


def test_an_edition_and_a_link_are_found_under_their_own_page_only(arguments, administrator_client):
    other, got = factories.live("en-annen").pk, {}
    for name, wanted in named_addresses(get_resolver()):
        if "page_id" in wanted and {"edition_id", "link_id"} & set(wanted):
            address = reverse(name, kwargs={one: (arguments | {"page_id": other})[one] for one in wanted})
            for ask in (administrator_client.get, administrator_client.post):
                got[name, ask.__name__] = ask(address).status_code
    own = Edition.objects.get(page=other).pk
    for first, second in ((arguments["edition_id"], own), (own, arguments["edition_id"])):
        compared = reverse("admin:pages_page_compare", args=[other])
        got[first, second] = administrator_client.get(compared, {"old": first, "new": second}).status_code
    assert len(got) > 10
    assert set(got.values()) == {404}, got
    redact = {"edition": [own, arguments["edition_id"]], "reason": "Et navn"}
    administrator_client.post(reverse("admin:pages_page_redact", args=[other]), redact)
    assert list(Redaction.objects.values_list("edition_id", flat=True)) in ([], [own])
    assert not Edition.objects.get(pk=arguments["edition_id"]).is_redacted


def test_what_a_colleague_has_sent_or_noted_has_no_address_to_change_it():
    names = [name for name, _wanted in named_addresses(get_resolver())]
    assert [name for name in names if "message" in name or "casedraft" in name] == []
