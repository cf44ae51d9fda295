"""Content pages that staff edit and visitors read."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """The editable pages."""

    name = "pages"
    verbose_name = _("The website")
