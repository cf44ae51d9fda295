"""A gathering shows its coming dates, and a calendar file that does not tell what it is about."""

from datetime import datetime, timedelta

import pytest
from django.utils.html import strip_tags
from icalendar import Calendar

from pages.editions.publishing import publish, save_draft
from pages.models import EventBlock
from tests import factories
from tests.pages.every_block import add

pytestmark = pytest.mark.django_db


def published(event):
    factories.clinic()
    factories.front()
    page = factories.draft("etter")
    add(page, EventBlock, 20, event=event)
    publish(save_draft(page, by=None), by=None)


def test_coming_dates_are_shown_in_order_and_past_ones_are_gone(client, time_machine):
    time_machine.move_to("2026-11-01 12:00+01:00", tick=False)
    event = factories.event(starts_in=timedelta(days=40))
    factories.event_date(event, timedelta(days=5))
    factories.event_date(event, timedelta(days=-5))
    published(event)
    text = client.get("/etter-nb/").text
    assert text.count("<time datetime=") == 3  # two dates and "last changed"
    assert text.index("fredag 6. november 2026") < text.index("fredag 11. desember 2026")
    assert "kl. 12.00 til 16.00" in text
    assert "Friday 6 November 2026" in client.get("/en/etter-en/").text


def test_a_cancelled_date_stays_to_be_seen(client):
    event = factories.event(starts_in=None)
    factories.event_date(event, timedelta(days=5), cancelled=True)
    published(event)
    assert "Avlyst:" in client.get("/etter-nb/").text


def test_without_dates_the_reader_is_given_the_number(client):
    published(factories.event(starts_in=None))
    text = client.get("/etter-nb/").text
    assert "Ingen dato er satt" in text
    assert ".ics" not in text


def test_no_answer_is_kept_past_the_end_of_a_gathering(client, time_machine):
    time_machine.move_to("2026-11-01 12:00:00+01:00", tick=False)
    event = factories.event(starts_in=timedelta(hours=-3, minutes=-59, seconds=-40))
    published(event)
    answer = client.get("/etter-nb/")
    assert answer.fresh_until == event.dates.get().ends_at
    time_machine.shift(20)
    assert "Ingen dato er satt" in client.get("/etter-nb/").text


def test_the_calendar_file_reads_back_as_the_dates_that_were_set(client):
    event = factories.event(place_nb='Tysnes, Norge; "brygga"\nhus 2')
    factories.event_date(event, timedelta(days=9), cancelled=True)
    published(event)
    answer = client.get(f"/kalender/{event.pk}.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    entries = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [e["DTSTART"].dt for e in entries] == [d.starts_at.replace(microsecond=0) for d in event.dates.all()]
    assert [e["DTEND"].dt for e in entries] == [d.ends_at.replace(microsecond=0) for d in event.dates.all()]
    assert [str(e.get("STATUS", "")) for e in entries] == ["", "CANCELLED"]
    assert str(entries[0]["SUMMARY"]) == "Samling på Tysnes (nb)"
    assert str(entries[0]["LOCATION"]) == event.place_nb
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_the_calendar_file_keeps_the_text_about_treatment_to_itself(client):
    published(event := factories.event(text_nb="For deg som har vært i behandling."))
    assert "behandling" not in client.get(f"/kalender/{event.pk}.ics").text


def test_a_changed_place_or_a_cancellation_reaches_a_calendar_that_has_the_date(client, time_machine):
    time_machine.move_to("2026-11-01 12:00+01:00", tick=False)
    published(event := factories.event())

    def entry():
        [found] = Calendar.from_ical(client.get(f"/kalender/{event.pk}.ics").content).walk("VEVENT")
        return found

    seen = [entry()]
    time_machine.shift(60)
    event.place_nb = "Et annet sted"
    event.save()
    seen.append(entry())
    time_machine.shift(60)
    date = event.dates.get()
    date.cancelled = True
    date.save()
    seen.append(entry())
    assert len({entry["UID"] for entry in seen}) == 1
    for name in ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED"):
        values = [entry[name] if name == "SEQUENCE" else entry[name].dt for entry in seen]
        assert values == sorted(set(values)), name


def test_a_calendar_file_never_comes_without_a_date(client):
    published(event := factories.event(starts_in=None))
    factories.event_date(event, timedelta(days=-2))
    assert client.get(f"/kalender/{event.pk}.ics").status_code == 404


@pytest.mark.parametrize("address", ["/nn/kalender/{}.ics", "/en/calendar/{}.ics"])
def test_each_language_has_its_own_file(client, address):
    published(event := factories.event())
    assert client.get(address.format(event.pk)).status_code == 200
    assert client.get(address.format(event.pk + 1)).status_code == 404


@pytest.mark.parametrize(
    ("begins", "ends", "nb", "en"),
    [
        (
            "2026-12-05 18:00", "2026-12-07 14:00",
            "lørdag 5. desember 2026, kl. 18.00 til mandag 7. desember 2026, kl. 14.00",
            "Saturday 5 December 2026, 6:00 p.m. to Monday 7 December 2026, 2:00 p.m.",
        ),
        (
            "2026-12-15 22:00", "2026-12-16 02:00",
            "tirsdag 15. desember 2026, kl. 22.00 til onsdag 16. desember 2026, kl. 02.00",
            "Tuesday 15 December 2026, 10:00 p.m. to Wednesday 16 December 2026, 2:00 a.m.",
        ),
    ],
)  # fmt: skip
def test_a_gathering_that_ends_on_another_day_names_that_day(client, time_machine, begins, ends, nb, en):
    time_machine.move_to("2026-12-01 12:00+01:00", tick=False)
    event = factories.event(starts_in=None)
    moments = {"starts_at": f"{begins}+01:00", "ends_at": f"{ends}+01:00"}
    event.dates.create(**{name: datetime.fromisoformat(moment) for name, moment in moments.items()})
    published(event)
    for address, words in (("/etter-nb/", nb), ("/nn/etter-nn/", "kl."), ("/en/etter-en/", en)):
        dates = client.get(address).text.partition("event__dates")[2].partition("</ul>")[0]
        assert dates.count("<time datetime=") == 2
        assert words in " ".join(strip_tags(dates.partition(">")[2]).split())
