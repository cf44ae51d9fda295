"""Move a page in the tree, or into the menu: visitors see the new place at once, and no new word.

So a move needs no clinical review and no second person. What becomes of drafts and planned editions is decided in
pages.tree.placement.
"""

from datetime import datetime
from typing import NoReturn

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from pages.editions.publishing import refuse_deleted
from pages.models import Edition, Page
from pages.tree.placement import give_place
from pages.tree.positions import between, make_room
from pages.tree.siblings import before as siblings_before
from pages.tree.siblings import behind, level, with_all_above


@transaction.atomic
def move(
    page: Page, *, parent: Page | None, by: User | None, before: Page | None = None, after: Page | None = None,
    now: datetime | None = None,
) -> Page:  # fmt: skip
    """Place the page under `parent` (None: under the front page), before or after a page there, else last.

    Raises ValidationError for a loop, now or at any planned hour, and for a parent that can have no pages.
    """
    now = now or timezone.now()
    locked = _lock_with_all_above({page.pk} | ({parent.pk} if parent else set()))
    page, parent = locked[page.pk], locked[parent.pk] if parent else None
    refuse_deleted(page.pk)
    _refuse_parent(page, parent)
    _refuse_loop(page, parent, now)
    parent_id = parent.pk if parent else None
    others = level(parent_id).exclude(pk=page.pk)
    low, high = _neighbours(others, before, after)
    if page.parent_id == parent_id and _stands_between(page, low, high):
        room: int | None = page.position  # the live edition may still have another place
    else:
        room = between(low.position if low else None, high.position if high else None)
    if room is None:
        _push(page, others, parent_id, low, by=by, now=now)
    else:
        give_place(page, {"parent": parent_id, "position": room}, by=by, now=now, note=_("Moved"))
    return page


@transaction.atomic
def set_menu(page: Page, *, shown: bool, by: User | None, now: datetime | None = None) -> None:
    """Show the page in the menu, or take it out."""
    page = Page.objects.lock(page.pk)
    refuse_deleted(page.pk)
    note = _("Put into the menu") if shown else _("Taken out of the menu")
    give_place(page, {"in_menu": shown}, by=by, now=now or timezone.now(), note=note)


def _lock_with_all_above(page_ids: set[int]) -> dict[int, Page]:
    """Lock these pages and all above them."""
    Page.objects.lock_tree()
    locked: dict[int, Page] = {}
    while missing := set(with_all_above(page_ids)) - set(locked):
        locked |= {
            page.pk: page for page in Page.objects.select_for_update().filter(pk__in=missing).order_by("pk")
        }
    return locked


def _refuse_parent(page: Page, parent: Page | None) -> None:
    if parent is None:
        return
    if page.kind in Page.ONLY_ONE:
        raise ValidationError(
            _("“%(page)s” has its fixed place and cannot lie under another page.") % {"page": page}
        )
    if parent.kind in Page.ONLY_ONE:
        raise ValidationError(_("No pages can be placed under “%(page)s”.") % {"page": parent})
    if parent.deleted_at:
        raise ValidationError(_("“%(page)s” is deleted. Choose another page.") % {"page": parent})


def _refuse_loop(page: Page, parent: Page | None, now: datetime) -> None:
    """Look for the page above its new parent: in the working copies, and in the live and waiting editions."""
    if parent is None:
        return
    if page.pk in with_all_above([parent.pk]):
        raise ValidationError(_("A page cannot be placed under itself."))
    seen: set[int] = set()
    wanted = {parent.pk}
    while wanted:
        seen |= wanted
        above = {
            parent for parent in Page.objects.filter(pk__in=wanted).values_list("parent", flat=True) if parent
        }
        wanted = (above | Edition.objects.parents_of(wanted, at=now)) - seen
    if page.pk in seen:
        text = _("On the website “%(parent)s” still lies under “%(page)s”, or will. Publish its new place first.")
        raise ValidationError(text % {"parent": parent, "page": page})


def _neighbours(
    others: QuerySet[Page], before: Page | None, after: Page | None
) -> tuple[Page | None, Page | None]:
    """Return the two siblings between which the page shall stand; only these are read, not the whole level."""
    beside = before or after
    if beside is None:
        return others.last(), None
    beside = others.filter(pk=beside.pk).first() or _refuse_gone(beside)
    if before:
        return siblings_before(beside, others).last(), beside
    return beside, behind(beside, others).first()


def _refuse_gone(page: Page) -> NoReturn:
    raise ValidationError(_("“%(page)s” has been moved meanwhile. Look where it is now.") % {"page": page})


def _stands_between(page: Page, low: Page | None, high: Page | None) -> bool:
    here = (page.position, page.pk)
    return (low is None or (low.position, low.pk) < here) and (high is None or here < (high.position, high.pk))


def _push(
    page: Page, others: QuerySet[Page], parent_id: int | None, low: Page | None, *, by: User | None, now: datetime
) -> None:
    """Place the page after `low` where no number is free: neighbours on one side get new numbers."""
    order = list(others.values_list("pk", "position"))
    at = [pk for pk, _position in order].index(low.pk) + 1 if low else 0
    for index, position in sorted(make_room([position for _pk, position in order], at).items()):
        if index == at:
            give_place(page, {"parent": parent_id, "position": position}, by=by, now=now, note=_("Moved"))
        else:
            pk = order[index if index < at else index - 1][0]
            give_place(
                Page.objects.lock(pk), {"position": position}, by=by, now=now, note=_("Made room"),
                only_editions=lambda edition: edition.head["parent"] == parent_id,
            )  # fmt: skip
