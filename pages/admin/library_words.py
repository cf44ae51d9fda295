"""What the content editor says on our page form, named here because its own Norwegian has gaps.

Naming them keeps `make messages` from dropping the translations, which stand in our catalogues.
"""

from django.utils.translation import gettext_noop

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
