"""Previews: an edition, or a form that nobody has saved, in the template that visitors get."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.module_loading import import_string

from pages.editions.snapshot import FORMAT
from pages.languages import LANGUAGES
from pages.live.tree import Node
from pages.models import Edition, Page, Preview
from pages.visits.page_template import context_of, show
from pages.visits.site import site_of

KEPT_FOR = timedelta(hours=1)
KEPT_EACH = 10  # of one person: whoever presses the button for an hour fills no disk
ON_CONTACT_PAGES = {
    Page.Kind.CONTACT, Page.Kind.CONTACT_PATIENT, Page.Kind.CONTACT_RELATIVE, Page.Kind.CONTACT_REFERRER,
}  # fmt: skip


@dataclass(frozen=True)
class Manner:
    """What the base template has to know of a preview."""

    framed: bool = False  # inside a page of the admin, which says itself what this is
    until: datetime | None = None  # when a shared link stops working
    undated: bool = False  # nobody knows yet which day visitors will read under "Last changed"


def languages_begun(edition: Edition) -> list[str]:
    """Return the languages in which there is something to look at: those with a title."""
    return [code for code in LANGUAGES if edition.head["title"].get(code)]


@transaction.atomic
def keep(
    page: Page | None, head: dict[str, Any], body: list[dict[str, Any]], *, by: User, at: datetime
) -> Preview:
    """Keep a snapshot for its maker to look at, and erase what has been kept for long enough."""
    Preview.objects.filter(made_at__lte=at - KEPT_FOR).delete()
    newest = Preview.objects.filter(made_by=by).order_by("-made_at", "pk").values_list("pk", flat=True)
    Preview.objects.filter(pk__in=list(newest[KEPT_EACH - 1 :])).delete()
    return Preview.objects.create(page=page, head=head, body=body, made_by=by, made_at=at)


def kept(key: UUID, *, by: User, at: datetime) -> Edition | None:
    """Return what was kept as an edition that is in no database; None for everybody but its maker."""
    found = Preview.objects.filter(pk=key, made_by=by, made_at__gt=at - KEPT_FOR).first()
    if found is None:
        return None
    edition = Edition(format=FORMAT, head=found.head, body=found.body, saved_at=found.made_at)
    if found.page_id:
        edition.page_id = found.page_id
    return edition


def preview(
    request: HttpRequest, edition: Edition, language: str, alternates: dict[str, str], manner: Manner
) -> HttpResponse:
    """Return the edition as visitors would read it if it were live now; all around it is the live site.

    `alternates` says where the other languages are. No robot and no cache keeps the answer.
    """
    request.LANGUAGE_CODE = language
    with translation.override(language):
        site = site_of(request)
        site.alternates = alternates
        kind, more = edition.head["kind"], {"preview": manner}
        node = Node(edition.page_id or 0, edition.pk or 0, edition.head)
        context = context_of(site, site.tree.with_node(node), node, edition)
        if kind in ON_CONTACT_PAGES:
            site.say_instead(kind, context["page"])
            response: HttpResponse = import_string(settings.CONTACT_PREVIEW)(request, kind, more)
        else:
            response = show(request, kind, context | more)
    response["Content-Language"] = language
    response["X-Robots-Tag"] = "noindex, nofollow"
    patch_cache_control(response, private=True, no_store=True)
    return response
