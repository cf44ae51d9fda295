"""What staff are told of a move: where the page lies now, and what visitors notice."""

from django.utils.translation import gettext as _

from pages.admin.status.status import PageStatus
from pages.models import Page
from pages.tree.siblings import before, level


def describe_place(page: Page, *, new_parent: bool) -> str:
    """Return a sentence that says where a page lies."""
    previous = before(page, level(page.parent_id)).last()
    names = {"page": page, "parent": page.parent, "before": previous}
    if not new_parent:
        text = _("“%(page)s” now stands after “%(before)s”.") if previous else _("“%(page)s” now stands first.")
    elif page.parent is None and previous:
        text = _("“%(page)s” now lies at the top, after “%(before)s”.")
    elif page.parent is None:
        text = _("“%(page)s” now lies at the top.")
    elif previous is None:
        text = _("“%(page)s” now lies under “%(parent)s”.")
    else:
        text = _("“%(page)s” now lies under “%(parent)s”, after “%(before)s”.")
    return text % names


def describe_effect(status: PageStatus) -> str:
    """Return a sentence that says what visitors notice of a page's new place."""
    if status.live is not None:
        return _("Visitors see it within one minute.")
    if status.waiting is not None:
        return _("Visitors see it when the page is published.")
    return _("The page is not on the website, so visitors notice nothing.")


def drag_announcements() -> dict[str, str]:
    """Return what the script tells screen readers while a page is dragged; {page} and {other} are titles."""
    return {
        "before": _("Let go to place “{page}” before “{other}”."),
        "after": _("Let go to place “{page}” after “{other}”."),
        "under": _("Let go to place “{page}” under “{other}”."),
        "stopped": _("Nothing was moved."),
    }
