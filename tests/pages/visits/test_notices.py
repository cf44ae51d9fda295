"""A message on every page: there at once, gone by itself."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError

from pages.models import Notice
from tests import factories

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")
NOON = datetime(2027, 3, 1, 12, tzinfo=OSLO)
WORDS = "Telefonen er ute av drift."


@pytest.fixture(autouse=True)
def site():
    with time_machine.travel(NOON, tick=False):
        factories.clinic()
        factories.front()
        factories.live("avrusning")
        yield


def notice(**fields):
    ours = {"text_nb": WORDS, "text_en": "The telephone is out of order.", "starts_at": NOON - timedelta(hours=1)}
    return Notice.objects.create(**(ours | {"ends_at": NOON + timedelta(hours=2)} | fields))


@pytest.mark.parametrize(
    "address", ["/", "/avrusning-nb/", "/kontakt/", "/kontakt/pasient/", "/sok/", "/ikke-her/"]
)
def test_it_stands_on_every_page_at_once(client, address):
    notice()
    assert WORDS in client.get(address, follow=True).text


def test_each_reader_gets_it_in_the_language_of_the_page_or_in_bokmal_marked_so(client):
    notice()
    assert "The telephone is out of order." in client.get("/en/avrusning-en/").text
    assert f'<span lang="nb">{WORDS}</span>' in client.get("/nn/avrusning-nn/").text
    assert f"<span>{WORDS}</span>" in client.get("/avrusning-nb/").text


def test_it_begins_and_ends_by_itself_and_no_answer_is_kept_longer(client):
    start, end = NOON + timedelta(seconds=20), NOON + timedelta(hours=1)
    notice(starts_at=start, ends_at=end)
    answer = client.get("/avrusning-nb/")
    assert WORDS not in answer.text
    assert answer.fresh_until == start
    for moment, shown in ((start, True), (end - timedelta(seconds=10), True), (end, False)):
        with time_machine.travel(moment, tick=False):
            answer = client.get("/avrusning-nb/")
            assert (WORDS in answer.text) is shown
            latest = moment + timedelta(seconds=60)
            assert answer.fresh_until == (min(latest, end) if shown else latest)


def test_it_leads_to_a_page_to_read_more_only_where_that_is_on_the_website(client):
    page = factories.live("kom", languages=("nb",))
    notice(more=page)
    assert '<a href="/kom-nb/">kom nb</a>' in client.get("/avrusning-nb/").text
    assert "/kom-" not in client.get("/en/avrusning-en/").text


def test_what_somebody_writes_is_never_markup(client):
    notice(text_nb="<b>Ring</b> oss")
    assert "&lt;b&gt;Ring&lt;/b&gt; oss" in client.get("/avrusning-nb/").text


def test_an_end_before_the_beginning_is_refused():
    with pytest.raises(ValidationError, match="ends_at"):
        Notice(text="x", starts_at=NOON, ends_at=NOON).clean()


def test_its_state_is_told_by_the_clock():
    made = notice()
    states = [made.state(at=NOON + timedelta(hours=hours)) for hours in (-2, 0, 2)]
    assert states == [Notice.State.COMING, Notice.State.SHOWN, Notice.State.OVER]


def test_a_page_with_messages_takes_no_more_queries(client, django_assert_num_queries):
    for _number in range(3):
        notice()
    with django_assert_num_queries(3):
        client.get("/avrusning-nb/")
