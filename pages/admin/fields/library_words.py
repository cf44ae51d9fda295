"""Texts of the content editor and of Django in our forms, listed here because their own Norwegian has gaps.

Listing them keeps `make messages` from dropping the translations, which are in our catalogues.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

CONTENT_EDITOR = (
    gettext_noop("Add new item"),
    gettext_noop("No items."),
    gettext_noop("No items. Region may inherit content."),
    gettext_noop("No regions available."),
    gettext_noop("No plugins allowed in this region."),
    gettext_noop("New item"),
    gettext_noop("Unknown region"),
    gettext_noop("Collapse all items"),
    gettext_noop("Uncollapse all items"),
    gettext_noop("marked for deletion"),
    gettext_noop("Use Ctrl-Click to select and move multiple items."),
    gettext_noop("Clone from region"),
    gettext_noop("Didn't find anything to clone"),
    gettext_noop("Select all"),
)

# Django's Norwegian has both sentences, but not as the one message with a plural that the form uses.
OVER_A_FORM_WITH_ERRORS = ngettext_lazy("Please correct the error below.", "Please correct the errors below.")
