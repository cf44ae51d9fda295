"""What a page tells search engines about itself and the clinic (schema.org), as one compact data block.

It holds only what the page shows or the database knows: no street address, no opening hours, no reviewer. A page
is a plain `WebPage` unless its kind or its blocks make it more: its kind does not tell whether a text is medical,
and a type that is sometimes untrue helps no reader. Browsers do not run the block, so the content security policy
allows it.
"""

import json
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from pages.live.tree import PageLink
from pages.models import Page
from pages.rendering.page import RenderedPage
from pages.richtext.reader import text_of
from pages.visits.public_address import public_address
from pages.visits.site import Site

# Beside its questions such a page has nothing but running text and the way to a human.
AROUND_QUESTIONS = {"faq", "text", "contact_panel"}
# No text may end the element it stands in, or begin a comment; U+2028 and U+2029 end a line in old parsers.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def structured_data(site: Site, page: RenderedPage, trail: list[PageLink]) -> str:
    """Return clinic, website and page as JSON that can stand inside a script element."""
    with translation.override("nb"):
        home = public_address(reverse("pages:front"))
    graph = [_clinic(site, home), _website(site, home), _page(site, home, page, trail)]
    data = {"@context": "https://schema.org", "@graph": graph}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)


def _clinic(site: Site, home: str) -> dict[str, Any]:
    contact = site.tree.of_kind(Page.Kind.CONTACT)
    point = {"@type": "ContactPoint", "contactType": "switchboard", "telephone": site.phone.number}
    return {
        "@type": "MedicalOrganization", "@id": f"{home}#clinic", "name": site.name, "url": home,
        "telephone": site.phone.number, "logo": public_address(static("img/icon-512.png")),
        # The languages in which the clinic asks people to get in touch.
        "contactPoint": point | ({"availableLanguage": contact.head["languages"]} if contact else {}),
    }  # fmt: skip


def _website(site: Site, home: str) -> dict[str, Any]:
    publisher = {"@id": f"{home}#clinic"}
    return {"@type": "WebSite", "@id": f"{home}#site", "name": site.name, "url": home, "publisher": publisher}


def _page(site: Site, home: str, page: RenderedPage, trail: list[PageLink]) -> dict[str, Any]:
    url = public_address(site.request.path)
    data: dict[str, Any] = {
        "@type": "WebPage", "@id": url, "url": url, "name": page.title,
        "description": page.summary, "inLanguage": site.language,
        "dateModified": timezone.localtime(page.changed_at).isoformat(),
        "isPartOf": {"@id": f"{home}#site"}, "publisher": {"@id": f"{home}#clinic"},
    }  # fmt: skip
    if page.kind != Page.Kind.FRONT:
        data["breadcrumb"] = _breadcrumb(site, page, trail, url)
    match page.kind:
        case Page.Kind.CONTACT:
            data["@type"] = "ContactPage"
        case Page.Kind.OVERVIEW:
            data["@type"] = "CollectionPage"
        case _ if questions := _questions(page):
            data |= {"@type": "FAQPage", "mainEntity": questions}
    return data


def _breadcrumb(site: Site, page: RenderedPage, trail: list[PageLink], url: str) -> dict[str, Any]:
    front = gettext("Front page")
    steps = [(link.title or front, public_address(link.url)) for link in trail]
    steps = steps or [(front, public_address(reverse("pages:front")))]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (name, address) in enumerate([*steps, (page.title, url)], start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _questions(page: RenderedPage) -> list[dict[str, Any]]:
    if not {block["type"] for block in page.blocks} <= AROUND_QUESTIONS:
        return []
    items = [item for block in page.blocks if block["type"] == "faq" for item in block["items"]]
    return [
        {"@type": "Question", "name": item["question"], "acceptedAnswer": {"@type": "Answer", "text": plain}}
        for item in items
        if (plain := " ".join(text_of(item["answer"]).split()))
    ]
