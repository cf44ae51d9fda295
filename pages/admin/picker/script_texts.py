"""The texts that the scripts of the editor and of the page picker show."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pages.admin.picker.destinations import LINK
from pages.admin.picker.fields import HELP
from pages.richtext.allowed_markup import LEADS_SOMEWHERE, SCHEMES
from pages.richtext.left_out import LEFT_OUT


def script_texts() -> dict[str, Any]:
    """Return the texts by the names that the scripts use. The keys of `toolbar` are the editor's own names."""
    return {
        "toolbarName": _("Formatting"),
        "toolbar": {
            "heading2": _("Heading"), "heading3": _("Smaller heading"), "bulletList": _("List with bullets"),
            "orderedList": _("Numbered list"), "bold": _("Bold"), "italic": _("Italic"), "link": _("Link"),
            "unlink": _("Remove the link"), "history:undo": _("Undo"), "history:redo": _("Redo"),
        },
        "link": {
            "title": _("Link"), "page": _("A page on this website"), "find": str(HELP),
            "unknown": _("Choose a page from the list, or leave this empty."),
            "address": _("Or an address outside it"),
            "help": _("For example https://helsenorge.no, mailto:post@example.org or tel:116117."),
            "refused": _("Write a whole web address that begins with https://, or mailto: or tel:."),
            "save": _("Use the link"), "schemes": sorted(SCHEMES), "leadsSomewhere": LEADS_SOMEWHERE,
        },
        "paste": {"leftOut": LEFT_OUT, "notes": {
            "deleted": _("Deleted or struck-out words were left out."),
            "comment": _("Comments were left out."),
            "hidden": _("Hidden words were left out."),
            "picture": _("Pictures were left out. Add them as content of their own."),
            "table": _("The table became lines with | between the cells. Move them to a “Table” to get a table."),
            "link": _("Links that lead nowhere on the web were left out. Their words are still there."),
            "letters": _("Letters and Roman numerals in lists became numbers."),
        }},
        "insertHere": _("Insert content here"),
        "added": _("New content was added."),
        "removed": _("Removed"), "undo": _("Undo"),
        "findPages": f"{reverse('admin:pages_page_find')}?for={LINK}",
    }  # fmt: skip
