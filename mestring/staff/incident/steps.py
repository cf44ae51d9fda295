"""What a step of the runbook is made of, and the pages that steps lead to."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Page:
    """A page of the admin, and the right that opens it; "" where every colleague may."""

    address: str
    title: Promise | str
    right: str


@dataclass(frozen=True)
class Command:
    """What the operator types behind `manage.py`."""

    line: str


@dataclass(frozen=True)
class Service:
    """A unit of deploy/debian that the operator stops."""

    name: str


@dataclass(frozen=True)
class Step:
    """One thing to do, and where."""

    words: Promise | str
    links: tuple[Page | Command | Service, ...] = ()


@dataclass(frozen=True)
class Event:
    """What can happen."""

    name: str
    title: Promise | str
    steps: tuple[Step, ...]


KEYS = Page("admin:contact_grant_changelist", _("Who can open the inbox"), "contact.change_grant")
NEW_KEY = Page("admin:contact_grant_key", _("Make a new key"), "contact.change_grant")
PAPER = Page("admin:contact_grant_paper", _("The recovery paper"), "contact.change_grant")
USERS = Page("admin:auth_user_changelist", _("Users"), "auth.view_user")
LOG = Page("admin:contact_accessentry_changelist", _("The access log"), "contact.view_accessentry")
INBOX = Page("admin:contact_inquiry_changelist", _("Inbox"), "contact.view_inquiry")
ERASED = Page("admin:contact_erasinground_changelist", _("What is erased when"), "contact.view_inquiry")
PAGES = Page("admin:pages_page_changelist", _("Pages"), "pages.change_page")
PICTURES = Page("admin:pages_picture_changelist", _("Pictures"), "pages.view_picture")
NOTICE = Page("admin:pages_notice_add", _("A message on all pages"), "pages.add_notice")
REPLACE = Page("admin:pages_page_replace", _("Replace everywhere"), "pages.change_page")
GUIDE = Page("admin:guide", _("Guide"), "")
