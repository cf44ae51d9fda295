"""When the colleague last proved in this session who they are. Logging in proves it."""

from django.http import HttpRequest
from django.utils import timezone

from mestring.staff.login.session_times import CONFIRMED

PATIENCE = 10 * 60  # seconds


def is_confirmed(request: HttpRequest) -> bool:
    """Say whether that was within ten minutes."""
    return 0 <= timezone.now().timestamp() - request.session.get(CONFIRMED, 0) < PATIENCE


def confirm(request: HttpRequest) -> None:
    """Count the ten minutes from now."""
    request.session[CONFIRMED] = timezone.now().timestamp()
