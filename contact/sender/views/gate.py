"""Whether the forms take anything now. Another room decides, named in a setting, so that this one imports none."""

from django.conf import settings
from django.utils.module_loading import import_string


def forms_are_open() -> bool:
    """Say what the callable named by INQUIRY_GATE says; asked at every form, so it has to be quick."""
    return bool(import_string(settings.INQUIRY_GATE)())
