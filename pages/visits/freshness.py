"""Until when a response may be kept, told to every cache: the site's own, the proxy's and the browser's."""

from datetime import datetime, timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control

# For so long a proxy may show what it has while the site does not answer; then the emergency edition helps more,
# because it says that it is a copy.
WHILE_AWAY = timedelta(minutes=10)


def mark_fresh(response: HttpResponse, *, until: datetime) -> HttpResponse:
    """Let caches keep the response until a moment. Without this mark no cache keeps it.

    The page cache (mestring.cache) reads the attribute, which is exact; `max-age` counts whole seconds.
    """
    response.fresh_until = until  # type: ignore[attr-defined]  # HttpResponse has no place for it
    seconds = max(0, int((until - timezone.now()).total_seconds()))
    away = int(WHILE_AWAY.total_seconds())
    patch_cache_control(response, public=True, max_age=seconds, stale_if_error=away)
    return response
