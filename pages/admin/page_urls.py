"""The addresses around a page's form."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from pages.admin.editions.compare import compare_view
from pages.admin.editions.delete import delete_view, deleted_view
from pages.admin.editions.discard import discard_view
from pages.admin.editions.history import history_view
from pages.admin.editions.redaction import redact_view
from pages.admin.editions.restore import restore_view
from pages.admin.editions.schedule import plan_view
from pages.admin.editions.unpublish import take_down_view
from pages.admin.editions.upcoming import upcoming_view
from pages.admin.links.external_links import outside_links_view
from pages.admin.links.replace import replace_view
from pages.admin.picker.suggestions import find_view
from pages.admin.previews.urls import preview_urls
from pages.admin.quality.exceptions import words_view
from pages.admin.quality.panel import check_view
from pages.admin.translations.overview import table_view
from pages.admin.translations.side_by_side import translate_view
from pages.admin.tree.views import move_to_view, tree_view

VIEWS: list[tuple[str, Any, str]] = [
    ("find/", find_view, "find"),
    ("coming/", upcoming_view, "coming"),
    ("deleted/", deleted_view, "deleted"),
    ("links/", outside_links_view, "links"),
    ("replace/", replace_view, "replace"),
    ("check/", check_view, "check_new"),
    ("<int:page_id>/check/", check_view, "check"),
    ("<int:page_id>/words/", words_view, "words"),
    ("translations/", table_view, "translations"),
    ("<int:page_id>/translate/<slug:language>/", translate_view, "translate"),
    ("tree/", tree_view, "tree"),
    ("<int:page_id>/move/", move_to_view, "move"),
    ("<int:page_id>/delete/", delete_view, "delete"),
    ("<int:page_id>/plan/", plan_view, "plan"),
    ("<int:page_id>/discard/", discard_view, "discard"),
    ("<int:page_id>/take-down/", take_down_view, "take_down"),
    ("<int:page_id>/history/", history_view, "history"),
    ("<int:page_id>/history/compare/", compare_view, "compare"),
    ("<int:page_id>/history/<int:edition_id>/restore/", restore_view, "restore"),
    ("<int:page_id>/history/redact/", redact_view, "redact"),
]


def page_urls(guarded: Callable[[Any], Any]) -> list[URLPattern]:
    """Return the addresses; `guarded` puts the admin's login in front of a view."""
    views = [path(address, guarded(view), name=f"pages_page_{name}") for address, view, name in VIEWS]
    return views + preview_urls(guarded)
