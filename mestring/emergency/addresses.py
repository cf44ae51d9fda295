"""The addresses that have a copy: every live page in each of its languages, and what stands under contact."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from mestring.emergency.noted_site import NotedSite

# Reached by links on every page, also where editors have published no words for them.
OF_CONTACT = ("start", "patient", "relative", "referrer", "answer")


def addresses(moment: NotedSite) -> list[str]:
    """Return them, the page that changed last first: after a long pause it is the one to be copied first."""
    nodes = sorted(moment.tree.nodes.values(), key=lambda node: -node.edition_id)
    found = [url for node in nodes for code, _name in settings.LANGUAGES if (url := node.url(code))]
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found += [reverse(f"contact:{name}") for name in OF_CONTACT]
    return list(dict.fromkeys(found))
