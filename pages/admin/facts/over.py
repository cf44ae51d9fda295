"""What has no effect says so: a green line alone reads as if visitors saw what was saved."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _


def warn_when_over(request: HttpRequest, *, is_over: bool) -> None:
    """Say after a save that the time of what was saved has passed already."""
    if is_over:
        messages.warning(request, _("Its time is over already, so visitors do not see it. Is the date right?"))
