"""The calendar file of a gathering (iCalendar, RFC 5545), without words that others may not read in a calendar."""

from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from icalendar import Calendar
from icalendar import Event as CalendarEntry

from pages.visits.freshness import mark_fresh
from pages.visits.public_address import public_host
from pages.visits.site import site_of

COUNTED_FROM = datetime(2026, 1, 1, tzinfo=UTC)


@require_safe
def calendar(request: HttpRequest, event_id: int) -> HttpResponse:
    """Return the coming dates of a gathering. Its text is left out: it may be about treatment.

    404 when there are none: calendars refuse a file without an entry (RFC 5545, 3.4).
    """
    site = site_of(request)
    event = site.facts.events.get(event_id)
    title = event and event[f"title_{site.language}"]
    if not event or not title or not event["dates"]:
        raise Http404
    file = Calendar()
    file.add("prodid", f"-//{public_host()}//{site.language}//")
    file.add("version", "2.0")
    for date in event["dates"]:
        file.add_component(_entry(date, title, event[f"place_{site.language}"] or "", public_host()))
    response = HttpResponse(file.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{event_id}.ics"'
    return mark_fresh(response, until=site.fresh_until)


def _entry(date: dict[str, Any], title: str, place: str, host: str) -> CalendarEntry:
    entry = CalendarEntry()
    # The uid never changes, so a calendar that reads the file again moves its entry instead of adding one.
    entry.add("uid", f"date-{date['id']}@{host}")
    entry.add("summary", title)
    # In UTC the file needs no rule for summer time.
    entry.add("dtstart", date["starts_at"].astimezone(UTC))
    entry.add("dtend", date["ends_at"].astimezone(UTC))
    entry.add("dtstamp", date["changed"].astimezone(UTC))
    entry.add("last-modified", date["changed"].astimezone(UTC))
    # Calendars take a change only with a higher number, also a cancellation.
    entry.add("sequence", max(0, int((date["changed"] - COUNTED_FROM).total_seconds())))
    entry.add("class", "PRIVATE")
    if place:
        entry.add("location", place)
    if date["cancelled"]:
        entry.add("status", "CANCELLED")
    return entry
